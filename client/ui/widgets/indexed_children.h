// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QAccessibleWidget>

#include <map>

namespace vorfahrt::client::ui {

// A part of a widget that paints its parts itself, as an object for screen readers. Belongs to the
// interface of its widget; GUI thread.
class IndexedChild : public QAccessibleInterface {
public:
    IndexedChild(QWidget& owner, int index)
        : owner_(owner),
          index_(index) {}

    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(&owner_);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override {}

protected:
    int index() const { return index_; }

private:
    QWidget& owner_;
    int index_;
};

// The widget with such parts. They are made when somebody asks: there can be thousands.
class IndexedChildren : public QAccessibleWidget {
public:
    using QAccessibleWidget::QAccessibleWidget;
    ~IndexedChildren() override;

    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* wanted) const override;

protected:
    virtual QAccessibleInterface* make(int index) const = 0;

private:
    mutable std::map<int, QAccessible::Id> made_;
};

}  // namespace vorfahrt::client::ui
