// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "common/schema/lead.pb.h"

#include <QWidget>

class QDateTimeEdit;

namespace vorfahrt::client::ui {

class Button;
class SegmentedControl;
class TextField;

// How a lead ends, in place of a dialog: won, lost or invalid, and why.
class ClosePanel final : public QWidget {
    Q_OBJECT

public:
    explicit ClosePanel(const Theme& theme, QWidget* parent = nullptr);
    void start();

Q_SIGNALS:
    void finished(int status, const QString& reason);
    void cancelled();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    record::LeadStatus status() const;
    void confirm();

    const Theme& theme_;
    SegmentedControl* outcome_;
    TextField* reason_;
    Button* confirm_;
};

// What is promised next and until when.
class StepPanel final : public QWidget {
    Q_OBJECT

public:
    explicit StepPanel(const Theme& theme, QWidget* parent = nullptr);
    void start(const QString& text, std::int64_t dueMs);

Q_SIGNALS:
    void finished(const QString& text, qint64 dueMs);
    void cancelled();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void confirm();

    const Theme& theme_;
    TextField* text_;
    QDateTimeEdit* due_;
};

}  // namespace vorfahrt::client::ui
