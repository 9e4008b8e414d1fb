// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace vorfahrt::client::ui {

// A row of things that goes on in the next line where it is full: buttons and chips in long
// languages. Each keeps its wanted size, or gets the whole line where that is narrower.
class FlowLayout final : public QLayout {
    Q_OBJECT

public:
    explicit FlowLayout(int gap);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(items_.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    Qt::Orientations expandingDirections() const override { return {}; }
    void setGeometry(const QRect& rect) override;

private:
    // Places the items where move is set; returns the height.
    int flow(const QRect& rect, bool move) const;

    int gap_;
    std::vector<std::unique_ptr<QLayoutItem>> items_;
};

}  // namespace vorfahrt::client::ui
