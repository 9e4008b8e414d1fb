// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"
#include "client/ui/widgets/focus_ring.h"

#include <QAbstractButton>

#include <optional>

namespace vorfahrt::client::ui {

enum class ChipTone : std::uint8_t { Neutral, Accent, Success, Warning, Danger };

struct ChipLook {
    QString text;
    ChipTone tone = ChipTone::Neutral;
    std::optional<Icon> icon = std::nullopt;
    bool onSelection = false;  // neutral and accent chips turn to surface on a selected row
};

QSize chipSize(const Theme& theme, const ChipLook& look);
void paintChip(ThemePainter& paint, const QRectF& rect, const ChipLook& look);

// Status in a word with a soft ground.
class ChipLabel final : public QWidget {
    Q_OBJECT

public:
    ChipLabel(const Theme& theme, ChipLook look, QWidget* parent = nullptr);
    void setLook(ChipLook look);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    ChipLook look_;
};

// Quick filter with its count; a count of zero is muted but stays.
class FilterChip final : public QAbstractButton {
    Q_OBJECT

public:
    FilterChip(const Theme& theme, const QString& text, QWidget* parent = nullptr);
    // No count for nullopt; urgent counts are red.
    void setCount(std::optional<int> count, bool urgent = false);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void updateName();

    const Theme& theme_;
    std::optional<int> count_;
    bool urgent_ = false;
    FocusRing* ring_ = new FocusRing(this);
};

}  // namespace vorfahrt::client::ui
