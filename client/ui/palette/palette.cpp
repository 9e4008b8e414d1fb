// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/palette/palette.h"

#include "client/ui/palette/palette_list.h"
#include "client/ui/palette/palette_parts.h"
#include "client/ui/widgets/chip.h"
#include "client/ui/widgets/key_cap.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/menu.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::Search;

constexpr int kTop = 84;
constexpr int kMargin = 24;
constexpr int kAsideWidth = 358;
constexpr int kWideFrom = 800;
// Arrow keys that repeat read no customer for each line that they pass.
constexpr int kPreviewMs = 30;

class HeadIcon final : public QWidget {
public:
    HeadIcon(const Theme& theme, QWidget* parent)
        : QWidget(parent),
          theme_(theme) {
        setFixedSize(theme.px(24), theme.px(24));
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter(painter, theme_)
            .icon(icons::kActionSearch, QRectF(rect()).center(), iconsize::kNavCollapsed,
                  Role::TextSecondary);
    }

private:
    const Theme& theme_;
};

class Panel final : public QWidget {
public:
    Panel(const Theme& theme, QWidget* parent)
        : QWidget(parent),
          theme_(theme) {
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter(painter, theme_)
            .box(rect(), Role::SurfaceRaised, Role::BorderStrong, theme_.px(radius::kPopup));
    }
    // A click between the parts is not one on the desk behind.
    void mousePressEvent(QMouseEvent* event) override { event->accept(); }

private:
    const Theme& theme_;
};

class Line final : public QWidget {
public:
    Line(const Theme& theme, QWidget* parent)
        : QWidget(parent),
          theme_(theme) {
        setFixedHeight(1);
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter(painter, theme_).hairline(QPointF(0, 0), QPointF(width(), 0));
    }

private:
    const Theme& theme_;
};

}  // namespace

Palette::Palette(const Theme& theme, const ActionRegistry& registry, viewmodel::Search& search,
                 viewmodel::SearchPreview& preview, QWidget* window)
    : QWidget(window),
      theme_(theme),
      registry_(registry),
      search_(search),
      preview_(preview),
      panel_(new Panel(theme, this)) {
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Search"));
    panel_->setObjectName(QStringLiteral("palettePanel"));
    auto* column = new QVBoxLayout(panel_);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    makeHead(*column);
    column->addWidget(new Line(theme, panel_));
    makeChips(*column);
    column->addWidget(new Line(theme, panel_));
    makeBody(*column);
    column->addWidget(new PaletteFoot(theme, panel_));
    previewTimer_.setSingleShot(true);
    previewTimer_.setInterval(kPreviewMs);
    connect(&previewTimer_, &QTimer::timeout, this, &Palette::showActions);
    connect(edit_, &QLineEdit::textChanged, &search, &Search::setText);
    connect(&search, &Search::changed, this, &Palette::refresh);
    connect(list_, &PaletteList::opened, this, &Palette::openLine);
    connect(list_, &PaletteList::currentRowChanged, this, &Palette::lineChosen);
    connect(list_, &PaletteList::actionsRequested, this, [this](int row) {
        moved_ = true;
        list_->choose(row);
        asideWanted_ = true;
        showActions();
        place();
        aside_->focusFirst();
    });
    connect(&preview, &viewmodel::SearchPreview::changed, this, [this] {
        const auto target = search_.target(list_->chosen());
        aside_->setActions(target && actionsOf_ ? actionsOf_(*target, preview_)
                                                : QList<PaletteAction>());
    });
    connect(aside_, &PaletteAside::triggered, this, &Palette::runAction);
    connect(&theme, &Theme::changed, this, &Palette::place);
    window->installEventFilter(this);
    followTheme(*this, theme);
    hide();
}

void Palette::makeHead(QVBoxLayout& column) {
    auto* head = new QHBoxLayout;
    head->setContentsMargins(17, 14, 18, 14);
    head->setSpacing(10);
    head->addWidget(new HeadIcon(theme_, panel_));
    edit_ = new QLineEdit(panel_);
    edit_->setObjectName(QStringLiteral("searchText"));
    edit_->setProperty("plain", true);
    edit_->setFrame(false);
    edit_->setMaxLength(200);
    edit_->setAccessibleName(tr("Search"));
    edit_->setPlaceholderText(tr("Search: name, phone, plate, VIN, text …"));
    edit_->setFont(theme_.font(TextStyle::SearchInput));
    edit_->installEventFilter(this);
    connect(&theme_, &Theme::changed, edit_,
            [this] { edit_->setFont(theme_.font(TextStyle::SearchInput)); });
    head->addWidget(edit_, 1);
    caption_ = new Label(theme_, QString(), TextStyle::Meta, Role::TextSecondary, panel_);
    caption_->setObjectName(QStringLiteral("searchCaption"));
    head->addWidget(caption_);
    auto* close = new CapButton(theme_, tr("Esc"), tr("Close the search"), panel_);
    close->setObjectName(QStringLiteral("searchClose"));
    connect(close, &QAbstractButton::clicked, this, &Palette::closeAndReturn);
    head->addWidget(close);
    column.addLayout(head);
}

void Palette::makeChips(QVBoxLayout& column) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(17, 9, 18, 9);
    row->setSpacing(8);
    const auto add = [&](const QString& name, std::optional<Search::Section> section) {
        auto* chip = new FilterChip(theme_, name, panel_);
        chip->setObjectName(QStringLiteral("searchSection%1").arg(chips_.size()));
        connect(chip, &QAbstractButton::clicked, this, [this, section] {
            setSection(section);
            edit_->setFocus(Qt::OtherFocusReason);
        });
        chips_.append(chip);
        row->addWidget(chip);
    };
    add(tr("All"), std::nullopt);
    for (int i = 0; i < Search::kSections; ++i) {
        const auto section = static_cast<Search::Section>(i);
        add(Search::sectionName(section), section);
    }
    row->addStretch();
    sectionHint_ = new QWidget(panel_);
    auto* hint = new QHBoxLayout(sectionHint_);
    hint->setContentsMargins(0, 0, 0, 0);
    hint->setSpacing(2);
    hint->addWidget(
        new Label(theme_, tr("Other section"), TextStyle::Meta, Role::TextSecondary, panel_));
    hint->addSpacing(4);
    hint->addWidget(new KeyCap(theme_, tr("Ctrl"), panel_));
    hint->addWidget(new KeyCap(theme_, tr("Tab"), panel_));
    row->addWidget(sectionHint_);
    column.addLayout(row);
}

void Palette::makeBody(QVBoxLayout& column) {
    index_ = new IndexBar(theme_, panel_);
    column.addWidget(index_);
    auto* body = new QHBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    auto* left = new QVBoxLayout;
    left->setContentsMargins(0, 6, 0, 6);
    left->setSpacing(0);
    nothing_ = new Label(theme_, QString(), TextStyle::Body, Role::TextSecondary, panel_);
    nothing_->setObjectName(QStringLiteral("searchNothing"));
    nothing_->setContentsMargins(18, 10, 18, 10);
    nothing_->setWordWrap(true);
    left->addWidget(nothing_);
    indexWord_ = new Label(theme_, tr("Older data is still being taken in. More may be found."),
                           TextStyle::Meta, Role::TextMuted, panel_);
    indexWord_->setObjectName(QStringLiteral("searchIncomplete"));
    indexWord_->setContentsMargins(18, 4, 18, 4);
    left->addWidget(indexWord_);
    list_ =
        new PaletteList(theme_, [this](const QString& command) { return iconOf(command); }, panel_);
    list_->setModel(&search_.lines());
    left->addWidget(list_, 1);
    body->addLayout(left, 1);
    aside_ = new PaletteAside(theme_, preview_, panel_);
    body->addWidget(aside_);
    column.addLayout(body, 1);
}

Icon Palette::iconOf(const QString& command) const {
    const ActionRegistry::Entry* entry = registry_.entry(command);
    return entry != nullptr && entry->icon ? *entry->icon : Icon::ChevronRight;
}

void Palette::openWith(const QString& text) {
    if (!isVisible()) {
        before_ = window()->focusWidget();
        asideWanted_ = false;
        moved_ = false;
        shownText_.clear();
        search_.setSection(std::nullopt);
        edit_->setText(text);
        search_.setText(text);
        search_.refresh();
        raise();
        show();
        place();
        list_->choose(search_.lines().firstResult());
        comeIn(*panel_, theme_, motion::kNormal);
        refresh();
    } else if (edit_->text() != text && !text.isEmpty()) {
        edit_->setText(text);
    }
    // A field that gets the focus by a key chooses its text: the sign would go with the first
    // letter.
    edit_->setFocus(Qt::OtherFocusReason);
    if (text.isEmpty()) {
        edit_->selectAll();
    } else {
        edit_->end(false);
    }
}

void Palette::closeAndReturn() {
    if (!isVisible()) {
        return;
    }
    QPointer<QWidget> back = before_;
    hide();
    previewTimer_.stop();
    preview_.show(std::nullopt);
    // A window that nobody sees asks nothing while data comes in.
    edit_->clear();
    if (back && back->isVisible() && back->isEnabled()) {
        back->setFocus(Qt::OtherFocusReason);
    }
}

QString Palette::caption() const {
    if (search_.text().trimmed().isEmpty()) {
        return {};
    }
    const int total = search_.total();
    return search_.text().trimmed().startsWith(QLatin1Char('>'))
               ? tr("%n hit(s)", nullptr, total)
               : tr("%n hit(s) in %1 ms", nullptr, total).arg(search_.tookMs());
}

void Palette::refresh() {
    if (!isVisible()) {
        return;
    }
    const bool empty = search_.text().trimmed().isEmpty();
    // The old answer stands until the new one is here, and its numbers with it.
    if (!search_.isSearching()) {
        caption_->setText(caption());
        edit_->setAccessibleDescription(caption());
        chips_[0]->setCount(empty ? std::nullopt : std::optional(search_.total()));
        for (int i = 0; i < Search::kSections; ++i) {
            const auto section = static_cast<Search::Section>(i);
            chips_[i + 1]->setCount(empty ? std::nullopt : std::optional(search_.count(section)));
        }
        const bool nothing = search_.isNothingFound();
        nothing_->setVisible(nothing);
        if (nothing) {
            nothing_->setText(tr("Nothing found for “%1”.").arg(search_.text().trimmed()));
        }
        // The first line is chosen until somebody moves.
        if (shownText_ != search_.text() || list_->chosen() < 0 || !moved_) {
            moved_ = moved_ && shownText_ == search_.text();
            shownText_ = search_.text();
            list_->choose(search_.lines().firstResult());
            list_->scrollToTop();
        }
    }
    for (qsizetype i = 0; i < chips_.size(); ++i) {
        const bool all = i == 0 && !search_.section();
        chips_[i]->setChecked(all ||
                              (i > 0 && search_.section() == static_cast<Search::Section>(i - 1)));
    }
    index_->setVisible(!search_.isComplete());
    indexWord_->setVisible(!search_.isComplete());
    lineChosen(list_->chosen());
}

void Palette::lineChosen(int) {
    if (isVisible()) {
        previewTimer_.start();
    }
}

void Palette::showActions() {
    const int row = list_->chosen();
    preview_.show(row < 0 ? std::nullopt : std::optional(search_.lines().at(row)));
    const auto target = search_.target(row);
    const QList<PaletteAction> actions =
        target && actionsOf_ ? actionsOf_(*target, preview_) : QList<PaletteAction>();
    if (!aside_->hasFocusInside()) {
        aside_->setActions(actions);
    }
}

void Palette::openLine(int row) {
    const auto target = search_.target(row);
    if (!target) {
        return;
    }
    const QString text = search_.text().trimmed();
    search_.opened(row);
    closeAndReturn();
    if (target->create) {
        Q_EMIT newCustomerRequested(text);
    } else {
        Q_EMIT openRequested(*target);
    }
}

void Palette::runAction(const QString& id) {
    const int row = list_->chosen();
    const auto target = search_.target(row);
    if (!target) {
        return;
    }
    search_.opened(row);
    // What can be copied is gone with the window.
    const bool copies = id.startsWith(QStringLiteral("row.copy"));
    if (copies) {
        Q_EMIT actionRequested(*target, id);
    }
    closeAndReturn();
    if (!copies) {
        Q_EMIT actionRequested(*target, id);
    }
}

void Palette::setSection(std::optional<viewmodel::Search::Section> section) {
    search_.setSection(section);
    moved_ = false;
    refresh();
}

void Palette::stepSection(int by) {
    const int count = Search::kSections + 1;
    int at = search_.section() ? static_cast<int>(*search_.section()) + 1 : 0;
    at = (at + by + count) % count;
    setSection(at == 0 ? std::nullopt : std::optional(static_cast<Search::Section>(at - 1)));
}

bool Palette::event(QEvent* event) {
    // The desk below hears no key while this is open.
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

bool Palette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize) {
            place();
        }
        return false;
    }
    return event->type() == QEvent::KeyPress && editKey(*static_cast<QKeyEvent*>(event));
}

// Keys that the field would take for itself.
bool Palette::editKey(const QKeyEvent& pressed) {
    const bool end = edit_->cursorPosition() == edit_->text().size() && !edit_->hasSelectedText();
    const bool control = (pressed.modifiers() & Qt::ControlModifier) != 0;
    switch (pressed.key()) {
        case Qt::Key_Up:
            moved_ = true;
            list_->step(-1);
            return true;
        case Qt::Key_Down:
            moved_ = true;
            list_->step(1);
            return true;
        case Qt::Key_PageUp:
            moved_ = true;
            list_->pageBy(-1);
            return true;
        case Qt::Key_PageDown:
            moved_ = true;
            list_->pageBy(1);
            return true;
        case Qt::Key_Home:
        case Qt::Key_End:
            if (control) {
                moved_ = true;
                list_->toEnd(pressed.key() == Qt::Key_End);
            }
            return control;
        case Qt::Key_Return:
        case Qt::Key_Enter: openLine(list_->chosen()); return true;
        case Qt::Key_Right:
            if (end && pressed.modifiers() == Qt::NoModifier) {
                previewTimer_.stop();
                showActions();
                if (!aside_->actions().isEmpty()) {
                    asideWanted_ = true;
                    place();
                    aside_->focusFirst();
                    return true;
                }
            }
            return false;
        default: return anyKey(pressed);
    }
}

// Keys that mean the same wherever the focus is.
bool Palette::anyKey(const QKeyEvent& pressed) {
    const Qt::KeyboardModifiers held = pressed.modifiers();
    const bool control = (held & Qt::ControlModifier) != 0;
    const int number = pressed.key() - Qt::Key_1;
    if ((held & Qt::AltModifier) != 0 && !control && number >= 0 &&
        number < PaletteAside::kMaxActions) {
        previewTimer_.stop();
        showActions();
        if (number < aside_->actions().size()) {
            runAction(aside_->actions()[number].id);
        }
        return true;
    }
    if (control && (pressed.key() == Qt::Key_Tab || pressed.key() == Qt::Key_Backtab)) {
        stepSection(pressed.key() == Qt::Key_Backtab || (held & Qt::ShiftModifier) != 0 ? -1 : 1);
        edit_->setFocus(Qt::OtherFocusReason);
        return true;
    }
    const auto is = [&](const char* id) {
        const QAction* action = registry_.action(QString::fromLatin1(id));
        return action != nullptr &&
               action->shortcuts().contains(QKeySequence(pressed.keyCombination()));
    };
    if (is("search.open") || is("search.commands")) {
        openWith(is("search.open") ? QString() : QStringLiteral(">"));
        return true;
    }
    if (pressed.key() == Qt::Key_Escape) {
        if (aside_->hasFocusInside()) {
            asideWanted_ = false;
            place();
            edit_->setFocus(Qt::OtherFocusReason);
        } else {
            closeAndReturn();
        }
        return true;
    }
    return false;
}

void Palette::keyPressEvent(QKeyEvent* event) {
    if (!anyKey(*event) && event->key() == Qt::Key_Left && aside_->hasFocusInside()) {
        asideWanted_ = false;
        place();
        edit_->setFocus(Qt::OtherFocusReason);
    }
    event->accept();
}

// Tab stays inside: in the order in which the parts were made.
bool Palette::focusNextPrevChild(bool next) {
    QList<QWidget*> stops;
    for (QWidget* widget : panel_->findChildren<QWidget*>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible() &&
            widget->isEnabled()) {
            stops.append(widget);
        }
    }
    if (stops.isEmpty()) {
        return true;
    }
    const qsizetype at = stops.indexOf(focusWidget());
    const qsizetype count = stops.size();
    stops[(at + (next ? 1 : count - 1) + count) % count]->setFocus(next ? Qt::TabFocusReason
                                                                        : Qt::BacktabFocusReason);
    return true;
}

void Palette::mousePressEvent(QMouseEvent* event) {
    event->accept();
    if (!panel_->geometry().contains(event->pos())) {
        closeAndReturn();
    }
}

void Palette::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme_.color(Role::Scrim, Alpha::Scrim));
    // Rings of falling strength: QSS has no shadow.
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QColor ink = theme_.color(Role::Scrim, Alpha::ShadowPopup);
    const qreal whole = ink.alphaF();
    const qreal corner = theme_.px(radius::kPopup);
    constexpr int kShadow = 20;
    for (int ring = kShadow; ring > 0; ring -= 2) {
        const qreal share = 1.0 - static_cast<qreal>(ring) / kShadow;
        ink.setAlphaF(static_cast<float>(whole * share * share * 0.3));
        painter.setBrush(ink);
        painter.drawRoundedRect(
            QRectF(panel_->geometry()).adjusted(-ring, -ring + 6, ring, ring + 6), corner + ring,
            corner + ring);
    }
}

void Palette::place() {
    setGeometry(parentWidget()->rect());
    const int margin = theme_.px(kMargin);
    const int width = std::min(theme_.px(size::kPaletteWidth), this->width() - 2 * margin);
    const int height = std::min(theme_.px(size::kPaletteHeight), this->height() - 2 * margin);
    const int top = std::min(theme_.px(kTop), (this->height() - height) / 2);
    panel_->setGeometry((this->width() - width) / 2, top, width, height);
    wide_ = width >= theme_.px(kWideFrom);
    aside_->setVisible(wide_ || asideWanted_);
    list_->setVisible(wide_ || !asideWanted_);
    aside_->setMinimumWidth(theme_.px(kAsideWidth));
    aside_->setMaximumWidth(wide_ ? theme_.px(kAsideWidth) : QWIDGETSIZE_MAX);
    sectionHint_->setVisible(width >= theme_.px(1000));
    update();
}

}  // namespace vorfahrt::client::ui
