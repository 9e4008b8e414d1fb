// SPDX-License-Identifier: GPL-3.0-or-later
// PROTOCOL.md, "Scopes": which scopes a facet is in, and which a person has (DD-93).
#include "server/feed/scopes.h"

#include "common/base/bytes.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/limits.h"
#include "common/schema/org.pb.h"
#include "common/schema/work.pb.h"

#include <QTest>

namespace vorfahrt {
namespace {

using namespace server::feed;
using schema::Facet;
using Scopes = std::vector<std::string>;

const std::string kSite(16, 's');
const std::string kOwner(16, 'o');
const std::string kLead(16, 'l');

template <class Record>
schema::Row rowOf(const Record& record) {
    schema::Row row(schema::recordOf<Record>(), *RowId::fromBytes(std::string(16, 'r')));
    row.assign(record);
    return row;
}

schema::Row lead(bool owned) {
    record::Lead record;
    record.set_site_id(kSite);
    record.set_message("Guten Tag");
    if (owned) {
        record.set_owner_id(kOwner);
    }
    return rowOf(record);
}

sql::StoredRow grant(const std::string& user, record::Role role, const std::string& site) {
    record::Grant record;
    record.set_user_id(user);
    record.set_role(role);
    record.set_site_id(site);
    return {.row = rowOf(record), .stamps = {}, .masks = {0, 0}};
}

}  // namespace

class ScopesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLeadIsATeaserUntilItHasAnOwner() {
        QCOMPARE(scopesOf(lead(false), Facet::MAIN, nullptr), Scopes{leadsScope(kSite)});
        QCOMPARE(scopesOf(lead(false), Facet::PRIVATE, nullptr), Scopes{});
        QCOMPARE(scopesOf(lead(true), Facet::MAIN, nullptr), Scopes{siteScope(kSite)});
        QCOMPARE(scopesOf(lead(true), Facet::PRIVATE, nullptr),
                 (Scopes{managerScope(kSite), userScope(kOwner)}));
        QCOMPARE(scopesOf(lead(true), Facet::SERVER, nullptr), Scopes{});
        auto gone = lead(true);
        gone.setDeleted(true);
        QCOMPARE(scopesOf(gone, Facet::MAIN, nullptr), Scopes{});
        QCOMPARE(scopesOf(gone, Facet::PRIVATE, nullptr), Scopes{});
    }

    void whatALeadHoldsIsInNoScope() {
        record::Customer customer;
        customer.set_site_id(kSite);
        QCOMPARE(scopesOf(rowOf(customer), Facet::MAIN, nullptr), Scopes{siteScope(kSite)});
        customer.set_held_by_lead(kLead);
        QCOMPARE(scopesOf(rowOf(customer), Facet::MAIN, nullptr), Scopes{});
        record::ContactPoint point;
        point.set_site_id(kSite);
        point.set_held_by_lead(kLead);
        QCOMPARE(scopesOf(rowOf(point), Facet::MAIN, nullptr), Scopes{});
        record::Vehicle vehicle;
        vehicle.set_site_id(kSite);
        vehicle.set_held_by_lead(kLead);
        QCOMPARE(scopesOf(rowOf(vehicle), Facet::MAIN, nullptr), Scopes{});
        record::Activity activity;
        activity.set_site_id(kSite);
        activity.set_lead_id(kLead);
        activity.set_message("Text");
        activity.set_held_by_lead(kLead);
        const auto owned = lead(true);
        QCOMPARE(scopesOf(rowOf(activity), Facet::MAIN, &owned), Scopes{});
        QCOMPARE(scopesOf(rowOf(activity), Facet::PRIVATE, &owned), Scopes{});
    }

    void activitiesFollowTheLead() {
        record::Activity activity;
        activity.set_site_id(kSite);
        activity.set_lead_id(kLead);
        activity.set_message("Text");
        const auto row = rowOf(activity);
        const auto owned = lead(true);
        const auto free = lead(false);
        QCOMPARE(scopesOf(row, Facet::MAIN, &owned), Scopes{siteScope(kSite)});
        QCOMPARE(scopesOf(row, Facet::PRIVATE, &owned),
                 (Scopes{managerScope(kSite), userScope(kOwner)}));
        QCOMPARE(scopesOf(row, Facet::PRIVATE, &free), Scopes{});
        // The lead is not known: nobody rather than everybody.
        QCOMPARE(scopesOf(row, Facet::PRIVATE, nullptr), Scopes{});
        activity.clear_message();
        QCOMPARE(scopesOf(rowOf(activity), Facet::PRIVATE, &owned), Scopes{});
        activity.set_message("Text");
        activity.clear_lead_id();
        QCOMPARE(scopesOf(rowOf(activity), Facet::PRIVATE, nullptr), Scopes{managerScope(kSite)});
    }

    void messages_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("hasLead");
        QTest::addColumn<bool>("owned");
        QTest::addColumn<int>("scopes");
        QTest::newRow("not recognised") << int(record::NOT_RECOGNISED) << false << false << 1;
        QTest::newRow("dismissed") << int(record::DISMISSED) << false << false << 1;
        QTest::newRow("received") << int(record::RECEIVED) << false << false << 0;
        QTest::newRow("ignored") << int(record::IGNORED) << false << false << 0;
        QTest::newRow("unclaimed") << int(record::RECOGNISED) << true << false << 0;
        QTest::newRow("claimed") << int(record::RECOGNISED) << true << true << 2;
        QTest::newRow("joined") << int(record::DUPLICATE_ENQUIRY) << true << true << 2;
    }
    void messages() {
        QFETCH(int, state);
        QFETCH(bool, hasLead);
        QFETCH(bool, owned);
        QFETCH(int, scopes);
        record::IntakeMessage message;
        message.set_site_id(kSite);
        message.set_state(static_cast<record::IntakeState>(state));
        message.set_text("Text");
        if (hasLead) {
            message.set_lead_id(kLead);
        }
        const auto row = rowOf(message);
        const auto leadRow = lead(owned);
        for (const Facet facet : {Facet::MAIN, Facet::PRIVATE}) {
            const auto found = scopesOf(row, facet, hasLead ? &leadRow : nullptr);
            QCOMPARE(found.size(), std::size_t(scopes));
            if (scopes > 0) {
                QCOMPARE(found.front(), managerScope(kSite));
            }
        }
        QCOMPARE(scopesOf(row, Facet::SERVER, &leadRow), Scopes{});
    }

    // A facet without a scope is stored and never delivered: whoever adds one decides who sees it.
    void everyFacetOfEveryRecordIsSeenBySomebody() {
        const auto owned = lead(true);
        for (const schema::RecordInfo& info : schema::records()) {
            auto record = info.make();
            const auto* reflection = record->GetReflection();
            for (int i = 0; i < info.descriptor->field_count(); ++i) {
                const auto* field = info.descriptor->field(i);
                const auto& rule = schema::ruleOf(field);
                // The record's place, and something in each private facet.
                const bool isText = field->type() == google::protobuf::FieldDescriptor::TYPE_STRING;
                if (field->name() == "site_id") {
                    reflection->SetString(record.get(), field, kSite);
                } else if (field->name() == "owner_id") {
                    reflection->SetString(record.get(), field, kOwner);
                } else if (field->name() == "lead_id") {
                    reflection->SetString(record.get(), field, kLead);
                } else if (isText && !field->is_repeated() && rule.facet() == Facet::PRIVATE) {
                    reflection->SetString(record.get(), field, "Text");
                }
            }
            schema::Row row(info, *RowId::fromBytes(std::string(16, 'r')));
            row.assign(*record);
            for (const Facet facet : {Facet::MAIN, Facet::PRIVATE}) {
                if (info.has(facet)) {
                    QVERIFY2(facet == Facet::MAIN || row.facet(facet).ByteSizeLong() > 0,
                             info.table.c_str());
                    QVERIFY2(!scopesOf(row, facet, &owned).empty(), info.table.c_str());
                }
            }
        }
    }

    void aPersonHasTheScopesOfTheGrants() {
        const std::string other(16, 't');
        const UserId user = *UserId::fromBytes(kOwner);
        QCOMPARE(scopesOfPerson(user, {}), (Scopes{"base", userScope(kOwner)}));
        const auto scopes = scopesOfPerson(
            user, {grant(kOwner, record::SALES, kSite), grant(kOwner, record::SALES, kSite),
                   grant(kOwner, record::MANAGER, other),
                   grant(std::string(16, 'x'), record::ADMIN, kSite),
                   grant(kOwner, record::ROLE_UNSPECIFIED, std::string(16, 'y'))});
        QCOMPARE(scopes, (Scopes{"base", leadsScope(kSite), leadsScope(other), managerScope(other),
                                 siteScope(kSite), siteScope(other), userScope(kOwner)}));
        QVERIFY(std::ranges::is_sorted(scopes));
    }

    void scopesOfAPersonAreBounded() {
        std::vector<sql::StoredRow> grants;
        for (char c = 0; c < 100; ++c) {
            grants.push_back(grant(kOwner, record::ADMIN, std::string(16, c)));
        }
        const auto scopes = scopesOfPerson(*UserId::fromBytes(kOwner), grants);
        QVERIFY(scopes.size() <= schema::kMaxScopes);
        // What is cut is the last sites, each with all its scopes; never what everything hangs on.
        QVERIFY(std::ranges::count(scopes, kBaseScope) == 1);
        QVERIFY(std::ranges::count(scopes, userScope(kOwner)) == 1);
        for (char c = 0; c < 100; ++c) {
            const std::string site(16, c);
            for (const auto& scope : {siteScope(site), leadsScope(site), managerScope(site)}) {
                QCOMPARE(std::ranges::count(scopes, scope), c < 19 ? 1 : 0);
            }
        }
    }
};

}  // namespace vorfahrt

QTEST_APPLESS_MAIN(vorfahrt::ScopesTest)
#include "scopes_test.moc"
