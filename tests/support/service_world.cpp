// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/service_world.h"

#include "common/base/assert.h"
#include "common/sync/mutator.h"
#include "server/feed/scopes.h"
#include "server/service/auth.h"
#include "server/service/intake_service.h"
#include "server/service/rights.h"
#include "server/store/sqlite/engine.h"

#include <cstdlib>
#include <utility>

namespace vorfahrt::tests {

using namespace server::service;
using server::store::LogEntry;
using server::store::StoredRow;

namespace {

std::filesystem::path makeFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "vf-world-XXXXXX").string();
    VF_ASSERT(mkdtemp(pattern.data()) != nullptr);
    return pattern;
}

}  // namespace

ServiceWorld::ServiceWorld(std::uint64_t seed)
    : random(seed),
      folder_(makeFolder()),
      engine_(server::store::sqliteEngine(folder_ / "server.db")) {
    reopen();
    const Outcome made = run(AddTenant{.name = "Autohaus Test", .dealerColour = 1});
    VF_ASSERT(made.code == ErrorCode::Ok && made.created.size() == 1);
    tenant = TenantId(made.created.front().uuid());
    record::Site site;
    site.set_name("Nord");
    site.set_return_seconds(kReturnSeconds);
    siteA = run(SaveSite{.tenant = tenant, .site = {}, .record = site}).created.at(0);
    site.set_name("Sued");
    siteB = run(SaveSite{.tenant = tenant, .site = {}, .record = site}).created.at(0);
    record::Source source;
    source.set_name("Boerse");
    source.set_kind(record::MOBILE_DE);
    source.set_site_id(siteA.bytes());
    source.set_intake_address("lead@nord.example");
    sourceA = run(SaveSource{.tenant = tenant, .source = {}, .record = source}).created.at(0);
    source.set_name("Portal");
    source.set_site_id(siteB.bytes());
    source.set_intake_address("lead@sued.site.example");
    sourceB = run(SaveSource{.tenant = tenant, .source = {}, .record = source}).created.at(0);
    anna = addPerson("anna", record::SALES, siteA);
    ben = addPerson("ben", record::SALES, siteA);
    maria = addPerson("maria", record::MANAGER, siteA);
    carl = addPerson("carl", record::SALES, siteB);
}

ServiceWorld::~ServiceWorld() {
    reader_.reset();
    writer_.reset();
    engine_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void ServiceWorld::reopen() {
    reader_.reset();
    writer_.reset();
    auto writer = engine_->openWriter();
    VF_ASSERT(writer.has_value());
    writer_ = std::move(*writer);
    auto reader = engine_->openReader();
    VF_ASSERT(reader.has_value());
    reader_ = std::move(*reader);
}

std::unique_ptr<server::store::ReadStore> ServiceWorld::openReader() {
    auto reader = engine_->openReader();
    VF_ASSERT(reader.has_value());
    return std::move(*reader);
}

std::vector<Outcome> ServiceWorld::runOn(server::store::WriteStore& store,
                                         const std::vector<Request>& requests) {
    return runBatch(requests, now, random, store);
}

std::vector<Outcome> ServiceWorld::run(const std::vector<Request>& requests) {
    return runOn(*writer_, requests);
}

Outcome ServiceWorld::run(Request request) {
    const std::vector<Request> requests{std::move(request)};
    return run(requests).front();
}

Person ServiceWorld::addPerson(const std::string& login, record::Role role, RowId site) {
    record::User user;
    user.set_display_name("Person " + login);
    const Outcome made = run(AddUser{.tenant = tenant,
                                     .login = login,
                                     .passwordHash = "no password",
                                     .record = user,
                                     .roles = {{.role = role, .site = site}}});
    VF_ASSERT(made.code == ErrorCode::Ok);
    const auto account = run(FindLoginRequest{.login = login}).account;
    VF_ASSERT(account.has_value());
    Person person;
    person.login = login;
    person.account = account->id;
    person.user = made.created.front();
    return anotherDesk(person);
}

Person ServiceWorld::anotherDesk(const Person& person) {
    Person desk = person;
    desk.who.account = person.account;
    desk.who.device = DeviceId(Uuid::v7(now, random));
    desk.who.replica = ReplicaId(Uuid::v7(now, random));
    desk.lastMid = Mid(0);
    const auto issued = run(IssueTokenRequest{.account = person.account,
                                              .checkedHash = "no password",
                                              .device = desk.who.device,
                                              .newHash = {}});
    VF_ASSERT(issued.token.has_value());
    desk.who.tokenHash = tokenHash(issued.token->token);
    return desk;
}

wire::Mutation ServiceWorld::mutation(Person& person, std::string_view name,
                                      const google::protobuf::Message& args,
                                      std::uint64_t baseRev) {
    person.lastMid = next(person.lastMid);
    wire::Mutation out = sync::makeMutation(name, args);
    out.set_mid(value(person.lastMid));
    out.set_base_rev(baseRev);
    out.set_edit_time_ms(toUnixMs(now));
    return out;
}

PushRequest ServiceWorld::pushOf(const Person& person,
                                 std::vector<wire::Mutation> mutations) const {
    PushRequest request{.who = person.who, .push = {}};
    request.push.set_tenant(tenant.bytes());
    for (wire::Mutation& mutation : mutations) {
        *request.push.add_mutations() = std::move(mutation);
    }
    return request;
}

wire::Results ServiceWorld::push(const Person& person, std::vector<wire::Mutation> mutations) {
    const Outcome outcome = run(pushOf(person, std::move(mutations)));
    VF_ASSERT(outcome.replies.size() == 1 && outcome.replies.front().has_results());
    return outcome.replies.front().results();
}

ErrorCode ServiceWorld::act(Person& person, std::string_view name,
                            const google::protobuf::Message& args, std::uint64_t baseRev) {
    const auto results = push(person, {mutation(person, name, args, baseRev)});
    VF_ASSERT(results.results_size() == 1);
    return codeOf(results.results(0));
}

wire::CreateArgs ServiceWorld::createArgs(RowId id, const google::protobuf::Message& record) const {
    wire::CreateArgs args;
    args.set_table(schema::recordOf(record.GetDescriptor()).number);
    args.set_id(id.bytes());
    args.set_body(schema::encode(record));
    return args;
}

RowId ServiceWorld::create(Person& person, const google::protobuf::Message& record) {
    const RowId id(Uuid::v7(now, random));
    VF_ASSERT(act(person, sync::kCreate, createArgs(id, record)) == ErrorCode::Ok);
    return id;
}

ClaimRequest ServiceWorld::claimOf(const Person& person, RowId lead) {
    ClaimRequest request{.who = person.who, .claim = {}};
    request.claim.set_tenant(tenant.bytes());
    request.claim.set_lead_id(lead.bytes());
    request.claim.set_claim_id(Uuid::v7(now, random).bytes());
    return request;
}

wire::ClaimResult ServiceWorld::claim(const Person& person, RowId lead) {
    const Outcome outcome = run(claimOf(person, lead));
    VF_ASSERT(outcome.replies.size() == 1 && outcome.replies.front().has_claim_result());
    return outcome.replies.front().claim_result();
}

ServiceWorld::Arrived ServiceWorld::arrive(const server::intake::Enquiry& enquiry,
                                           std::string messageId, const std::string& to) {
    const Outcome stored = run(MailRequest{.envelopeFrom = "a@example.org",
                                           .envelopeTo = to,
                                           .bytes = std::make_shared<const std::string>("raw")});
    VF_ASSERT(stored.parse.size() == 1);
    RecognisedRequest request{.tenant = tenant,
                              .intake = stored.parse.front().intake,
                              .messageId = std::move(messageId),
                              .sender = "a@example.org",
                              .subject = "Anfrage",
                              .text = enquiry.message,
                              .recognition = {}};
    request.recognition.enquiries.push_back(enquiry);
    request.recognition.parser = "test/1";
    VF_ASSERT(run(request).code == ErrorCode::Ok);
    const auto message = load<record::IntakeMessage>(request.intake);
    return {.intake = request.intake,
            .lead = RowId::fromBytes(message.lead_id()).value_or(RowId())};
}

RowId ServiceWorld::newLead(std::string_view name) {
    server::intake::Enquiry enquiry;
    enquiry.person.first = "Erika";
    enquiry.person.last = std::string(name);
    enquiry.person.emails = {std::string(name) + "@example.org"};
    enquiry.message = "Ist der Wagen noch da?";
    return arrive(enquiry).lead;
}

ServiceWorld::Arrived ServiceWorld::mail(const std::string& bytes) {
    const Outcome stored = run(MailRequest{.envelopeFrom = "a@example.org",
                                           .envelopeTo = "<Lead@Nord.example>",
                                           .bytes = std::make_shared<const std::string>(bytes)});
    VF_ASSERT(stored.parse.size() == 1);
    VF_ASSERT(run(readMail(stored.parse.front())).code == ErrorCode::Ok);
    const auto message = load<record::IntakeMessage>(stored.parse.front().intake);
    return {.intake = stored.parse.front().intake,
            .lead = RowId::fromBytes(message.lead_id()).value_or(RowId())};
}

bool ServiceWorld::exists(const schema::RecordInfo& info, RowId id) {
    const auto found = writer_->readRow(tenant, info, id);
    VF_ASSERT(found.has_value());
    return found->has_value() && !(*found)->row.isDeleted();
}

StoredRow ServiceWorld::row(const schema::RecordInfo& info, RowId id) {
    auto found = writer_->readRow(tenant, info, id);
    VF_ASSERT(found.has_value() && found->has_value());
    return std::move(**found);
}

std::vector<RowId> ServiceWorld::find(const schema::RecordInfo& info, std::string_view field,
                                      RowId value) {
    const schema::ColumnValue key{
        .type = schema::ColumnType::Blob, .integer = 0, .text = value.bytes()};
    const auto found = writer_->findRows(tenant, info, field, key, 1'000);
    VF_ASSERT(found.has_value());
    return *found;
}

std::set<std::string> ServiceWorld::scopes(const schema::RecordInfo& info, RowId id,
                                           schema::Facet facet) {
    const auto found = writer_->memberships(tenant, info.number, id, facet);
    VF_ASSERT(found.has_value());
    return {found->begin(), found->end()};
}

Seq ServiceWorld::head() {
    const auto found = writer_->head(tenant);
    VF_ASSERT(found.has_value() && found->has_value());
    return (*found)->seq;
}

std::vector<LogEntry> ServiceWorld::entries(const std::string& scope, Seq after) {
    VF_ASSERT(reader_->beginRead().has_value());
    const auto found = reader_->entriesAfter(tenant, {scope}, after, 100'000);
    reader_->endRead();
    VF_ASSERT(found.has_value());
    return *found;
}

std::string ServiceWorld::everythingSentTo(const Person& person) {
    const auto rights = rightsOf(*writer_, person.who, tenant, now);
    VF_ASSERT(rights.has_value());
    std::string all;
    for (const std::string& scope : rights->scopes) {
        for (const LogEntry& entry : entries(scope)) {
            if (!entry.remove) {
                const auto found = row(*schema::recordByNumber(entry.table), entry.id);
                all += found.row.body(entry.facet);
                all += entry.id.view();
            }
        }
    }
    return all;
}

}  // namespace vorfahrt::tests
