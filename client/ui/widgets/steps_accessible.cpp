// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/steps.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <map>

namespace vorfahrt::client::ui {
namespace {

// One stage as a button. Belongs to the interface of its bar.
class StageInterface final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    StageInterface(StageBar* bar, int index)
        : bar_(bar),
          index_(index) {}

    bool isValid() const override { return index_ < static_cast<int>(bar_->stages().size()); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(bar_);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
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
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override {
        const QRect box = bar_->stageRect(index_);
        return {bar_->mapToGlobal(box.topLeft()), box.size()};
    }
    QAccessible::Role role() const override { return QAccessible::Button; }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = true;
        state.disabled = !bar_->isEnabled();
        state.invisible = !bar_->isVisible();
        state.focused = bar_->hasFocus() && bar_->focusedStage() == index_;
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
            bar_->press(index_);
        }
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    const StageBar::Stage& stage() const {
        return bar_->stages()[static_cast<std::size_t>(index_)];
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
    int index_;
};

class StageBarInterface final : public QAccessibleWidget {
public:
    explicit StageBarInterface(StageBar* bar)
        : QAccessibleWidget(bar, QAccessible::Grouping),
          bar_(bar) {}
    ~StageBarInterface() override {
        for (const auto& [index, id] : children_) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }

    int childCount() const override { return static_cast<int>(bar_->stages().size()); }
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount()) {
            return nullptr;
        }
        const auto known = children_.find(index);
        if (known != children_.end()) {
            return QAccessible::accessibleInterface(known->second);
        }
        auto* stage = new StageInterface(bar_, index);
        children_[index] = QAccessible::registerAccessibleInterface(stage);
        return stage;
    }
    int indexOfChild(const QAccessibleInterface* wanted) const override {
        for (const auto& [index, id] : children_) {
            if (QAccessible::accessibleInterface(id) == wanted) {
                return index;
            }
        }
        return -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        return child(bar_->stageAt(bar_->mapFromGlobal(QPoint(x, y))));
    }
    QAccessibleInterface* focusChild() const override {
        return bar_->hasFocus() ? child(bar_->focusedStage()) : nullptr;
    }

private:
    StageBar* bar_;
    mutable std::map<int, QAccessible::Id> children_;
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
