// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/widgets/focus_ring.h"
#include "client/ui/widgets/text_block.h"

#include <QAbstractButton>

namespace vorfahrt::client::ui {

enum class SyncState : std::uint8_t { Synced, Syncing, Offline, Conflict, Rejected };

// State of the sync in the top bar; a click opens the tray. Changes at most once per second (the
// caller's clock decides), words and picture differ, not only colours.
class SyncPill final : public QAbstractButton {
    Q_OBJECT

public:
    explicit SyncPill(const Theme& theme, QWidget* parent = nullptr);
    // detail: "2 s ago", "7 waiting"; since: local time of the last contact, for Offline.
    void setState(SyncState state, const QString& detail, const QString& since = QString(),
                  int count = 0);
    SyncState state() const { return state_; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    FocusRing* ring_ = new FocusRing(this);
    SyncState state_ = SyncState::Synced;
    QString detail_;
};

// A word and a dot or picture, optionally with a menu arrow and a frame: presence, headset, site.
class StatusButton final : public QAbstractButton {
    Q_OBJECT

public:
    StatusButton(const Theme& theme, const QString& text, QWidget* parent = nullptr);
    void setSymbol(Icon icon);
    void setDot(Role role);
    void setFramed(bool framed);
    // Second line in small type: the site under the name of the business.
    void setDetail(const QString& detail);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    FocusRing* ring_ = new FocusRing(this);
    std::optional<Icon> icon_;
    std::optional<Role> dot_;
    bool framed_ = false;
    QString detail_;
};

// A notice that stays in the page: offline, stale data, outside the opening hours.
class InlineBanner final : public QWidget {
    Q_OBJECT

public:
    enum class Tone : std::uint8_t { Info, Warning, Danger };

    InlineBanner(const Theme& theme, Tone tone, Icon icon, QWidget* parent = nullptr);
    void setText(const QString& strong, const QString& rest);
    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TextBlock block() const;

    const Theme& theme_;
    Tone tone_;
    Icon icon_;
    QString strong_;
    QString rest_;
};

// One picture, one sentence, at most one action; left-aligned, no drawings.
class EmptyState final : public QWidget {
    Q_OBJECT

public:
    EmptyState(const Theme& theme, Icon icon, const QString& sentence, const QString& action,
               QWidget* parent = nullptr);

Q_SIGNALS:
    void actionTriggered();
};

// Grey placeholders of the final row height while data loads (shown after 200 ms by the page).
class SkeletonRows final : public QWidget {
    Q_OBJECT

public:
    SkeletonRows(const Theme& theme, int rows, int designRowHeight, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    int rows_;
    int designRowHeight_;
};

}  // namespace vorfahrt::client::ui
