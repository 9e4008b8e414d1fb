// SPDX-License-Identifier: GPL-3.0-or-later
// The new customer of CustomerForm: what fills it, who may be the same, storing it as a whole.
#include "client/viewmodel/customer_form.h"
#include "client/viewmodel/customer_form_parts.h"
#include "common/domain/phone.h"
#include "common/schema/validate.h"

#include <algorithm>

namespace vorfahrt::client::viewmodel {

void CustomerForm::fillFrom(const QString& typed) {
    const QString text = typed.simplified();
    if (text.isEmpty()) {
        return;
    }
    // What was left of an older attempt is kept where nothing else is said.
    if (schema::looksLikeEmail(text.toStdString())) {
        type(FieldName::contact(addContact(record::EMAIL_ADDRESS), "value"), text);
        return;
    }
    const domain::Phone phone = domain::parsePhone(text.toStdString());
    const bool letters = std::ranges::any_of(text, [](QChar c) { return c.isLetter(); });
    if (!letters && phone.digits.size() >= 3) {
        const bool mobile = phone.e164.starts_with("+491");
        type(FieldName::contact(addContact(mobile ? record::MOBILE : record::PHONE), "value"),
             text);
        return;
    }
    const qsizetype blank = text.lastIndexOf(QLatin1Char(' '));
    if (blank > 0) {
        type(QStringLiteral("customer.first_name"), text.left(blank));
    }
    type(kLastName, text.mid(blank + 1));
}

std::vector<command::Command> CustomerForm::newParts(const QSet<QByteArray>& used) const {
    std::vector<command::Command> out;
    const auto add = [&](FieldName::Record kind, const std::vector<Part>& parts) {
        for (const Part& of : parts) {
            const FieldName field{kind, of.id, {}};
            if (used.contains(keyOf(field))) {
                const auto record = typedRecord(field);
                if (schema::violations(*record).empty()) {
                    out.push_back(*partEdit(field, *record));
                }
            }
        }
    };
    add(FieldName::Record::Contact, contacts_);
    add(FieldName::Record::Vehicle, vehicles_);
    return out;
}

bool CustomerForm::createAll() {
    if (!wrongFields().isEmpty() || inFlight_ > 0) {
        return false;
    }
    QSet<QByteArray> used;
    for (auto it = draft_.texts().begin(); it != draft_.texts().end(); ++it) {
        const auto field = FieldName::parse(it.key());
        if (field && !field->is("kind") && !it->trimmed().isEmpty()) {
            used.insert(keyOf(*field));
        }
    }
    const auto customer = typedRecord(FieldName{FieldName::Record::Customer, {}, {}});
    std::vector<command::Command> edits = newParts(used);
    edits.insert(edits.begin(), command::createCustomer(desk_.viewer(), RowId(customer_.uuid()),
                                                        as<record::Customer>(*customer)));
    // One after the other: nothing hangs on a customer that was not stored.
    sendNext(std::make_shared<const std::vector<command::Command>>(std::move(edits)), 0);
    return true;
}

void CustomerForm::sendNext(const std::shared_ptr<const std::vector<command::Command>>& edits,
                            std::size_t at) {
    inFlight_ = 1;
    desk_.perform((*edits)[at], {}, this, [this, edits, at, id = customer_](ErrorCode code) {
        inFlight_ = 0;
        // Duplicate: stored before a full disk or a crash; a second try goes on behind it.
        const bool good = code == ErrorCode::Ok || code == ErrorCode::Duplicate;
        if (!good || id != customer_) {
            return;
        }
        if (at + 1 < edits->size()) {
            sendNext(edits, at + 1);
            return;
        }
        draft_.discard();
        close();
        Q_EMIT created(id);
    });
}

void CustomerForm::askDuplicates() {
    if (mode_ != Mode::New) {
        return;
    }
    replica::DuplicateQuestion question;
    question.except = customer_;
    const auto typed = [this](const QString& name) {
        return text(name).simplified().toStdString();
    };
    question.firstName = typed(QStringLiteral("customer.first_name"));
    question.lastName = typed(kLastName);
    question.company = typed(kCompany);
    for (const Part& of : contacts_) {
        if (const std::string value = typed(FieldName::contact(of.id, "value")); !value.empty()) {
            question.contacts.push_back(value);
        }
    }
    for (const Part& of : vehicles_) {
        if (const std::string plate = typed(FieldName::vehicle(of.id, "plate")); !plate.empty()) {
            question.plates.push_back(plate);
        }
    }
    desk_.reader().ask(
        QStringLiteral("customer.duplicates"), this,
        [viewer = desk_.viewer(), question](replica::Reader& reader) {
            return reader.duplicates(viewer, question);
        },
        [this, id = customer_](std::vector<replica::DuplicateMatch> matches) {
            if (id == customer_ && mode_ == Mode::New && !(matches == duplicates_)) {
                duplicates_ = std::move(matches);
                Q_EMIT duplicatesChanged();
            }
        });
}

}  // namespace vorfahrt::client::viewmodel
