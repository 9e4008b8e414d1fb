// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/shell/list_page.h"

#include "client/ui/shell/layout.h"
#include "client/ui/shell/two_line_delegate.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/status.h"

#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

enum Shown { kNothing, kUnreadable, kDetail };

// Qt makes the first row the current one when the focus comes; here a row is chosen by a person
// alone, and the chosen thing may stand on a page of the list that is not loaded.
class QuietList final : public QListView {
public:
    using QListView::QListView;

protected:
    void focusInEvent(QFocusEvent* event) override {
        QFocusEvent quiet(event->type(),
                          currentIndex().isValid() ? event->reason() : Qt::MouseFocusReason);
        QListView::focusInEvent(&quiet);
    }
};

}  // namespace

ListPage::ListPage(const Theme& theme, const Look& look, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      splitter_(new Splitter(theme, this)) {
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(splitter_);
    listPane_ = makeList(look);
    detailPane_ = makeDetail(look);
    splitter_->addWidget(listPane_);
    splitter_->addWidget(detailPane_);
    splitter_->setStretchFactor(1, 1);
    splitter_->setChildrenCollapsible(false);
    connect(splitter_, &Splitter::widthsChosen, this, [this](const QList<int>& chosen) {
        if (chosen.isEmpty()) {
            listWidths_.remove(layoutClass_);
        } else {
            listWidths_.insert(layoutClass_, chosen[0]);
        }
    });
}

void ListPage::setWindowWidth(int width) {
    const int found = layoutClassOf(theme_, width);
    if (found == layoutClass_ && width == windowWidth_) {
        return;
    }
    const bool other = found != layoutClass_;
    layoutClass_ = found;
    windowWidth_ = width;
    const int list = listWidthOf(theme_, found, width, false);
    splitter_->setResetSizes({list, std::max(kMinDetail, width - list)});
    if (other) {
        applyWidth();
    }
}

void ListPage::applyWidth() {
    const int list =
        listWidths_.value(layoutClass_, listWidthOf(theme_, layoutClass_, windowWidth_, false));
    splitter_->setSizes({list, std::max(kMinDetail, windowWidth_ - list)});
}

void ListPage::setListWidths(const QMap<int, int>& widths) {
    listWidths_ = widths;
    if (layoutClass_ >= 0) {
        applyWidth();
    }
}

QWidget* ListPage::makeList(const Look& look) {
    auto* pane = new Ground(theme_, Role::Surface, this);
    pane->setMinimumWidth(kMinList);
    auto* column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 2, 16, 10);
    head->setSpacing(8);
    auto* title = new Label(theme_, look.title, TextStyle::PaneTitle, Role::TextPrimary, pane);
    title->setObjectName(QStringLiteral("pageTitle"));
    head->addWidget(title);
    count_ = new Label(theme_, QString(), TextStyle::CardTitle, Role::TextMuted, pane);
    head->addWidget(count_);
    head->addStretch();
    if (!look.note.isEmpty()) {
        head->addWidget(new Label(theme_, look.note, TextStyle::Meta, Role::TextMuted, pane));
    }
    head_ = head;
    column->addLayout(head);
    tools_ = new QVBoxLayout;
    tools_->setContentsMargins(16, 0, 16, 0);
    tools_->setSpacing(8);
    column->addLayout(tools_);
    list_ = new QuietList(pane);
    list_->setObjectName(look.listObject);
    list_->setAccessibleName(look.listName);
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setItemDelegate(new TwoLineDelegate(theme_, list_));
    states_ = new ListStates(theme_, list_, size::kRowLead, pane);
    states_->setEmpty(look.icon, look.empty, {});
    connect(states_, &ListStates::retryRequested, this, &ListPage::listRetryRequested);
    connect(states_, &ListStates::actionTriggered, this, &ListPage::emptyActionTriggered);
    column->addWidget(states_, 1);
    return pane;
}

QWidget* ListPage::makeDetail(const Look& look) {
    auto* pane = new Ground(theme_, Role::Surface, this);
    pane->setMinimumWidth(kMinDetail);
    stack_ = new QStackedLayout(pane);
    const auto alone = [&](QWidget* state) {
        auto* page = new QWidget(pane);
        auto* column = new QVBoxLayout(page);
        column->setContentsMargins(20, 14, 20, 20);
        column->addWidget(state);
        column->addStretch();
        stack_->addWidget(page);
    };
    alone(new EmptyState(theme_, look.icon, look.nothing, {}, pane));
    unreadable_ = new ReadErrorState(theme_, pane);
    connect(unreadable_, &ReadErrorState::retryRequested, this, &ListPage::detailRetryRequested);
    alone(unreadable_);
    return pane;
}

void ListPage::setEmpty(Icon icon, const QString& sentence, const QString& action) {
    states_->setEmpty(icon, sentence, action);
}

void ListPage::setModel(QAbstractItemModel* model) {
    list_->setModel(model);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) { Q_EMIT rowChosen(index); });
}

void ListPage::setDetail(QWidget* detail) {
    stack_->addWidget(detail);
}

void ListPage::showList(int count, bool loaded, bool empty, ErrorCode error) {
    count_->setText(QString::number(count));
    states_->show(loaded, empty);
    states_->setError(error);
}

void ListPage::showDetail(bool here, ErrorCode error) {
    unreadable_->setError(here ? ErrorCode::Ok : error);
    stack_->setCurrentIndex(here ? kDetail : error == ErrorCode::Ok ? kNothing : kUnreadable);
}

}  // namespace vorfahrt::client::ui
