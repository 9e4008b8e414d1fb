// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/widgets/chip.h"

#include <QButtonGroup>
#include <QFrame>
#include <QPlainTextEdit>

#include <vector>

class QHBoxLayout;
class QVBoxLayout;

namespace vorfahrt::client::ui {

class Button;
class Label;

struct ComposerChannel {
    QString id;
    QString name;
    Icon icon = Icon::StickyNote;
    bool enabled = true;
    QString whyNot;  // reason shown as tooltip while disabled
};

// Write box at the foot of a detail pane. One draft per channel: the page swaps the text on
// channelChanged() and stores it on draftChanged(). Never empties the text by itself.
class Composer final : public QFrame {
    Q_OBJECT

public:
    explicit Composer(const Theme& theme, QWidget* parent = nullptr);

    void setChannels(std::vector<ComposerChannel> channels);
    void setChannel(const QString& id);
    QString channel() const;
    QString text() const { return edit_->toPlainText(); }
    // Replaces the text without draftChanged().
    void setText(const QString& text);
    void setPlaceholder(const QString& text);
    // "Draft saved 10:42"; empty while there is nothing to save.
    void setDraftNote(const QString& text);
    void setNotice(const ChipLook& look);
    void clearNotice();
    // "Send" or, without a connection, "Queue"; key is the cap on the button.
    void setSendAction(const QString& text, Icon icon, const QString& key);
    Button& sendButton() { return *send_; }
    QPlainTextEdit& edit() { return *edit_; }
    // Templates and attachments, where the channel has them.
    void setExtrasVisible(bool visible);

Q_SIGNALS:
    void channelChanged(const QString& id);
    void draftChanged(const QString& text);
    void sendRequested();
    void attachRequested();
    void templateRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fitHeight();
    void restyle();

    const Theme& theme_;
    QHBoxLayout* tabs_;
    QButtonGroup group_;
    std::vector<ComposerChannel> channels_;
    ChipLabel* notice_;
    QPlainTextEdit* edit_;
    Label* draft_;
    Button* send_;
    Button* templates_ = nullptr;
    Button* attach_ = nullptr;
    bool replacing_ = false;
};

}  // namespace vorfahrt::client::ui
