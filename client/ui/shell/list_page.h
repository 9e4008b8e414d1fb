// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/shell/page_parts.h"
#include "client/ui/theme/theme.h"
#include "common/base/error.h"

#include <QListView>
#include <QMap>
#include <QWidget>

class QHBoxLayout;
class QStackedLayout;
class QVBoxLayout;

namespace vorfahrt::client::ui {

class Label;
class Splitter;

// The frame of a workspace with a list on the left and the chosen thing on the right: title, count,
// list with its states, and for the right side "nothing chosen" and "could not be read". A page
// gives the model and the detail. GUI thread.
class ListPage : public QWidget {
    Q_OBJECT

public:
    QListView& list() { return *list_; }
    // Width of the whole window decides the first width of the list (design, section 2).
    void setWindowWidth(int width);
    // Widths that a person chose, by class of the window's width.
    const QMap<int, int>& listWidths() const { return listWidths_; }
    void setListWidths(const QMap<int, int>& widths);
    QWidget& listPane() { return *listPane_; }
    QWidget& detailPane() { return *detailPane_; }
    // One step back; false where there is nothing to close.
    virtual bool back() = 0;

protected:
    struct Look {
        QString title;
        QString note;        // at the right of the title; may be empty
        QString listName;    // for screen readers
        QString listObject;  // object name of the list
        Icon icon = Icon::Info;
        QString empty;    // sentence of an empty list
        QString nothing;  // sentence while nothing is chosen
    };

    ListPage(const Theme& theme, const Look& look, QWidget* parent);

    // Buttons at the right of the title, and what stands between title and list.
    QHBoxLayout& head() { return *head_; }
    QVBoxLayout& tools() { return *tools_; }
    void setEmpty(Icon icon, const QString& sentence, const QString& action);
    void setModel(QAbstractItemModel* model);
    // Belongs to the page from now on.
    void setDetail(QWidget* detail);
    void showList(int count, bool loaded, bool empty, ErrorCode error);
    // A detail that was read before stays, whatever the error.
    void showDetail(bool here, ErrorCode error);

    const Theme& theme_;

Q_SIGNALS:
    void rowChosen(const QModelIndex& index);
    void listRetryRequested();
    void emptyActionTriggered();
    void detailRetryRequested();

private:
    void applyWidth();
    QWidget* makeList(const Look& look);
    QWidget* makeDetail(const Look& look);

    Splitter* splitter_;
    QMap<int, int> listWidths_;
    int layoutClass_ = -1;
    int windowWidth_ = 0;
    QWidget* listPane_ = nullptr;
    QWidget* detailPane_ = nullptr;
    QListView* list_ = nullptr;
    ListStates* states_ = nullptr;
    Label* count_ = nullptr;
    QHBoxLayout* head_ = nullptr;
    QVBoxLayout* tools_ = nullptr;
    QStackedLayout* stack_ = nullptr;
    ReadErrorState* unreadable_ = nullptr;
};

}  // namespace vorfahrt::client::ui
