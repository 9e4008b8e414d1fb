// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/leads/lead_rows.h"
#include "client/ui/shell/page_parts.h"

#include <QTimer>
#include <QVariantAnimation>
#include <QWidget>

namespace vorfahrt::client::ui {

class FilterChip;
class InlineBanner;
class Label;
class LeadListHeader;
class LeadListView;
class NewRowsBar;
class ViewTabs;

// Left pane of the leads: title, views, quick filters, offline note and the list in groups.
class LeadListPane final : public QWidget {
    Q_OBJECT

public:
    LeadListPane(const Theme& theme, viewmodel::Leads& leads, QWidget* parent = nullptr);

    LeadListView& list() { return *list_; }
    LeadRows& rows() { return *rows_; }
    void setFilter(int index);
    int view() const;
    void setView(int index);
    // The current row, one down or up; headers are passed over.
    void step(int by);
    LeadId current() const;
    void show(LeadId lead);
    // Takes in the leads that came while somebody worked in the list.
    void takeIn();

Q_SIGNALS:
    void leadChosen(vorfahrt::LeadId lead);
    void claimRequested(vorfahrt::LeadId lead);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeChips();
    void makeNewRows();
    void refresh();
    void repaintTimers();
    bool isInUse() const;
    void followUse();
    void fadeFresh();

    const Theme& theme_;
    viewmodel::Leads& leads_;
    LeadRows* rows_;
    LeadListView* list_;
    LeadListHeader* header_ = nullptr;
    bool removing_ = false;
    Label* count_ = nullptr;
    ViewTabs* tabs_ = nullptr;
    InlineBanner* offline_ = nullptr;
    ListStates* states_ = nullptr;
    NewRowsBar* newRows_ = nullptr;
    QTimer letGo_;
    QVariantAnimation fade_;
    std::vector<FilterChip*> chips_;
};

}  // namespace vorfahrt::client::ui
