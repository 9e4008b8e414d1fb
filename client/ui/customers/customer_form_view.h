// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"
#include "client/viewmodel/customers.h"

#include <QHash>
#include <QMap>
#include <QWidget>

class QBoxLayout;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace vorfahrt::client::ui {

class Button;
class DuplicateCard;
class Label;
class LinkButton;
class SegmentedControl;
class TextField;

// The fields of a customer in place. While one is edited each field is stored when it is left or by
// Enter, and Esc brings back what is stored; a new one is stored as a whole. GUI thread.
class CustomerFormView final : public QWidget {
    Q_OBJECT

public:
    CustomerFormView(const Theme& theme, viewmodel::Customers& customers,
                     QWidget* parent = nullptr);

    // The first field, or the one of that name.
    void focusField(const QString& name = {});
    void addVehicle();
    // Stores everything; closes when all is stored. What is wrong is shown and gets the focus.
    void save();
    // Esc: the changed field in which the cursor stands; false where there is none.
    bool restoreField();

Q_SIGNALS:
    void closed();
    void openRequested(vorfahrt::CustomerId customer);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    struct Block {  // the widgets of a contact or a vehicle
        QWidget* widget = nullptr;
        QStringList fields;
    };

    TextField* field(const QString& name, const QString& label, const QString& objectName,
                     QWidget* parent);
    void makePerson(QVBoxLayout& column);
    void makeAdd(QVBoxLayout& column);
    void makeFoot(QVBoxLayout& column);
    void start();
    void leave(const QString& name);
    void syncRows();
    QList<QWidget*> tabOrder() const;
    Block makeContact(const viewmodel::CustomerForm::Row& row, int at);
    Block makeVehicle(const viewmodel::CustomerForm::Row& row, int at);
    void dropBlock(QMap<QByteArray, Block>& blocks, const QByteArray& key);
    void refreshField(const QString& name);
    void refreshAll();
    void showCheck(const QString& name, bool alsoErrors);
    void showDraft();
    void choose(const QString& name, const QString& value);

    const Theme& theme_;
    viewmodel::Customers& customers_;
    viewmodel::CustomerForm& form_;
    QHash<QString, TextField*> fields_;
    QHash<QObject*, QString> names_;
    QMap<QByteArray, Block> contacts_;
    QMap<QByteArray, Block> vehicles_;
    QBoxLayout* outer_ = nullptr;
    Label* title_ = nullptr;
    SegmentedControl* salutation_ = nullptr;
    SegmentedControl* informal_ = nullptr;
    QVBoxLayout* contactColumn_ = nullptr;
    QVBoxLayout* vehicleColumn_ = nullptr;
    QPlainTextEdit* note_ = nullptr;
    Label* draft_ = nullptr;
    LinkButton* discard_ = nullptr;
    Button* save_ = nullptr;
    Button* cancel_ = nullptr;
    DuplicateCard* duplicates_ = nullptr;
    bool closing_ = false;  // when everything is stored
};

}  // namespace vorfahrt::client::ui
