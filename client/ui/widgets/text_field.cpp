// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/text_field.h"

#include "client/ui/widgets/button.h"
#include "client/ui/widgets/key_cap.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/text_block.h"

#include <QEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <cmath>

namespace vorfahrt::client::ui {
namespace {

QLineEdit* plainEdit(QWidget* parent) {
    auto* edit = new QLineEdit(parent);
    edit->setProperty("plain", true);
    edit->setFrame(false);
    edit->installEventFilter(parent);
    return edit;
}

// What is typed scrolls; at rest the end can be out of sight.
bool explainLine(const QLineEdit& edit, QEvent& event) {
    const QString shown = edit.text().isEmpty() ? edit.placeholderText() : edit.text();
    const bool hidden = edit.echoMode() != QLineEdit::Normal && !edit.text().isEmpty();
    if (event.type() != QEvent::ToolTip || hidden ||
        edit.fontMetrics().horizontalAdvance(shown) <= edit.contentsRect().width() - 4) {
        return false;
    }
    QToolTip::showText(static_cast<QHelpEvent&>(event).globalPos(), shown);
    return true;
}

bool changesFrame(QEvent::Type type) {
    return type == QEvent::FocusIn || type == QEvent::FocusOut || type == QEvent::Enter ||
           type == QEvent::Leave || type == QEvent::EnabledChange;
}

int keysWidth(const Theme& theme, const QStringList& keys) {
    int width = 0;
    for (const QString& key : keys) {
        width += keyCapSize(theme, key).width() + theme.px(space::kS2);
    }
    return width;
}

void paintSearchFrame(ThemePainter& paint, const Theme& theme, QSize size, bool focused,
                      bool hovered) {
    const Role edge = focused   ? Role::FocusRing
                      : hovered ? Role::TextSecondary
                                : Role::BorderControl;
    paint.box(QRect(QPoint(), size), Role::Surface, edge, theme.px(radius::kControl),
              focused ? stroke::kFocus : 1);
    paint.icon(icons::kActionSearch, QPointF(theme.px(19), size.height() / 2.0), iconsize::kDefault,
               Role::TextMuted);
}

void paintKeys(ThemePainter& paint, const Theme& theme, QSize size, const QStringList& keys) {
    if (!theme.keyCapsVisible()) {
        return;
    }
    qreal x = size.width() - theme.px(space::kS4) - keysWidth(theme, keys) + theme.px(space::kS2);
    for (const QString& key : keys) {
        const QSize cap = keyCapSize(theme, key);
        const qreal top = std::round((size.height() - cap.height()) / 2.0);
        paintKeyCap(paint, QRectF(x, top, cap.width(), cap.height()), key, KeyCapGround::Surface);
        x += cap.width() + theme.px(space::kS2);
    }
}

}  // namespace

TextField::TextField(const Theme& theme, const QString& label, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      label_(new Label(theme, label, TextStyle::MetaMedium, Role::TextPrimary, this)),
      edit_(plainEdit(this)) {
    label_->setBuddy(edit_);
    edit_->setAccessibleName(label);
    edit_->setFont(theme.font(TextStyle::Body));
    setFocusProxy(edit_);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    followTheme(*this, theme);
    connect(&theme, &Theme::changed, this, [this] {
        edit_->setFont(theme_.font(tall_ ? TextStyle::Reading : TextStyle::Body));
        place();
    });
}

void TextField::setLeadingIcon(Icon icon) {
    icon_ = icon;
    place();
    update();
}

void TextField::setTall(bool tall) {
    tall_ = tall;
    edit_->setFont(theme_.font(tall ? TextStyle::Reading : TextStyle::Body));
    updateGeometry();
}

void TextField::setPassword() {
    edit_->setEchoMode(QLineEdit::Password);
    edit_->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    eye_ = new IconButton(theme_, icons::kActionPreview, tr("Show password"), this);
    eye_->setCheckable(true);
    connect(eye_, &QAbstractButton::toggled, this, [this](bool shown) {
        edit_->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        eye_->setSymbol(shown ? Icon::EyeOff : icons::kActionPreview);
        eye_->setAccessibleName(shown ? tr("Hide password") : tr("Show password"));
        eye_->setToolTip(eye_->accessibleName());
    });
    place();
}

void TextField::setError(const QString& text) {
    error_ = text;
    updateGeometry();
    edit_->setAccessibleDescription(text.isEmpty() ? hint_ : text);
    update();
}

void TextField::setHint(const QString& text, std::optional<Icon> icon) {
    hint_ = text;
    hintIcon_ = icon;
    updateGeometry();
    edit_->setAccessibleDescription(error_.isEmpty() ? hint_ : error_);
    update();
}

void TextField::setHintAction(QWidget* action) {
    hintAction_ = action;
    action->setParent(this);
    place();
}

void TextField::setReadOnly(bool readOnly) {
    edit_->setReadOnly(readOnly);
    update();
}

QRect TextField::frameRect() const {
    const int top = theme_.line(TextStyle::Meta) + theme_.px(space::kS3);
    return {0, top, width(), theme_.px(tall_ ? size::kControlLogin : size::kControl)};
}

QRectF TextField::belowRect() const {
    const qreal left = hasSign() ? theme_.px(space::kS9) : 0;
    const qreal right = hintAction_ != nullptr ? hintAction_->x() - theme_.px(space::kS4) : width();
    const qreal top = frameRect().bottom() + theme_.px(space::kS3);
    return {left, top, std::max(1.0, right - left), height() - top};
}

// One line is reserved; a longer text wraps and is never cut.
qreal TextField::belowHeight() const {
    const QString& below = error_.isEmpty() ? hint_ : error_;
    if (below.isEmpty()) {
        return 0;
    }
    return TextBlock({{below, TextStyle::Meta, Role::TextMuted}})
        .layout(theme_, belowRect().width());
}

QSize TextField::sizeHint() const {
    const int lines =
        std::max(theme_.line(TextStyle::Meta), static_cast<int>(std::ceil(belowHeight())));
    const int below = theme_.px(space::kS3) + lines + theme_.px(space::kS1);
    return {theme_.px(280), frameRect().bottom() + 1 + below};
}

QSize TextField::minimumSizeHint() const {
    return {theme_.px(120), sizeHint().height()};
}

void TextField::place() {
    const QRect frame = frameRect();
    label_->setGeometry(0, 0, width(), theme_.line(TextStyle::Meta) + 2);
    const int padding = theme_.px(space::kS6);
    int left = padding;
    if (icon_) {
        left += theme_.px(iconsize::kDefault) + theme_.px(space::kS5);
    }
    int right = width() - padding;
    if (eye_ != nullptr) {
        const int side = theme_.px(size::kControlSmall);
        eye_->setGeometry(width() - side - theme_.px(space::kS3), frame.center().y() - side / 2 + 1,
                          side, side);
        right = eye_->x() - theme_.px(space::kS2);
    }
    edit_->setGeometry(left - 2, frame.top() + 2, right - left + 2, frame.height() - 4);
    if (hintAction_ != nullptr) {
        const QSize wanted = hintAction_->sizeHint();
        hintAction_->setGeometry(width() - wanted.width(), frame.bottom() + theme_.px(space::kS3),
                                 wanted.width(), wanted.height());
    }
}

void TextField::resizeEvent(QResizeEvent*) {
    place();
    if (belowHeight() > belowRect().height()) {
        updateGeometry();
    }
}

bool TextField::eventFilter(QObject* watched, QEvent* event) {
    if (changesFrame(event->type())) {
        update();
    }
    return explainLine(*edit_, *event) || QWidget::eventFilter(watched, event);
}

void TextField::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const QRectF frame = frameRect();
    const qreal corner = theme_.px(radius::kControl);
    const bool focused = edit_->hasFocus();
    if (!edit_->isReadOnly()) {
        const Role ground = isEnabled() ? Role::Surface : Role::SurfaceSunken;
        Role edge = underMouse() ? Role::TextSecondary : Role::BorderControl;
        if (!isEnabled()) {
            edge = Role::BorderStrong;
        }
        if (!error_.isEmpty()) {
            edge = Role::DangerFill;
        }
        const bool thick = focused || !error_.isEmpty();
        paint.box(frame, ground, focused && error_.isEmpty() ? Role::FocusRing : edge, corner,
                  thick ? stroke::kFocus : 1);
    }
    if (icon_) {
        paint.icon(*icon_,
                   QPointF(theme_.px(space::kS6) + theme_.px(iconsize::kDefault) / 2.0,
                           frame.center().y()),
                   iconsize::kDefault, Role::TextMuted);
    }
    const bool wrong = !error_.isEmpty();
    const QString& below = wrong ? error_ : hint_;
    if (!below.isEmpty()) {
        const QRectF area = belowRect();
        const Role ink = wrong ? Role::DangerText : hintIcon_ ? Role::WarningText : Role::TextMuted;
        const std::optional<Icon> sign = wrong ? std::optional(icons::kSyncRejected) : hintIcon_;
        if (sign) {
            const qreal middle = area.top() + theme_.line(TextStyle::Meta) / 2.0;
            paint.icon(*sign, QPointF(theme_.px(8), middle), iconsize::kInline, ink);
        }
        TextBlock text({{below, TextStyle::Meta, ink}});
        text.layout(theme_, area.width());
        text.draw(paint, area.topLeft());
    }
}

SearchBox::SearchBox(const Theme& theme, const QString& placeholder, const QStringList& keys,
                     QWidget* parent)
    : QAbstractButton(parent),
      theme_(theme),
      keys_(keys) {
    setText(placeholder);
    setAccessibleName(tr("Search"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::IBeamCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMaximumWidth(sizeHint().width());
    followTheme(*this, theme);
    connect(&theme, &Theme::changed, this, [this] { setMaximumWidth(sizeHint().width()); });
}

void SearchBox::setKeys(const QStringList& keys) {
    keys_ = keys;
    update();
}

QSize SearchBox::sizeHint() const {
    return {theme_.px(520), theme_.px(size::kSearch)};
}

void SearchBox::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void SearchBox::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paintSearchFrame(paint, theme_, size(), ring_->visible(), underMouse());
    const qreal left = theme_.px(36);
    const int caps = theme_.keyCapsVisible() ? keysWidth(theme_, keys_) : 0;
    const qreal right = width() - theme_.px(space::kS5) - caps;
    paint.text(QRectF(left, 0, right - left, height()), text(), TextStyle::Body, Role::TextMuted);
    paintKeys(paint, theme_, size(), keys_);
}

FilterField::FilterField(const Theme& theme, const QString& placeholder, const QString& key,
                         QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      edit_(plainEdit(this)),
      keys_{key} {
    edit_->setPlaceholderText(placeholder);
    edit_->setAccessibleName(placeholder);
    setFocusProxy(edit_);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    followTheme(*this, theme);
}

QSize FilterField::sizeHint() const {
    return {theme_.px(240), theme_.px(size::kSearch)};
}

void FilterField::resizeEvent(QResizeEvent*) {
    const int left = theme_.px(34);
    edit_->setGeometry(left, 2, width() - left - keysWidth(theme_, keys_) - theme_.px(space::kS5),
                       height() - 4);
}

bool FilterField::eventFilter(QObject* watched, QEvent* event) {
    if (changesFrame(event->type())) {
        update();
    }
    return explainLine(*edit_, *event) || QWidget::eventFilter(watched, event);
}

void FilterField::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    paintSearchFrame(paint, theme_, size(), edit_->hasFocus(), underMouse());
    paintKeys(paint, theme_, size(), keys_);
}

}  // namespace vorfahrt::client::ui
