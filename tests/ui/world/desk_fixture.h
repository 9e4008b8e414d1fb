// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/leads/lead_list_pane.h"
#include "client/ui/leads/leads_page.h"
#include "client/ui/widgets/lead_list.h"
#include "tests/ui/world/desk_setup.h"
#include "tests/ui/world/sample_world.h"

#include <QTranslator>

#include <memory>

namespace vorfahrt::test {

// One German window on the sample world, for test classes to derive from: begin() before a test,
// end() after it. GUI thread.
class DeskFixture {
protected:
    // Once per program.
    void prepare();
    void begin();
    void end();
    // A window that is shown and active; the leads list has the focus.
    void open(bool online = true);
    // The program ends without a word and starts again on the same files.
    void restart(bool online = true);
    void click(QWidget* widget);

    QAction* action(const char* id) { return window_->actions().action(QString::fromLatin1(id)); }
    template <class T>
    T* child(const char* name) {
        return window_->findChild<T*>(QString::fromLatin1(name));
    }
    client::ui::LeadListPane& pane() { return window_->leadsPage().list(); }
    client::ui::LeadListView& list() { return pane().list(); }
    QModelIndex rowOf(LeadId lead) {
        return pane().rows().index(setup_->leads.list().rowOfLead(lead), 0);
    }
    // A click on the row.
    void choose(LeadId lead);

    std::unique_ptr<client::ui::Theme> theme_;
    QTranslator german_;
    std::unique_ptr<DeskWorld> world_;
    SampleWorld sample_;
    std::unique_ptr<DeskSetup> setup_;
    std::unique_ptr<client::app::DeskWindow> window_;
};

}  // namespace vorfahrt::test
