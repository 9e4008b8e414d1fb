// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"

#include <QList>
#include <QMap>
#include <QWidget>

class QBoxLayout;
class QVBoxLayout;

namespace vorfahrt::client::ui {

class Button;
class InlineBanner;
class Label;
class TextField;

// A step of the sign-in window: title, fields with their errors below them, one button that goes on
// and one that goes back. Enter goes to the next field, in the last one it goes on; Escape goes
// back. What was typed stays until clear().
class LoginStep : public QWidget {
    Q_OBJECT

public:
    LoginStep(const Theme& theme, const QString& title, const QString& subtitle,
              QWidget* parent = nullptr);

    void setTitle(const QString& title, const QString& subtitle);
    // name: of the QLineEdit, for tests; key: of its error.
    TextField* addField(const QString& label, const char* name, const QString& key,
                        QBoxLayout* where = nullptr);
    void removeField(TextField* field);
    void addButtons(const QString& next, const char* nextName);
    QVBoxLayout& column() { return *column_; }
    Button& next() { return *next_; }
    Button& back() { return *back_; }
    // By key; the one of "" goes to the banner.
    void setErrors(const QMap<QString, QString>& errors);
    void setBusy(bool busy);
    // Into the first field that is empty or wrong.
    void focusFirst();
    void clear();

Q_SIGNALS:
    void nextRequested();
    void backRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void enterPressed(TextField* field);

    struct Field {
        TextField* field;
        QString key;
    };
    const Theme& theme_;
    QVBoxLayout* column_;
    Label* title_;
    Label* subtitle_;
    InlineBanner* problem_ = nullptr;
    Button* next_ = nullptr;
    Button* back_ = nullptr;
    QList<Field> fields_;
    QString wrong_;
};

}  // namespace vorfahrt::client::ui
