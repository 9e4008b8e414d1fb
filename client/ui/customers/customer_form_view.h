// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/customers.h"

#include <QWidget>

#include <functional>

class QPlainTextEdit;
class QVBoxLayout;

namespace vorfahrt::client::ui {

class Button;
class TextField;

// The fields of a customer, edited in place.
class CustomerFormView final : public QWidget {
    Q_OBJECT

public:
    // newId makes the id of an added way to reach the customer.
    CustomerFormView(const Theme& theme, std::function<RowId()> newId, QWidget* parent = nullptr);
    void start(const viewmodel::CustomerForm& form);
    viewmodel::CustomerForm form() const;
    void save();

Q_SIGNALS:
    void saveRequested();
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    TextField* field(const QString& label, const char* name, int maxLength);
    void addContact(const viewmodel::CustomerForm::Contact& contact);
    bool check();

    const Theme& theme_;
    const std::function<RowId()> newId_;
    viewmodel::CustomerForm before_;
    TextField* title_;
    TextField* firstName_;
    TextField* lastName_;
    TextField* company_;
    TextField* street_;
    TextField* postcode_;
    TextField* city_;
    QPlainTextEdit* note_;
    QVBoxLayout* contacts_;
    struct ContactRow {
        viewmodel::CustomerForm::Contact contact;
        TextField* field;
    };
    std::vector<ContactRow> contactRows_;
};

}  // namespace vorfahrt::client::ui
