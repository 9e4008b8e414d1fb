// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/palette/palette_aside.h"
#include "client/ui/shell/action_registry.h"
#include "client/viewmodel/search.h"
#include "client/viewmodel/search_preview.h"

#include <QLineEdit>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>

class QVBoxLayout;
class QBoxLayout;

namespace vorfahrt::client::ui {

class CapButton;
class FilterChip;
class IndexBar;
class Label;
class PaletteList;

// Search and commands in one window over the desk (design/search.png): a child of the window that
// covers it, no dialog and no window of its own. The focus stays in the field; Esc gives it back to
// where it was. It asks viewmodel::Search, and never blocks. GUI thread; owned by the window.
class Palette final : public QWidget {
    Q_OBJECT

public:
    using Target = viewmodel::Search::Target;
    using ActionsOf =
        std::function<QList<PaletteAction>(const Target&, const viewmodel::SearchPreview&)>;

    Palette(const Theme& theme, const ActionRegistry& registry, viewmodel::Search& search,
            viewmodel::SearchPreview& preview, QWidget* window);

    // What can be done with a line, besides opening it.
    void setActionsOf(ActionsOf actionsOf) { actionsOf_ = std::move(actionsOf); }
    // ">" opens it with commands alone. Open already: the text is chosen.
    void openWith(const QString& text);
    // The focus goes back where it was.
    void closeAndReturn();
    bool isOpen() const { return isVisible(); }
    QLineEdit& edit() { return *edit_; }
    PaletteList& list() { return *list_; }

Q_SIGNALS:
    // Enter or a click on a line; the window is closed by then.
    void openRequested(const vorfahrt::client::viewmodel::Search::Target& target);
    void actionRequested(const vorfahrt::client::viewmodel::Search::Target& target,
                         const QString& id);
    void newCustomerRequested(const QString& text);

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeHead(QVBoxLayout& column);
    void makeChips(QVBoxLayout& column);
    void makeBody(QVBoxLayout& column);
    bool editKey(const QKeyEvent& pressed);
    bool anyKey(const QKeyEvent& pressed);
    void place();
    void refresh();
    void lineChosen(int row);
    void showActions();
    void openLine(int row);
    void runAction(const QString& id);
    void stepSection(int by);
    void setSection(std::optional<viewmodel::Search::Section> section);
    Icon iconOf(const QString& command) const;
    QString caption() const;

    const Theme& theme_;
    const ActionRegistry& registry_;
    viewmodel::Search& search_;
    viewmodel::SearchPreview& preview_;
    ActionsOf actionsOf_;
    QWidget* panel_;
    QLineEdit* edit_ = nullptr;
    Label* caption_ = nullptr;
    QList<FilterChip*> chips_;  // all, then a section each
    QWidget* sectionHint_ = nullptr;
    IndexBar* index_ = nullptr;
    Label* indexWord_ = nullptr;
    Label* nothing_ = nullptr;
    PaletteList* list_ = nullptr;
    PaletteAside* aside_ = nullptr;
    bool wide_ = true;
    bool moved_ = false;        // somebody chose another line than the first
    bool asideWanted_ = false;  // in a narrow window: in the place of the results
    QString shownText_;
    QPointer<QWidget> before_;
    QTimer previewTimer_;
};

}  // namespace vorfahrt::client::ui
