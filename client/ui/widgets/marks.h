// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme_painter.h"

#include <QWidget>

namespace vorfahrt::client::ui {

// Share left of a claim window, 0..1; the arc shrinks clockwise and takes the colour of its share.
void paintTimerRing(ThemePainter& paint, const QPointF& centre, qreal shareLeft);
Role timerTextRole(qreal shareLeft);

// 28 px tile of a lead's source: an outline, or a letter for marketplaces.
struct SourceTile {
    std::optional<Icon> icon = std::nullopt;
    QString letter;
};
void paintSourceTile(ThemePainter& paint, const QRectF& rect, const SourceTile& tile);

// Initials in a circle.
void paintAvatar(ThemePainter& paint, const QRectF& rect, const QString& initials);
QString initialsOf(const QString& name);

class Avatar final : public QWidget {
    Q_OBJECT

public:
    Avatar(const Theme& theme, const QString& name, int designSize, QWidget* parent = nullptr);
    void setName(const QString& name);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QString name_;
    int designSize_;
};

// The sign of the house: yellow square on its corner with a white rim, optionally with the name.
class BrandMark final : public QWidget {
    Q_OBJECT

public:
    BrandMark(const Theme& theme, bool withName, Role nameRole, QWidget* parent = nullptr);
    void setNameVisible(bool visible);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    bool withName_;
    Role nameRole_;
};

// German number plate: blue band with the country letter, same in both themes.
QSize plateSize(const Theme& theme, const QString& plate);
void paintPlate(ThemePainter& paint, const QRectF& rect, const QString& plate);

class PlateLabel final : public QWidget {
    Q_OBJECT

public:
    PlateLabel(const Theme& theme, const QString& plate, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QString plate_;
};

// Left half of the sign-in window: panel, sign and two lines of text.
class LoginBackground final : public QWidget {
    Q_OBJECT

public:
    explicit LoginBackground(const Theme& theme, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
};

}  // namespace vorfahrt::client::ui
