// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/customers/customer_form_view.h"

#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/text_field.h"
#include "client/viewmodel/words.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::qstr;

constexpr int kNoteHeight = 84;

QHBoxLayout* beside(std::initializer_list<std::pair<QWidget*, int>> fields) {
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    for (const auto& [widget, stretch] : fields) {
        row->addWidget(widget, stretch);
    }
    return row;
}

// The edge of an input around a plain text field.
class NoteFrame final : public QWidget {
public:
    NoteFrame(const Theme& theme, QPlainTextEdit* edit, QWidget* parent)
        : QWidget(parent),
          theme_(theme),
          edit_(edit) {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(6, 4, 6, 4);
        column->addWidget(edit);
        setFixedHeight(theme.px(kNoteHeight));
        edit->installEventFilter(this);
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, theme_);
        const bool focus = edit_->hasFocus();
        paint.box(QRectF(rect()).adjusted(1, 1, -1, -1), Role::Surface,
                  focus ? Role::FocusRing : Role::BorderControl, theme_.px(radius::kControl),
                  focus ? stroke::kFocus : stroke::kHairline);
    }
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
            update();
        }
        return QWidget::eventFilter(watched, event);
    }

private:
    const Theme& theme_;
    QPlainTextEdit* edit_;
};

}  // namespace

CustomerFormView::CustomerFormView(const Theme& theme, std::function<RowId()> newId,
                                   QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      newId_(std::move(newId)),
      title_(field(tr("Title"), "customerTitle", 40)),
      firstName_(field(tr("First name"), "customerFirstName", 80)),
      lastName_(field(tr("Last name"), "customerLastName", 80)),
      company_(field(tr("Company"), "customerCompany", 120)),
      street_(field(tr("Street and number"), "customerStreet", 120)),
      postcode_(field(tr("Postcode"), "customerPostcode", 10)),
      city_(field(tr("City"), "customerCity", 80)),
      note_(new QPlainTextEdit(this)),
      contacts_(new QVBoxLayout) {
    setObjectName(QStringLiteral("customerForm"));
    setAccessibleName(tr("Edit customer"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(beside({{title_, 1}, {firstName_, 3}, {lastName_, 3}}));
    column->addWidget(company_);
    column->addLayout(beside({{street_, 5}, {postcode_, 2}, {city_, 4}}));
    contacts_->setSpacing(4);
    column->addLayout(contacts_);
    auto* add = new QHBoxLayout;
    add->setSpacing(8);
    for (const record::ContactKind kind : {record::PHONE, record::MOBILE, record::EMAIL_ADDRESS}) {
        auto* button =
            new Button(theme, ButtonKind::Quiet, viewmodel::Words::contactKind(kind), this);
        button->setSymbol(icons::kActionNew);
        button->setSize(ButtonSize::Small);
        button->setAccessibleName(tr("Add: %1").arg(viewmodel::Words::contactKind(kind)));
        connect(button, &QAbstractButton::clicked, this, [this, kind] {
            addContact({newId_(), kind, {}, true});
            contactRows_.back().field->edit().setFocus(Qt::OtherFocusReason);
        });
        add->addWidget(button);
    }
    add->addStretch();
    column->addLayout(add);
    column->addSpacing(6);
    column->addWidget(new Label(theme, tr("Note"), TextStyle::MetaMedium, Role::TextPrimary, this));
    note_->setObjectName(QStringLiteral("customerNote"));
    note_->setAccessibleName(tr("Note"));
    note_->setTabChangesFocus(true);
    note_->setFrameShape(QFrame::NoFrame);
    column->addWidget(new NoteFrame(theme, note_, this));
    column->addSpacing(12);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto* save = new Button(theme, ButtonKind::Primary, tr("Save"), this);
    save->setObjectName(QStringLiteral("customerSave"));
    save->setAccessibleName(tr("Save customer"));
    save->setKeyCap(tr("Ctrl") + QStringLiteral(" ↵"));
    auto* cancel = new Button(theme, ButtonKind::Quiet, tr("Cancel"), this);
    buttons->addWidget(save);
    buttons->addWidget(cancel);
    buttons->addStretch();
    column->addLayout(buttons);
    connect(save, &QAbstractButton::clicked, this, &CustomerFormView::save);
    connect(cancel, &QAbstractButton::clicked, this, &CustomerFormView::cancelled);
}

TextField* CustomerFormView::field(const QString& label, const char* name, int maxLength) {
    auto* field = new TextField(theme_, label, this);
    field->edit().setObjectName(QString::fromLatin1(name));
    field->edit().setMaxLength(maxLength);
    return field;
}

void CustomerFormView::start(const viewmodel::CustomerForm& form) {
    before_ = form;
    const record::Customer& customer = form.customer;
    title_->edit().setText(qstr(customer.title()));
    firstName_->edit().setText(qstr(customer.first_name()));
    lastName_->edit().setText(qstr(customer.last_name()));
    company_->edit().setText(qstr(customer.company()));
    street_->edit().setText(qstr(customer.address().street()));
    postcode_->edit().setText(qstr(customer.address().postcode()));
    city_->edit().setText(qstr(customer.address().city()));
    note_->setPlainText(qstr(customer.note()));
    const bool company = customer.kind() == record::COMPANY;
    company_->setVisible(company || !customer.company().empty());
    lastName_->setError({});
    clearLayout(*contacts_);
    contactRows_.clear();
    for (const auto& contact : form.contacts) {
        addContact(contact);
    }
    (company ? company_ : lastName_)->edit().setFocus(Qt::OtherFocusReason);
}

void CustomerFormView::addContact(const viewmodel::CustomerForm::Contact& contact) {
    auto* row = new TextField(theme_, viewmodel::Words::contactKind(contact.kind), this);
    row->edit().setText(contact.value);
    row->edit().setMaxLength(254);
    row->edit().setObjectName(QStringLiteral("customerContact%1").arg(contactRows_.size()));
    contacts_->addWidget(row);
    contactRows_.push_back({contact, row});
}

viewmodel::CustomerForm CustomerFormView::form() const {
    viewmodel::CustomerForm form = before_;
    record::Customer& customer = form.customer;
    const auto text = [](TextField* field) { return field->text().trimmed().toStdString(); };
    customer.set_title(text(title_));
    customer.set_first_name(text(firstName_));
    customer.set_last_name(text(lastName_));
    customer.set_company(text(company_));
    if (customer.has_address() || !text(street_).empty() || !text(postcode_).empty() ||
        !text(city_).empty()) {
        customer.mutable_address()->set_street(text(street_));
        customer.mutable_address()->set_postcode(text(postcode_));
        customer.mutable_address()->set_city(text(city_));
    }
    customer.set_note(note_->toPlainText().toStdString());
    form.contacts.clear();
    for (const ContactRow& row : contactRows_) {
        form.contacts.push_back(
            {row.contact.id, row.contact.kind, row.field->text(), row.contact.isNew});
    }
    return form;
}

bool CustomerFormView::check() {
    const bool company = !company_->text().trimmed().isEmpty();
    if (lastName_->text().trimmed().isEmpty() && !company) {
        lastName_->setError(tr("A customer needs a name."));
        lastName_->edit().setFocus(Qt::OtherFocusReason);
        return false;
    }
    lastName_->setError({});
    TextField* emptied = nullptr;
    for (const ContactRow& row : contactRows_) {
        const bool isEmptied = !row.contact.isNew && row.field->text().trimmed().isEmpty();
        row.field->setError(isEmptied ? tr("This cannot be removed yet. Enter the right one.")
                                      : QString());
        if (isEmptied && emptied == nullptr) {
            emptied = row.field;
        }
    }
    if (emptied != nullptr) {
        emptied->edit().setFocus(Qt::OtherFocusReason);
    }
    return emptied == nullptr;
}

void CustomerFormView::save() {
    if (check()) {
        Q_EMIT saveRequested();
    }
}

void CustomerFormView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT cancelled();
        return;
    }
    QWidget::keyPressEvent(event);
}

}  // namespace vorfahrt::client::ui
