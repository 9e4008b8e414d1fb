// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/schema/lead.pb.h"
#include "common/schema/mutations.pb.h"
#include "common/schema/sync.pb.h"
#include "server/intake/enquiry.h"
#include "server/service/server_core.h"
#include "server/store/store.h"

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace vorfahrt::tests {

// A person with a signed-in desk.
struct Person {
    std::string login;
    AccountId account;
    RowId user;
    server::service::Principal who;
    Mid lastMid{0};  // as the desk counts

    [[nodiscard]] UserId userId() const { return UserId(user.uuid()); }
};

// A dealer with two sites and a few people on a real SQLite store in a folder of its own; time and
// chance are given. Everything goes through runBatch. Asserts where setting up fails. One thread.
class ServiceWorld {
public:
    explicit ServiceWorld(std::uint64_t seed = 1);
    ~ServiceWorld();

    static constexpr std::uint32_t kReturnSeconds = 900;
    TimePoint now = fromUnixMs(1'790'000'000'000);
    SeededRandom random;
    TenantId tenant;
    RowId siteA;
    RowId siteB;
    RowId sourceA;  // lead@nord.example
    RowId sourceB;  // lead@sued.site.example, at B
    Person anna;    // SALES at A
    Person ben;     // SALES at A
    Person maria;   // MANAGER at A
    Person carl;    // SALES at B

    [[nodiscard]] std::vector<server::service::Outcome> run(
        const std::vector<server::service::Request>& requests);
    [[nodiscard]] server::service::Outcome run(server::service::Request request);

    // A person with a desk; `hash` of the password.
    [[nodiscard]] Person addPerson(const std::string& login, record::Role role, RowId site);
    // Another desk of the same person.
    [[nodiscard]] Person anotherDesk(const Person& person);

    // A mutation with the person's next mid.
    [[nodiscard]] wire::Mutation mutation(Person& person, std::string_view name,
                                          const google::protobuf::Message& args,
                                          std::uint64_t baseRev = 0);
    [[nodiscard]] server::service::PushRequest pushOf(const Person& person,
                                                      std::vector<wire::Mutation> mutations) const;
    [[nodiscard]] wire::Results push(const Person& person, std::vector<wire::Mutation> mutations);
    // One mutation; its code.
    [[nodiscard]] ErrorCode act(Person& person, std::string_view name,
                                const google::protobuf::Message& args, std::uint64_t baseRev = 0);
    // Creates a record of the person's.
    [[nodiscard]] RowId create(Person& person, const google::protobuf::Message& record);
    [[nodiscard]] wire::CreateArgs createArgs(RowId id,
                                              const google::protobuf::Message& record) const;

    [[nodiscard]] server::service::ClaimRequest claimOf(const Person& person, RowId lead);
    [[nodiscard]] wire::ClaimResult claim(const Person& person, RowId lead);

    // A mail whose parser found this enquiry: its message record, and its lead if there is one.
    struct Arrived {
        RowId intake;
        RowId lead;
    };
    [[nodiscard]] Arrived arrive(const server::intake::Enquiry& enquiry, std::string messageId = {},
                                 const std::string& to = "lead@nord.example");
    [[nodiscard]] RowId newLead(std::string_view name = "Nachname");
    // A whole mail through the real parsers.
    [[nodiscard]] Arrived mail(const std::string& bytes);

    template <class T>
    [[nodiscard]] T load(RowId id) {
        return row(schema::recordOf<T>(), id).row.template as<T>();
    }
    [[nodiscard]] bool exists(const schema::RecordInfo& info, RowId id);
    [[nodiscard]] server::store::StoredRow row(const schema::RecordInfo& info, RowId id);
    [[nodiscard]] std::vector<RowId> find(const schema::RecordInfo& info, std::string_view field,
                                          RowId value);
    [[nodiscard]] std::set<std::string> scopes(const schema::RecordInfo& info, RowId id,
                                               schema::Facet facet);
    [[nodiscard]] Seq head();
    // Entries of a scope after a position.
    [[nodiscard]] std::vector<server::store::LogEntry> entries(const std::string& scope,
                                                               Seq after = Seq(0));
    // All bodies that a person's scopes hold now, joined: what his desk would be sent.
    [[nodiscard]] std::string everythingSentTo(const Person& person);
    // Closes the store and opens it again, as after a failed commit.
    void reopen();
    [[nodiscard]] server::store::WriteStore& store() { return *writer_; }

    // Another reader of the same store, for a feed.
    [[nodiscard]] std::unique_ptr<server::store::ReadStore> openReader();

    // Gives the store out, for tests that put a faulty one in between.
    [[nodiscard]] std::vector<server::service::Outcome> runOn(
        server::store::WriteStore& store, const std::vector<server::service::Request>& requests);

private:
    std::filesystem::path folder_;
    std::unique_ptr<server::store::Engine> engine_;
    std::unique_ptr<server::store::WriteStore> writer_;
    std::unique_ptr<server::store::ReadStore> reader_;
};

[[nodiscard]] inline ErrorCode codeOf(const wire::MutationResult& result) {
    return static_cast<ErrorCode>(result.code());
}

}  // namespace vorfahrt::tests
