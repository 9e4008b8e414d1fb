// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/draft.h"
#include "client/viewmodel/form_fields.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace vorfahrt::client::viewmodel {

// A customer being edited in place, or a new one. Editing stores field by field; a new one is
// stored as a whole. What is typed and not stored is a draft on the disk. GUI thread.
class CustomerForm final : public QObject {
    Q_OBJECT

public:
    enum class Mode { Closed, Edit, New };
    struct Row {
        RowId id;
        bool isNew = false;  // not stored yet
        record::ContactKind kind = record::CONTACT_UNSPECIFIED;
    };

    explicit CustomerForm(Desk& desk, QObject* parent = nullptr);

    Mode mode() const { return mode_; }
    bool isReady() const { return mode_ != Mode::Closed && !draft_.isLoading(); }
    void startEdit(const replica::CustomerDetail& detail);
    // typed: a name, number or address that the person looked for in vain; fills what it fits.
    void startNew(const QString& typed = {});
    // The draft stays.
    void close();
    // What is stored has changed: by this desk or by others.
    void update(const replica::CustomerDetail& detail);
    CustomerId customer() const { return customer_; }

    std::vector<Row> contacts() const;
    std::vector<Row> vehicles() const;
    RowId addContact(record::ContactKind kind);
    RowId addVehicle();
    // Of a stored one: an edit that can be taken back.
    void removeContact(RowId id);
    void removeVehicle(RowId id);

    // As it stands in the field: the draft, or what is stored.
    QString text(const QString& field) const;
    QString stored(const QString& field) const;
    bool isChanged(const QString& field) const { return draft_.text(field).has_value(); }
    void type(const QString& field, const QString& text);
    // Esc: what is stored stands in the field again; undo brings the typed text back.
    void restore(const QString& field);
    FieldCheck check(const QString& field) const;
    // Stores what of these fields is changed and right; where something is wrong nothing of its
    // record is stored and the text stays. false: something is wrong.
    bool commit(const QStringList& fields);
    // All that is changed; in a new one everything, and then created() tells the id.
    bool commitAll();
    QStringList changedFields() const { return draft_.texts().keys(); }
    QStringList wrongFields() const;

    // Something is typed and not stored.
    bool hasDraft() const;
    Draft& draft() { return draft_; }
    // Throws away all that is not stored; can be taken back.
    void discard();

    // Of a new one: who may be the same.
    const std::vector<replica::DuplicateMatch>& duplicates() const { return duplicates_; }

Q_SIGNALS:
    void started();
    // Rows were added, removed or came from the draft; texts may be others.
    void rowsChanged();
    void fieldChanged(const QString& field);
    // Nothing is on its way any more, and nothing is left that is not stored.
    void allStored();
    void created(vorfahrt::CustomerId customer);
    void duplicatesChanged();

private:
    struct Part {  // a contact point or a vehicle
        RowId id;
        bool isNew = false;
        std::unique_ptr<google::protobuf::Message> record;
        Seq rev{0};
    };
    Part* part(std::vector<Part>& parts, RowId id);
    const Part* part(const FieldName& field) const;
    std::unique_ptr<google::protobuf::Message> typedRecord(const FieldName& field) const;
    const google::protobuf::Message* baseRecord(const FieldName& field) const;
    void takeAsStored(const FieldName& field, const QString& typed);
    void takeDraft();
    void reset();
    void fillFrom(const QString& typed);
    void askDuplicates();
    void removePart(std::vector<Part>& parts, RowId id, const char* kind);
    bool createAll();
    void sendNext(const std::shared_ptr<const std::vector<command::Command>>& edits,
                  std::size_t at);
    void perform(const command::Command& edit, const QStringList& fields);
    void finished(ErrorCode code, const QStringList& fields, const QMap<QString, QString>& sent);
    std::vector<command::Command> newParts(const QSet<QByteArray>& used) const;
    std::optional<command::Command> partEdit(const FieldName& field,
                                             const google::protobuf::Message& after) const;

    Desk& desk_;
    Draft draft_;
    Mode mode_ = Mode::Closed;
    CustomerId customer_;
    replica::CustomerDetail base_;
    std::vector<Part> contacts_;
    std::vector<Part> vehicles_;
    QString prefill_;
    int inFlight_ = 0;
    QTimer duplicateTimer_;
    std::vector<replica::DuplicateMatch> duplicates_;
};

}  // namespace vorfahrt::client::viewmodel
