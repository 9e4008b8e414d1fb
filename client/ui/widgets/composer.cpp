// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/composer.h"

#include "client/ui/widgets/button.h"
#include "client/ui/widgets/focus_ring.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/tab_order.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <cmath>

namespace vorfahrt::client::ui {
namespace {

constexpr int kMinLines = 2;
constexpr int kMaxLines = 8;
constexpr int kTabHeight = 28;

// A channel above the text.
class ChannelTab final : public QAbstractButton {
public:
    ChannelTab(const Theme& theme, const ComposerChannel& channel, QWidget* parent)
        : QAbstractButton(parent),
          theme_(theme),
          icon_(channel.icon) {
        setText(channel.name);
        setCheckable(true);
        setEnabled(channel.enabled);
        setToolTip(channel.enabled ? QString() : channel.whyNot);
        setAccessibleDescription(channel.whyNot);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        followTheme(*this, theme);
    }

    QSize sizeHint() const override {
        return {static_cast<int>(std::ceil(theme_.textWidth(TextStyle::BodyMedium, text()))) +
                    theme_.px(iconsize::kDefault) + theme_.px(26) + 1,
                theme_.px(kTabHeight)};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, theme_);
        const qreal corner = theme_.px(radius::kControl);
        const bool on = isChecked();
        if (on) {
            paint.box(rect(), Role::AccentSoft, corner);
        } else if (underMouse() && isEnabled()) {
            paint.box(rect(), Role::RowHover, corner);
        }
        const Role ink = !isEnabled() ? Role::TextDisabled
                         : on         ? Role::AccentText
                                      : Role::TextSecondary;
        paint.icon(icon_, QPointF(theme_.px(18), height() / 2.0), iconsize::kDefault, ink);
        paint.text(QRectF(theme_.px(31), 0, width() - theme_.px(31), height()), text(),
                   TextStyle::BodyMedium, ink);
        if (ring_->visible()) {
            paint.focusRing(rect(), corner);
        }
    }

private:
    const Theme& theme_;
    Icon icon_;
    FocusRing* ring_ = new FocusRing(this);
};

}  // namespace

Composer::Composer(const Theme& theme, QWidget* parent)
    : QFrame(parent),
      theme_(theme),
      tabs_(new QHBoxLayout),
      notice_(new ChipLabel(theme, {}, this)),
      edit_(new QPlainTextEdit(this)),
      draft_(new Label(theme, QString(), TextStyle::Meta, Role::TextMuted, this)),
      send_(new Button(theme, ButtonKind::Primary, tr("Send"), this)) {
    setAccessibleName(tr("Compose"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 10);
    column->setSpacing(6);
    tabs_->setSpacing(4);
    column->addLayout(tabs_);
    tabs_->addStretch();
    tabs_->addWidget(notice_);
    notice_->hide();
    edit_->setFrameShape(QFrame::NoFrame);
    edit_->setTabChangesFocus(true);
    edit_->setAccessibleName(tr("Message"));
    edit_->document()->setDocumentMargin(4);
    edit_->installEventFilter(this);
    setFocusProxy(edit_);
    column->addWidget(edit_);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(4);
    auto* templates = new Button(theme, ButtonKind::Quiet, tr("Template"), this);
    templates->setSize(ButtonSize::Small);
    templates->setSymbol(icons::kActionTemplate);
    auto* attach = new IconButton(theme, icons::kActionAttach, tr("Attach a file"), this);
    attach->setSize(ButtonSize::Small);
    send_->setSize(ButtonSize::Small);
    send_->setSymbol(icons::kActionSend);
    send_->setKeyCap(tr("Ctrl") + QStringLiteral(" ↵"));
    templates_ = templates;
    attach_ = attach;
    foot->addWidget(templates);
    foot->addWidget(attach);
    foot->addStretch();
    foot->addWidget(draft_);
    foot->addSpacing(8);
    foot->addWidget(send_);
    column->addLayout(foot);
    group_.setExclusive(true);
    connect(templates, &QAbstractButton::clicked, this, &Composer::templateRequested);
    connect(attach, &QAbstractButton::clicked, this, &Composer::attachRequested);
    connect(send_, &QAbstractButton::clicked, this, &Composer::sendRequested);
    connect(&theme, &Theme::changed, this, &Composer::restyle);
    connect(&group_, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) {
            Q_EMIT channelChanged(channels_.at(static_cast<std::size_t>(id)).id);
        }
    });
    connect(edit_, &QPlainTextEdit::textChanged, this, [this] {
        fitHeight();
        if (!replacing_) {
            Q_EMIT draftChanged(text());
        }
    });
    restyle();
}

void Composer::restyle() {
    edit_->setFont(theme_.font(TextStyle::Reading));
    fitHeight();
    update();
}

void Composer::setChannels(std::vector<ComposerChannel> channels) {
    const QString before = channel();
    const QList<QAbstractButton*> old = group_.buttons();
    for (QAbstractButton* tab : old) {
        group_.removeButton(tab);
        tab->deleteLater();
    }
    channels_ = std::move(channels);
    for (std::size_t i = 0; i < channels_.size(); ++i) {
        auto* tab = new ChannelTab(theme_, channels_[i], this);
        group_.addButton(tab, static_cast<int>(i));
        tabs_->insertWidget(static_cast<int>(i), tab);
    }
    // Made before the channels, standing below them.
    for (QWidget* later : {static_cast<QWidget*>(edit_), static_cast<QWidget*>(templates_),
                           static_cast<QWidget*>(attach_), static_cast<QWidget*>(send_)}) {
        tabBehind(*this, *later);
    }
    setChannel(before);
}

void Composer::setChannel(const QString& id) {
    for (std::size_t i = 0; i < channels_.size(); ++i) {
        if (channels_[i].id == id) {
            group_.button(static_cast<int>(i))->setChecked(true);
        }
    }
}

QString Composer::channel() const {
    const int id = group_.checkedId();
    return id < 0 ? QString() : channels_.at(static_cast<std::size_t>(id)).id;
}

void Composer::setText(const QString& text) {
    replacing_ = true;
    edit_->setPlainText(text);
    edit_->moveCursor(QTextCursor::End);
    replacing_ = false;
}

void Composer::setExtrasVisible(bool visible) {
    templates_->setVisible(visible);
    attach_->setVisible(visible);
}

void Composer::setPlaceholder(const QString& text) {
    edit_->setPlaceholderText(text);
}

void Composer::setDraftNote(const QString& text) {
    draft_->setText(text);
}

void Composer::setNotice(const ChipLook& look) {
    notice_->setLook(look);
    notice_->show();
}

void Composer::clearNotice() {
    notice_->hide();
}

void Composer::setSendAction(const QString& text, Icon icon, const QString& key) {
    send_->setText(text);
    send_->setSymbol(icon);
    send_->setKeyCap(key);
}

void Composer::fitHeight() {
    // Two to eight lines, then the text scrolls: the timeline above must stay usable.
    const int lines = std::clamp(edit_->document()->size().toSize().height(), kMinLines, kMaxLines);
    const int wanted = lines * theme_.line(TextStyle::Reading) + 2 * theme_.px(space::kS4);
    if (edit_->height() != wanted || edit_->minimumHeight() != wanted) {
        edit_->setFixedHeight(wanted);
    }
}

bool Composer::eventFilter(QObject* watched, QEvent* event) {
    if (watched == edit_) {
        switch (event->type()) {
            case QEvent::FocusIn:
            case QEvent::FocusOut: update(); break;
            case QEvent::Resize: fitHeight(); break;
            default: break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void Composer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter paint(painter, theme_);
    const bool focused = edit_->hasFocus();
    paint.box(rect(), Role::Surface, focused ? Role::FocusRing : Role::BorderControl,
              theme_.px(radius::kCard), focused ? stroke::kFocus : 1);
}

}  // namespace vorfahrt::client::ui
