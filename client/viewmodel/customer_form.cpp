// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/customer_form.h"

#include "client/viewmodel/customer_form_parts.h"
#include "client/viewmodel/words.h"
#include "common/schema/record.h"
#include "common/schema/validate.h"

#include <algorithm>

namespace vorfahrt::client::viewmodel {
namespace {

using google::protobuf::Message;

constexpr int kDuplicatesAfterMs = 120;
const QString kId = QStringLiteral("id");

std::unique_ptr<Message> copyOf(const Message& record) {
    std::unique_ptr<Message> out(record.New());
    out->CopyFrom(record);
    return out;
}

std::string ownSite(const Desk& desk) {
    for (const auto& user : desk.directory().users) {
        if (user.id.uuid() == desk.viewer().user.uuid() && !user.value.site_id().empty()) {
            return user.value.site_id();
        }
    }
    const auto& sites = desk.directory().sites;
    return sites.empty() ? std::string() : sites.front().id.bytes();
}

}  // namespace

CustomerForm::CustomerForm(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk),
      draft_(desk) {
    duplicateTimer_.setSingleShot(true);
    duplicateTimer_.setInterval(kDuplicatesAfterMs);
    connect(&duplicateTimer_, &QTimer::timeout, this, &CustomerForm::askDuplicates);
    connect(&draft_, &Draft::loaded, this, &CustomerForm::takeDraft);
    connect(&desk, &Desk::stageChanged, this, [this] {
        if (desk_.stage() != Desk::Stage::Working) {
            close();
        }
    });
}

void CustomerForm::reset() {
    base_ = {};
    contacts_.clear();
    vehicles_.clear();
    duplicates_.clear();
    duplicateTimer_.stop();
    customer_ = {};
}

void CustomerForm::close() {
    draft_.flush();
    mode_ = Mode::Closed;
    reset();
    draft_.open({});
}

void CustomerForm::startEdit(const replica::CustomerDetail& detail) {
    close();
    mode_ = Mode::Edit;
    customer_ = detail.id;
    update(detail);
    draft_.open(QStringLiteral("customer/%1/form").arg(qstr(detail.id.text())));
    Q_EMIT started();
}

void CustomerForm::startNew(const QString& typed) {
    close();
    mode_ = Mode::New;
    customer_ = CustomerId(desk_.newId().uuid());
    base_.id = customer_;
    base_.customer.set_site_id(ownSite(desk_));
    prefill_ = typed;
    draft_.open(QStringLiteral("customer/new/%1").arg(qstr(desk_.viewer().tenant.text())));
    Q_EMIT started();
}

void CustomerForm::update(const replica::CustomerDetail& detail) {
    if (mode_ != Mode::Edit || detail.id != customer_) {
        return;
    }
    base_ = detail;
    const auto take = [](std::vector<Part>& parts, const auto& items) {
        std::vector<Part> next;
        for (const auto& item : items) {
            next.push_back({item.id, false, copyOf(item.value), item.rev});
        }
        for (Part& old : parts) {
            const bool here = std::ranges::find(next, old.id, &Part::id) != next.end();
            if (old.isNew && !here) {
                next.push_back(std::move(old));
            }
        }
        parts = std::move(next);
    };
    take(contacts_, detail.contactPoints);
    take(vehicles_, detail.vehicles);
    Q_EMIT rowsChanged();
}

// Rows that were added and not stored are made again from the names of their texts.
void CustomerForm::takeDraft() {
    if (mode_ == Mode::New && draft_.text(kId)) {
        // A second try after a crash makes the same customer, not a second one.
        const auto id =
            CustomerId::fromBytes(QByteArray::fromHex(draft_.text(kId)->toLatin1()).toStdString());
        customer_ = id && !id->isNone() ? *id : customer_;
        base_.id = customer_;
    }
    const QStringList names = draft_.texts().keys();
    for (const QString& name : names) {
        const auto field = FieldName::parse(name);
        if (!field) {
            continue;  // of a newer or older program
        }
        if (baseRecord(*field) != nullptr && draft_.text(name) == stored(name)) {
            draft_.set(name, std::nullopt);  // stored since
            continue;
        }
        if (field->record == FieldName::Record::Customer || part(*field) != nullptr) {
            continue;
        }
        if (field->record == FieldName::Record::Vehicle) {
            vehicles_.push_back({field->id, true, std::make_unique<record::Vehicle>(), Seq(0)});
            continue;
        }
        auto point = std::make_unique<record::ContactPoint>();
        const QString kind = draft_.text(FieldName::contact(field->id, "kind")).value_or(QString());
        point->set_kind(static_cast<record::ContactKind>(
            kind.isEmpty() ? static_cast<int>(record::PHONE) : kind.toInt()));
        contacts_.push_back({field->id, true, std::move(point), Seq(0)});
    }
    if (mode_ == Mode::New) {
        fillFrom(prefill_);
        prefill_.clear();
        if (contacts_.empty()) {
            addContact(record::MOBILE);
            addContact(record::EMAIL_ADDRESS);
        }
        duplicateTimer_.start();
    }
    Q_EMIT rowsChanged();
}

CustomerForm::Part* CustomerForm::part(std::vector<Part>& parts, RowId id) {
    const auto it = std::ranges::find(parts, id, &Part::id);
    return it == parts.end() ? nullptr : &*it;
}

const CustomerForm::Part* CustomerForm::part(const FieldName& field) const {
    const auto& parts = field.record == FieldName::Record::Contact ? contacts_ : vehicles_;
    const auto it = std::ranges::find(parts, field.id, &Part::id);
    return it == parts.end() ? nullptr : &*it;
}

const Message* CustomerForm::baseRecord(const FieldName& field) const {
    if (field.record == FieldName::Record::Customer) {
        return &base_.customer;
    }
    const Part* found = part(field);
    return found == nullptr ? nullptr : found->record.get();
}

// Until the row is read again it stands as it was stored.
void CustomerForm::takeAsStored(const FieldName& field, const QString& typed) {
    if (field.record == FieldName::Record::Customer) {
        FormFields::put(base_.customer, field, typed);
    } else if (const Part* found = part(field)) {
        FormFields::put(*found->record, field, typed);
    }
}

// The record with everything in it that is typed for it.
std::unique_ptr<Message> CustomerForm::typedRecord(const FieldName& field) const {
    const Message* base = baseRecord(field);
    if (base == nullptr) {
        return nullptr;
    }
    auto record = copyOf(*base);
    for (auto it = draft_.texts().begin(); it != draft_.texts().end(); ++it) {
        const auto other = FieldName::parse(it.key());
        if (other && other->record == field.record && other->id == field.id) {
            FormFields::put(*record, *other, *it);
        }
    }
    // References are not typed; without them every rule of the record would look broken.
    if (field.record == FieldName::Record::Contact) {
        static_cast<record::ContactPoint&>(*record).set_customer_id(customer_.bytes());
        static_cast<record::ContactPoint&>(*record).set_site_id(base_.customer.site_id());
    } else if (field.record == FieldName::Record::Vehicle) {
        static_cast<record::Vehicle&>(*record).set_customer_id(customer_.bytes());
        static_cast<record::Vehicle&>(*record).set_site_id(base_.customer.site_id());
    }
    return record;
}

std::vector<CustomerForm::Row> CustomerForm::contacts() const {
    std::vector<Row> rows;
    for (const Part& part : contacts_) {
        rows.push_back({part.id, part.isNew, as<record::ContactPoint>(*part.record).kind()});
    }
    return rows;
}

std::vector<CustomerForm::Row> CustomerForm::vehicles() const {
    std::vector<Row> rows;
    for (const Part& part : vehicles_) {
        rows.push_back({part.id, part.isNew, record::CONTACT_UNSPECIFIED});
    }
    return rows;
}

RowId CustomerForm::addContact(record::ContactKind kind) {
    auto point = std::make_unique<record::ContactPoint>();
    point->set_kind(kind);
    const RowId id = desk_.newId();
    contacts_.push_back({id, true, std::move(point), Seq(0)});
    Q_EMIT rowsChanged();
    return id;
}

RowId CustomerForm::addVehicle() {
    const RowId id = desk_.newId();
    vehicles_.push_back({id, true, std::make_unique<record::Vehicle>(), Seq(0)});
    Q_EMIT rowsChanged();
    return id;
}

void CustomerForm::removePart(std::vector<Part>& parts, RowId id, const char* kind) {
    const QString prefix = QStringLiteral("%1.%2.").arg(
        QString::fromLatin1(kind),
        QString::fromLatin1(QByteArray::fromStdString(id.bytes()).toHex()));
    const Part* found = part(parts, id);
    if (found == nullptr) {
        return;  // it was read again without it
    }
    const bool isNew = found->isNew;
    QMap<QString, QString> gone;
    for (const QString& name : draft_.texts().keys()) {
        if (name.startsWith(prefix)) {
            gone.insert(name, draft_.texts().value(name));
            draft_.set(name, std::nullopt);
        }
    }
    std::erase_if(parts, [&](const Part& part) { return part.id == id; });
    Q_EMIT rowsChanged();
    if (isNew && !gone.isEmpty()) {
        desk_.offerUndo(tr("Removed."), this, [this, gone, key = draft_.key()] {
            if (draft_.key() != key) {
                return;
            }
            QMap<QString, QString> texts = draft_.texts();
            texts.insert(gone);
            draft_.restore(texts);
        });
    }
}

void CustomerForm::removeContact(RowId id) {
    const Part* found = part(contacts_, id);
    if (found == nullptr) {
        return;
    }
    if (!found->isNew) {
        record::ContactPoint after = as<record::ContactPoint>(*found->record);
        const replica::Item<record::ContactPoint> before{id, after, found->rev, false};
        after.set_removed(true);
        desk_.perform(*command::editContactPoint(desk_.viewer(), before, after),
                      tr("Contact removed."), this, [this, id](ErrorCode code) {
                          if (code == ErrorCode::Ok) {
                              removePart(contacts_, id, "contact");
                          }
                      });
        return;
    }
    removePart(contacts_, id, "contact");
}

void CustomerForm::removeVehicle(RowId id) {
    const Part* found = part(vehicles_, id);
    if (found == nullptr) {
        return;
    }
    if (!found->isNew) {
        record::Vehicle after = as<record::Vehicle>(*found->record);
        const replica::Item<record::Vehicle> before{id, after, found->rev, false};
        after.set_removed(true);
        desk_.perform(*command::editVehicle(desk_.viewer(), before, after), tr("Vehicle removed."),
                      this, [this, id](ErrorCode code) {
                          if (code == ErrorCode::Ok) {
                              removePart(vehicles_, id, "vehicle");
                          }
                      });
        return;
    }
    removePart(vehicles_, id, "vehicle");
}

QString CustomerForm::stored(const QString& name) const {
    const auto field = FieldName::parse(name);
    const Message* record = field ? baseRecord(*field) : nullptr;
    return record == nullptr ? QString() : FormFields::show(*record, *field);
}

QString CustomerForm::text(const QString& field) const {
    return draft_.text(field).value_or(stored(field));
}

void CustomerForm::type(const QString& name, const QString& text) {
    const auto field = FieldName::parse(name);
    if (!field || baseRecord(*field) == nullptr) {
        return;
    }
    draft_.set(name, text == stored(name) ? std::nullopt : std::optional(text));
    const Part* of = field->record == FieldName::Record::Contact ? part(*field) : nullptr;
    if (of != nullptr && of->isNew) {
        draft_.set(FieldName::contact(of->id, "kind"),
                   QString::number(as<record::ContactPoint>(*of->record).kind()));
    }
    if (mode_ == Mode::New) {
        draft_.set(kId, QString::fromLatin1(QByteArray::fromStdString(customer_.bytes()).toHex()));
        duplicateTimer_.start();
    }
}

bool CustomerForm::hasDraft() const {
    const auto& texts = draft_.texts();
    for (auto it = texts.begin(); it != texts.end(); ++it) {
        if (it.key() != kId && !it.key().endsWith(QStringLiteral(".kind"))) {
            return true;
        }
    }
    return false;
}

void CustomerForm::restore(const QString& field) {
    const auto typed = draft_.text(field);
    if (!typed) {
        return;
    }
    draft_.set(field, std::nullopt);
    Q_EMIT fieldChanged(field);
    desk_.offerUndo(tr("As it was stored."), this, [this, field, typed, key = draft_.key()] {
        if (draft_.key() == key) {
            draft_.set(field, typed);
            Q_EMIT fieldChanged(field);
        }
    });
}

FieldCheck CustomerForm::check(const QString& name) const {
    const auto field = FieldName::parse(name);
    const auto record = field ? typedRecord(*field) : nullptr;
    if (!record) {
        return {};
    }
    const QString typed = text(name);
    // A row that was added and is empty yet is nothing, not a mistake.
    const Part* of = field->record == FieldName::Record::Customer ? nullptr : part(*field);
    if (of != nullptr && of->isNew && typed.trimmed().isEmpty()) {
        return {};
    }
    FieldCheck out = FormFields::check(*record, *field, typed);
    if (name == kLastName && out.error.isEmpty()) {
        const auto& customer = as<record::Customer>(*record);
        const bool nameless = customer.last_name().empty() && customer.company().empty();
        if (nameless) {
            out.error = tr("A customer needs a name.");
        }
    }
    return out;
}

QStringList CustomerForm::wrongFields() const {
    QStringList wrong;
    QStringList names = changedFields();
    if (mode_ == Mode::New || draft_.texts().contains(kCompany)) {
        names.prepend(kLastName);
    }
    for (const QString& name : names) {
        if (!check(name).error.isEmpty() && !wrong.contains(name)) {
            wrong << name;
        }
    }
    return wrong;
}

std::optional<command::Command> CustomerForm::partEdit(const FieldName& field,
                                                       const Message& after) const {
    const Part* of = part(field);
    if (field.record == FieldName::Record::Contact) {
        const auto& point = as<record::ContactPoint>(after);
        if (of->isNew) {
            return command::createContactPoint(desk_.viewer(), of->id, point);
        }
        return command::editContactPoint(
            desk_.viewer(), {of->id, as<record::ContactPoint>(*of->record), of->rev, false}, point);
    }
    const auto& vehicle = as<record::Vehicle>(after);
    if (of->isNew) {
        return command::createVehicle(desk_.viewer(), of->id, vehicle);
    }
    return command::editVehicle(
        desk_.viewer(), {of->id, as<record::Vehicle>(*of->record), of->rev, false}, vehicle);
}

bool CustomerForm::commit(const QStringList& names) {
    if (mode_ != Mode::Edit) {
        return true;
    }
    // One edit for each record, of all its fields that are named.
    QMap<QByteArray, QStringList> byRecord;
    bool right = true;
    for (const QString& name : names) {
        const auto field = FieldName::parse(name);
        if (!field || !draft_.text(name) || baseRecord(*field) == nullptr) {
            continue;
        }
        if (!check(name).error.isEmpty()) {
            right = false;
            continue;
        }
        byRecord[keyOf(*field)] << name;
    }
    const bool companyGone = names.contains(kCompany) && !check(kLastName).error.isEmpty();
    for (const QStringList& fields : std::as_const(byRecord)) {
        const auto first = *FieldName::parse(fields.front());
        if (first.record == FieldName::Record::Customer && companyGone) {
            right = false;
            continue;
        }
        auto after = copyOf(*baseRecord(first));
        const Part* of = first.record == FieldName::Record::Customer ? nullptr : part(first);
        if (of != nullptr && of->isNew) {
            after = typedRecord(first);
            if (!schema::violations(*after).empty()) {
                continue;  // its value is not typed yet
            }
        } else {
            for (const QString& name : fields) {
                FormFields::put(*after, *FieldName::parse(name), *draft_.text(name));
            }
        }
        const auto edit = of == nullptr ? command::editCustomer(desk_.viewer(), base_,
                                                                as<record::Customer>(*after))
                                        : partEdit(first, *after);
        if (!edit) {
            // Typed otherwise, stored the same.
            for (const QString& name : fields) {
                draft_.set(name, std::nullopt);
                Q_EMIT fieldChanged(name);
            }
            continue;
        }
        perform(*edit, fields);
    }
    return right;
}

void CustomerForm::perform(const command::Command& edit, const QStringList& fields) {
    QMap<QString, QString> sent;
    for (const QString& name : fields) {
        sent.insert(name, draft_.text(name).value_or(QString()));
    }
    ++inFlight_;
    desk_.perform(edit, edit.inverse ? tr("Customer saved.") : QString(), this,
                  [this, fields, sent, key = draft_.key()](ErrorCode code) {
                      --inFlight_;
                      if (draft_.key() == key) {
                          finished(code, fields, sent);
                      } else if (code == ErrorCode::Ok) {
                          draft_.settle(key, sent);
                      }
                  });
}

void CustomerForm::finished(ErrorCode code, const QStringList& fields,
                            const QMap<QString, QString>& sent) {
    if (code != ErrorCode::Ok) {
        return;  // the texts stay, and so does their draft
    }
    for (const QString& name : fields) {
        const auto field = FieldName::parse(name);
        // What was typed after it while it was being stored is the next draft.
        if (draft_.text(name) == sent.value(name)) {
            if (field) {
                takeAsStored(*field, sent.value(name));
            }
            draft_.set(name, std::nullopt);
        }
        if (field && field->record != FieldName::Record::Customer) {
            auto& parts = field->record == FieldName::Record::Contact ? contacts_ : vehicles_;
            if (Part* of = part(parts, field->id); of != nullptr && of->isNew) {
                of->isNew = false;
                of->record = typedRecord(*field);
                draft_.set(FieldName::contact(of->id, "kind"), std::nullopt);
            }
        }
        Q_EMIT fieldChanged(name);
    }
    draft_.flush();
    if (inFlight_ == 0 && !hasDraft()) {
        Q_EMIT allStored();
    }
}

bool CustomerForm::commitAll() {
    if (mode_ == Mode::New) {
        return createAll();
    }
    if (!wrongFields().isEmpty()) {
        commit(changedFields());
        return false;
    }
    commit(changedFields());
    if (inFlight_ == 0 && !hasDraft()) {
        Q_EMIT allStored();
    }
    return true;
}

void CustomerForm::discard() {
    const QMap<QString, QString> gone = hasDraft() ? draft_.texts() : QMap<QString, QString>();
    std::erase_if(contacts_, [](const Part& part) { return part.isNew; });
    std::erase_if(vehicles_, [](const Part& part) { return part.isNew; });
    draft_.discard();
    duplicates_.clear();
    if (mode_ == Mode::New) {
        addContact(record::MOBILE);
        addContact(record::EMAIL_ADDRESS);
    }
    Q_EMIT rowsChanged();
    Q_EMIT duplicatesChanged();
    if (!gone.isEmpty()) {
        desk_.offerUndo(tr("Draft discarded."), this, [this, gone, key = draft_.key()] {
            if (draft_.key() == key) {
                draft_.restore(gone);
            }
        });
    }
}

}  // namespace vorfahrt::client::viewmodel
