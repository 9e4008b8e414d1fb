// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/help_page.h"

#include "client/ui/shell/key_editor.h"
#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/focus_ring.h"
#include "client/ui/widgets/key_cap.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/text_field.h"

#include <QHBoxLayout>
#include <QMap>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace vorfahrt::client::ui {
namespace {

constexpr int kCardWidth = 440;
constexpr int kGap = 12;
constexpr int kMargin = 20;
constexpr int kMaxColumns = 3;
constexpr int kSearchWidth = 360;

}  // namespace

// One action with its caps; pressing it changes the key.
class HelpPage::Row final : public QAbstractButton {
public:
    Row(const Theme& theme, const ActionRegistry::Entry& entry, ContextCard* card)
        : QAbstractButton(card),
          theme_(theme),
          card_(card),
          id_(entry.action->objectName()),
          group_(entry.group),
          changed_(entry.changed),
          caps_(
              ActionRegistry::capText(*entry.action).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        setText(entry.action->text());
        setObjectName(QStringLiteral("key.") + id_);
        const QString key = ActionRegistry::keyText(*entry.action);
        setAccessibleName(key.isEmpty() ? HelpPage::tr("%1, no key").arg(text())
                                        : HelpPage::tr("%1, key %2").arg(text(), key));
        setToolTip(HelpPage::tr("Change the key of “%1”").arg(text()));
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        followTheme(*this, theme);
    }
    const QString& id() const { return id_; }
    ContextCard* card() const { return card_; }
    QSize sizeHint() const override { return {theme_.px(200), theme_.px(size::kControlSmall)}; }
    bool matches(const QString& words) const {
        const QString all =
            text() + QLatin1Char(' ') + group_ + QLatin1Char(' ') + caps_.join(QLatin1Char(' '));
        const QStringList wanted = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        return std::all_of(wanted.begin(), wanted.end(), [&](const QString& word) {
            return all.contains(word, Qt::CaseInsensitive);
        });
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, theme_);
        if (underMouse()) {
            paint.box(rect(), Role::RowHover, theme_.px(radius::kChip));
        }
        const qreal middle = height() / 2.0;
        qreal right = width() - theme_.px(space::kS2);
        for (qsizetype i = caps_.size() - 1; i >= 0; --i) {
            const QSize cap = keyCapSize(theme_, caps_[i]);
            right -= cap.width();
            paintKeyCap(
                paint,
                QRectF(right, std::round(middle - cap.height() / 2.0), cap.width(), cap.height()),
                caps_[i], KeyCapGround::Surface);
            right -= theme_.px(space::kS1) + 1;
        }
        if (underMouse() || ring_->visible() || changed_) {
            right -= theme_.px(18);
            paint.icon(Icon::Pencil, QPointF(right + theme_.px(8), middle), iconsize::kInline,
                       changed_ ? Role::AccentText : Role::TextSecondary);
        }
        const qreal left = theme_.px(space::kS2);
        paint.text(QRectF(left, 0, right - left - theme_.px(space::kS3), height()), text(),
                   TextStyle::Body, Role::TextPrimary);
        if (ring_->visible()) {
            paint.focusRing(rect(), theme_.px(radius::kChip));
        }
    }
    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            click();
        } else {
            QAbstractButton::keyPressEvent(event);
        }
    }

private:
    const Theme& theme_;
    ContextCard* card_;
    QString id_;
    QString group_;
    bool changed_;
    QStringList caps_;
    FocusRing* ring_ = new FocusRing(this);
};

HelpPage::HelpPage(const Theme& theme, ActionRegistry& actions, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      actions_(actions),
      cards_(new CardColumn(theme, Role::Window, this)) {
    setObjectName(QStringLiteral("helpPage"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(cards_);
    QVBoxLayout& body = cards_->column();
    body.setContentsMargins(kMargin, 16, kMargin, kMargin);
    body.addWidget(new Label(theme, tr("Help and keys"), TextStyle::PaneTitle, Role::TextPrimary));
    auto* remark = new Label(theme,
                             tr("Single letters work outside text fields. Inside a text, "
                                "Ctrl+G takes the place of G. A press on a line changes its key."),
                             TextStyle::Body, Role::TextSecondary);
    remark->setWordWrap(true);
    body.addWidget(remark);
    auto* tools = new QHBoxLayout;
    tools->setSpacing(kGap);
    search_ = new TextField(theme, tr("Search in the keys"), this);
    search_->setObjectName(QStringLiteral("keySearchField"));
    search_->edit().setObjectName(QStringLiteral("keySearch"));
    search_->setLeadingIcon(icons::kActionSearch);
    search_->setMaximumWidth(theme.px(kSearchWidth));
    tools->addWidget(search_);
    auto* reset = new Button(theme, ButtonKind::Secondary, tr("All keys as at first"), this);
    reset->setObjectName(QStringLiteral("keysReset"));
    tools->addWidget(reset);
    tools->addStretch();
    body.addLayout(tools);
    nothing_ = new Label(theme, tr("No action has these words."), TextStyle::Body,
                         Role::TextSecondary, this);
    nothing_->setObjectName(QStringLiteral("keysNothing"));
    nothing_->hide();
    body.addWidget(nothing_);
    columns_ = new QHBoxLayout;
    columns_->setSpacing(kGap);
    body.addLayout(columns_);
    body.addStretch();
    connect(&search_->edit(), &QLineEdit::textChanged, this, &HelpPage::filter);
    connect(reset, &QAbstractButton::clicked, this, [this] { actions_.resetKeys(); });
    connect(&actions, &ActionRegistry::keysChanged, this, [this] {
        if (isVisible()) {
            fill();
        }
    });
}

int HelpPage::columnsThatFit() const {
    const int room = width() - 2 * kMargin + kGap;
    return std::clamp(room / (theme_.px(kCardWidth - 80) + kGap), 1, kMaxColumns);
}

void HelpPage::showEvent(QShowEvent* event) {
    fill();
    QWidget::showEvent(event);
}

void HelpPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (isVisible() && columnsThatFit() != shownColumns_) {
        fill();
    }
}

void HelpPage::fill() {
    const QString focused = focusWidget() != nullptr && focusWidget()->hasFocus()
                                ? focusWidget()->objectName()
                                : QString();
    for (Row* row : rows_) {
        row->setObjectName({});
    }
    clearLayout(*columns_);
    rows_.clear();
    editor_ = nullptr;
    shownColumns_ = columnsThatFit();
    QStringList order;
    QMap<QString, int> sizes;
    for (const ActionRegistry::Entry& entry : actions_.entries()) {
        if (!sizes.contains(entry.group)) {
            order << entry.group;
        }
        ++sizes[entry.group];
    }
    QList<QVBoxLayout*> columns;
    QList<int> heights;
    for (int i = 0; i < shownColumns_; ++i) {
        columns << new QVBoxLayout;
        heights << 0;
        columns.last()->setSpacing(kGap);
        columns_->addLayout(columns.last(), 1);
    }
    // Each group goes where there is the most room, so that the columns end together.
    for (const QString& group : order) {
        auto* card = new ContextCard(theme_, std::nullopt, group, this);
        card->setMaximumWidth(theme_.px(kCardWidth));
        card->body().setSpacing(0);
        for (const ActionRegistry::Entry& entry : actions_.entries()) {
            if (entry.group == group) {
                auto* row = new Row(theme_, entry, card);
                connect(row, &QAbstractButton::clicked, this, [this, row] { edit(*row); });
                card->body().addWidget(row);
                rows_.append(row);
            }
        }
        const qsizetype shortest =
            std::min_element(heights.begin(), heights.end()) - heights.begin();
        columns[shortest]->addWidget(card);
        heights[shortest] += sizes[group] + 2;
    }
    for (QVBoxLayout* column : columns) {
        column->addStretch();
    }
    columns_->addStretch();
    filter();
    if (focused.startsWith(QStringLiteral("key."))) {
        if (auto* again = findChild<QWidget*>(focused)) {
            again->setFocus(Qt::OtherFocusReason);
        }
    }
}

void HelpPage::filter() {
    const QString words = search_->text();
    QMap<ContextCard*, bool> any;
    for (Row* row : rows_) {
        const bool fits = row->matches(words);
        row->setVisible(fits);
        any[row->card()] = any.value(row->card()) || fits;
    }
    bool found = false;
    for (auto it = any.begin(); it != any.end(); ++it) {
        it.key()->setVisible(it.value());
        found = found || it.value();
    }
    nothing_->setVisible(!found);
}

void HelpPage::edit(Row& row) {
    const bool same = editor_ && edited_ == row.id();
    stopEditing();
    if (same) {
        return;
    }
    edited_ = row.id();
    editor_ = new KeyEditor(theme_, actions_, row.id(), row.card());
    QVBoxLayout& body = row.card()->body();
    body.insertWidget(body.indexOf(&row) + 1, editor_);
    connect(editor_, &KeyEditor::finished, this, [this] {
        stopEditing();
        if (auto* again = findChild<QWidget*>(QStringLiteral("key.") + edited_)) {
            again->setFocus(Qt::OtherFocusReason);
        }
    });
    editor_->show();
    editor_->field().setFocus(Qt::OtherFocusReason);
}

void HelpPage::stopEditing() {
    if (editor_) {
        editor_->hide();
        editor_->deleteLater();
        editor_ = nullptr;
    }
}

}  // namespace vorfahrt::client::ui
