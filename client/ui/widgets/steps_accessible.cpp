// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/indexed_children.h"
#include "client/ui/widgets/steps.h"

namespace vorfahrt::client::ui {
namespace {

// One stage as a button.
class StageInterface final : public IndexedChild, public QAccessibleActionInterface {
public:
    StageInterface(StageBar* bar, int index)
        : IndexedChild(*bar, index),
          bar_(bar) {}

    bool isValid() const override { return index() < static_cast<int>(bar_->stages().size()); }
    QString text(QAccessible::Text kind) const override {
        if (!isValid()) {
            return {};
        }
        switch (kind) {
            case QAccessible::Name: return stage().name;
            case QAccessible::Description: return stateName();
            default: return {};
        }
    }
    QRect rect() const override {
        const QRect box = bar_->stageRect(index());
        return {bar_->mapToGlobal(box.topLeft()), box.size()};
    }
    QAccessible::Role role() const override { return QAccessible::Button; }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = true;
        state.disabled = !bar_->isEnabled();
        state.invisible = !bar_->isVisible();
        state.focused = bar_->hasFocus() && bar_->focusedStage() == index();
        state.checked = isValid() && stage().state == StageBar::State::Current;
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }

    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& action) override {
        if (action == pressAction()) {
            bar_->press(index());
        }
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    const StageBar::Stage& stage() const {
        return bar_->stages()[static_cast<std::size_t>(index())];
    }
    QString stateName() const {
        switch (stage().state) {
            case StageBar::State::Done: return StageBar::tr("done", "stage");
            case StageBar::State::Current: return StageBar::tr("current", "stage");
            case StageBar::State::Open: return StageBar::tr("open", "stage");
        }
        return {};
    }

    StageBar* bar_;
};

class StageBarInterface final : public IndexedChildren {
public:
    explicit StageBarInterface(StageBar* bar)
        : IndexedChildren(bar, QAccessible::Grouping),
          bar_(bar) {}

    int childCount() const override { return static_cast<int>(bar_->stages().size()); }
    QAccessibleInterface* childAt(int x, int y) const override {
        return child(bar_->stageAt(bar_->mapFromGlobal(QPoint(x, y))));
    }
    QAccessibleInterface* focusChild() const override {
        return bar_->hasFocus() ? child(bar_->focusedStage()) : nullptr;
    }

protected:
    QAccessibleInterface* make(int index) const override { return new StageInterface(bar_, index); }

private:
    StageBar* bar_;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* bar = qobject_cast<StageBar*>(object);
    return bar == nullptr ? nullptr : new StageBarInterface(bar);
}

}  // namespace

void installStageAccessibility() {
    QAccessible::installFactory(makeInterface);
}

}  // namespace vorfahrt::client::ui
