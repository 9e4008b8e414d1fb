// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/intake_service.h"

#include "common/base/bytes.h"
#include "common/base/log.h"
#include "common/schema/lead.pb.h"
#include "common/schema/validate.h"
#include "server/intake/enquiry_identity.h"
#include "server/intake/mime.h"
#include "server/intake/text.h"
#include "server/service/lead_maker.h"

#include <algorithm>
#include <optional>

namespace vorfahrt::server::service {
namespace {

using intake::NotRecognised;
using record::IntakeMessage;

constexpr std::size_t kMaxText = 65'536;
constexpr int kJobsAtOnce = 20;
constexpr int kMaxSameMessage = 10;

// "<Lead@Dealer.Example>" and its relatives, as sources are stored: lower case, bare.
std::string foldAddress(std::string_view address) {
    address = intake::trim(address);
    if (address.starts_with('<') && address.ends_with('>')) {
        address = address.substr(1, address.size() - 2);
    }
    return intake::lowerAscii(address);
}

record::IntakeState stateOf(NotRecognised why) {
    switch (why) {
        case NotRecognised::AutoReply:
        case NotRecognised::Bulk:
        case NotRecognised::DeliveryReport: return record::IGNORED;
        default: return record::NOT_RECOGNISED;
    }
}

Result<std::optional<ParseJob>> jobOf(Batch& batch, TenantId tenant, RowId intake) {
    VF_TRY(auto raw, batch.store.readRaw(tenant, intake));
    VF_TRY(const auto row, batch.store.readRow(tenant, schema::recordOf<IntakeMessage>(), intake));
    if (!raw || !row || row->row.isDeleted()) {
        return std::nullopt;
    }
    const auto source = rowId(row->row.as<IntakeMessage>().source_id());
    ParseJob job{.tenant = tenant,
                 .intake = intake,
                 .received = raw->received,
                 .bytes = std::make_shared<const std::string>(std::move(raw->bytes)),
                 .mailRules = {}};
    VF_TRY(const auto sourceRow,
           batch.store.readRow(tenant, schema::recordOf<record::Source>(), source));
    if (sourceRow) {
        job.mailRules = sourceRow->row.as<record::Source>().mail_rules();
    }
    return job;
}

Result<Committed> storeMail(Batch& batch, const MailRequest& request,
                            const store::WriteStore::SourceAddress& address, Outcome& outcome) {
    ChangeSet changes(batch.store, address.tenant);
    VF_TRY(const auto source, changes.load<record::Source>(address.source));
    if (!source) {
        return fail(ErrorCode::NotFound, "source");
    }
    IntakeMessage message;
    message.set_site_id(source->site_id());
    message.set_source_id(address.source.bytes());
    message.set_received_ms(batch.nowMs());
    message.set_state(record::RECEIVED);
    message.set_raw_size(request.bytes->size());
    message.set_raw_digest(digest32(*request.bytes));
    const RowId id = batch.newId();
    VF_CHECK(changes.save(message, id));
    VF_TRY(const Seq seq, changes.apply());
    VF_CHECK(batch.store.writeRaw(address.tenant, {.intake = id,
                                                   .received = batch.now,
                                                   .envelopeFrom = request.envelopeFrom,
                                                   .envelopeTo = request.envelopeTo,
                                                   .bytes = *request.bytes}));
    outcome.parse.push_back({.tenant = address.tenant,
                             .intake = id,
                             .received = batch.now,
                             .bytes = request.bytes,
                             .mailRules = source->mail_rules()});
    outcome.created.push_back(id);
    return Committed{.tenant = address.tenant, .head = seq};
}

// Writes what a parser found. Lives for one change.
class RecognisedRun {
public:
    RecognisedRun(Batch& batch, const RecognisedRequest& request)
        : batch_(batch),
          request_(request),
          changes_(batch.store, request.tenant) {}

    // Nothing where the message is done already.
    [[nodiscard]] Result<std::optional<Seq>> run() {
        VF_TRY(auto loaded, changes_.load<IntakeMessage>(request_.intake));
        if (!loaded) {
            return fail(ErrorCode::NotFound, "intake message");
        }
        if (loaded->state() != record::RECEIVED && loaded->state() != record::NOT_RECOGNISED) {
            return std::nullopt;
        }
        message_ = std::move(*loaded);
        describe();
        VF_TRY(const bool again, isSameMessage());
        if (!again) {
            VF_CHECK(decide());
        }
        VF_CHECK(schema::validate(message_));
        VF_CHECK(changes_.save(message_, request_.intake));
        VF_TRY(const Seq seq, changes_.apply());
        return seq;
    }

    // What could not be written as a lead is shown to people instead.
    [[nodiscard]] Result<std::optional<Seq>> giveUp(ErrorCode why) {
        VF_TRY(auto loaded, changes_.load<IntakeMessage>(request_.intake));
        if (!loaded || loaded->state() != record::RECEIVED) {
            return std::nullopt;
        }
        message_ = std::move(*loaded);
        describe();
        message_.set_state(record::NOT_RECOGNISED);
        message_.set_reason("not written: " + std::string(name(why)));
        VF_CHECK(changes_.save(message_, request_.intake));
        VF_TRY(const Seq seq, changes_.apply());
        return seq;
    }

private:
    void describe() {
        message_.set_message_id(cleanLine(request_.messageId, 998));
        message_.set_sender(cleanLine(request_.sender, 400));
        message_.set_subject(cleanLine(request_.subject, 2'000));
        message_.set_text(cleanText(request_.text, kMaxText));
        message_.set_parser(cleanLine(request_.recognition.parser, 60));
        message_.set_reason(cleanLine(request_.recognition.reason, 200));
    }

    // The same Message-ID came before: one lead.
    [[nodiscard]] Result<bool> isSameMessage() {
        if (message_.message_id().empty()) {
            return false;
        }
        const schema::ColumnValue key{
            .type = schema::ColumnType::Text, .integer = 0, .text = message_.message_id()};
        VF_TRY(const auto ids,
               batch_.store.findRows(request_.tenant, schema::recordOf<IntakeMessage>(),
                                     "message_id", key, kMaxSameMessage));
        for (const RowId id : ids) {
            if (id == request_.intake) {
                continue;
            }
            VF_TRY(const auto other, changes_.load<IntakeMessage>(id));
            if (!other || other->state() == record::RECEIVED ||
                (other->state() == record::DUPLICATE_ENQUIRY && other->lead_id().empty())) {
                continue;  // not read yet, or itself only a copy of this one
            }
            message_.set_state(record::DUPLICATE_ENQUIRY);
            message_.set_lead_id(other->lead_id());
            message_.set_reason("same message");
            if (!other->lead_id().empty()) {
                LeadMaker maker(batch_, changes_, origin());
                VF_CHECK(maker.noteRepeat(rowId(other->lead_id())));
            }
            return true;
        }
        return false;
    }

    [[nodiscard]] EnquiryOrigin origin() const {
        return {.intake = request_.intake,
                .source = rowId(message_.source_id()),
                .site = rowId(message_.site_id()),
                .received = fromUnixMs(message_.received_ms())};
    }

    [[nodiscard]] Status decide() {
        const auto& recognition = request_.recognition;
        if (recognition.enquiries.empty()) {
            message_.set_state(stateOf(recognition.why));
            return {};
        }
        LeadMaker maker(batch_, changes_, origin());
        RowId first;
        bool made = false;
        for (const auto& enquiry : recognition.enquiries) {
            const auto identity = intake::identityOf(enquiry, message_.message_id(),
                                                     fromUnixMs(message_.received_ms()));
            VF_TRY(const auto same, maker.findSame(enquiry, identity));
            const RowId lead = same ? *same : batch_.newId();
            VF_CHECK(same ? maker.noteRepeat(lead) : maker.make(lead, enquiry, identity));
            // The message belongs to the first new lead, or to the one that it repeats.
            if (first.isNone() || (!same && !made)) {
                first = lead;
            }
            made = made || !same;
        }
        message_.set_state(made ? record::RECOGNISED : record::DUPLICATE_ENQUIRY);
        message_.set_lead_id(first.bytes());
        return {};
    }

    Batch& batch_;
    const RecognisedRequest& request_;
    ChangeSet changes_;
    IntakeMessage message_;
};

intake::EnquiryVehicle vehicleOf(const record::VehicleWish& wish) {
    intake::EnquiryVehicle vehicle;
    vehicle.make = wish.make();
    vehicle.model = wish.model();
    vehicle.text = wish.text();
    vehicle.firstRegistration = wish.first_registration();
    vehicle.stockNumber = wish.offer_number();
    if (wish.mileage_km() > 0) {
        vehicle.mileageKm = wish.mileage_km();
    }
    if (wish.price_cents() > 0) {
        vehicle.priceCents = wish.price_cents();
    }
    return vehicle;
}

void take(const Result<std::optional<ParseJob>>& job, Outcome& outcome) {
    if (!job) {
        outcome.code = job.error().code;
    } else if (*job) {
        outcome.parse.push_back(**job);
    }
}

// What stands below the headers, as it came: for a person where no parser found a text.
std::string undecoded(std::string_view mail) {
    const std::size_t bare = mail.find("\n\n");
    const std::size_t wire = mail.find("\r\n\r\n");
    const std::size_t end = std::min(bare, wire);
    const std::string_view body =
        end == std::string_view::npos ? mail : mail.substr(end + (end == wire ? 4 : 2));
    return intake::toUtf8(body.substr(0, kMaxText), "utf-8");
}

}  // namespace

void findRecipient(Batch& batch, const FindRecipientRequest& request, Outcome& outcome) {
    const auto source = batch.store.findSource(foldAddress(request.address));
    outcome.code = !source ? source.error().code : (*source ? ErrorCode::Ok : ErrorCode::NotFound);
}

void acceptMail(Batch& batch, const MailRequest& request, Outcome& outcome) {
    const auto source = batch.store.findSource(foldAddress(request.envelopeTo));
    if (!source || !*source || !request.bytes) {
        outcome.code = !source ? source.error().code : ErrorCode::NotFound;
        return;
    }
    const auto stored =
        inSavepoint(batch.store, [&] { return storeMail(batch, request, **source, outcome); });
    if (!stored) {
        outcome.code = stored.error().code;
        outcome.parse.clear();
        outcome.created.clear();
        return;
    }
    outcome.committed.push_back(*stored);
}

void applyRecognised(Batch& batch, const RecognisedRequest& request, Outcome& outcome) {
    auto seq = inSavepoint(batch.store, [&] { return RecognisedRun(batch, request).run(); });
    if (!seq && !isStoreFault(seq.error().code)) {
        log::warning("service", "mail {} gave no lead: {}", request.intake.text(),
                     name(seq.error().code));
        const ErrorCode why = seq.error().code;
        outcome.code = why;
        seq = inSavepoint(batch.store, [&] { return RecognisedRun(batch, request).giveUp(why); });
    }
    if (!seq) {
        outcome.code = seq.error().code;
    } else if (*seq) {
        outcome.committed.push_back({.tenant = request.tenant, .head = **seq});
    }
}

void findUnparsed(Batch& batch, Outcome& outcome) {
    const auto tenants = batch.store.tenants();
    if (!tenants) {
        outcome.code = tenants.error().code;
        return;
    }
    const schema::ColumnValue received{
        .type = schema::ColumnType::Integer, .integer = record::RECEIVED, .text = {}};
    for (const TenantId tenant : *tenants) {
        const int room = kJobsAtOnce - static_cast<int>(outcome.parse.size());
        if (room <= 0) {
            return;
        }
        const auto ids = batch.store.findRows(tenant, schema::recordOf<IntakeMessage>(), "state",
                                              received, room);
        if (!ids) {
            outcome.code = ids.error().code;
            return;
        }
        for (const RowId id : *ids) {
            take(jobOf(batch, tenant, id), outcome);
        }
    }
}

void parseAgain(Batch& batch, const ParseAgainRequest& request, Outcome& outcome) {
    take(jobOf(batch, request.tenant, request.intake), outcome);
    if (outcome.code == ErrorCode::Ok && outcome.parse.empty()) {
        outcome.code = ErrorCode::NotFound;
    }
}

Status convertMessage(Batch& batch, ChangeSet& changes, const wire::IntakeConvertArgs& args) {
    const RowId intakeId = rowId(args.intake_id());
    const RowId leadId = rowId(args.lead_id());
    VF_TRY(auto message, changes.load<IntakeMessage>(intakeId));
    VF_TRY(const auto* existing, changes.find(schema::recordOf<record::Lead>(), leadId));
    if (!message) {
        return fail(ErrorCode::NotFound, "intake message");
    }
    if (existing != nullptr) {
        return fail(ErrorCode::Duplicate, "lead");
    }
    intake::Enquiry enquiry;
    enquiry.wish = vehicleOf(args.wish());
    enquiry.person.first = args.first_name();
    enquiry.person.last = args.last_name();
    if (!args.email().empty()) {
        enquiry.person.emails.push_back(args.email());
    }
    if (!args.phone().empty()) {
        enquiry.person.phones.push_back(args.phone());
    }
    enquiry.message = args.message().empty() ? message->text() : args.message();
    const TimePoint received = fromUnixMs(message->received_ms());
    LeadMaker maker(batch, changes,
                    {.intake = intakeId,
                     .source = rowId(message->source_id()),
                     .site = rowId(message->site_id()),
                     .received = received});
    return maker.make(leadId, enquiry,
                      intake::identityOf(enquiry, message->message_id(), received));
}

RecognisedRequest readMail(const ParseJob& job) {
    RecognisedRequest out{.tenant = job.tenant,
                          .intake = job.intake,
                          .messageId = {},
                          .sender = {},
                          .subject = {},
                          .text = {},
                          .recognition = {}};
    const auto mail = intake::parseMail(*job.bytes);
    if (!mail) {
        out.recognition.why = NotRecognised::NoRule;
        out.recognition.reason = "mail cannot be decoded";
        out.text = undecoded(*job.bytes);
        return out;
    }
    std::vector<intake::MailRule> rules;
    for (const std::string_view json :
         {std::string_view(job.mailRules), intake::builtInMailRulesJson()}) {
        if (json.empty()) {
            continue;
        }
        auto parsed = intake::parseMailRules(json);
        if (parsed) {
            rules.insert(rules.end(), parsed->begin(), parsed->end());
        } else {
            log::warning("service", "mail rules of a source: {}", parsed.error().detail);
        }
    }
    out.messageId = mail->messageId;
    out.sender = mail->fromName.empty() ? mail->fromAddress
                                        : mail->fromName + " <" + mail->fromAddress + ">";
    out.subject = mail->subject;
    out.text = mail->textBody;
    if (intake::trim(out.text).empty() && mail->attachments.empty()) {
        out.text = undecoded(*job.bytes);
    }
    out.recognition = intake::recognise(*mail, rules);
    return out;
}

}  // namespace vorfahrt::server::service
