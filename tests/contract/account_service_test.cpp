// SPDX-License-Identifier: GPL-3.0-or-later
// Set-up, codes, passwords and administration by desks (PROTOCOL.md, section 9; DD-44).
#include "common/schema/customer.pb.h"
#include "common/schema/limits.h"
#include "common/schema/org.pb.h"
#include "common/sync/mutator.h"
#include "server/service/codes.h"
#include "tests/support/server_data.h"
#include "tests/support/service_world.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace vorfahrt::tests {

using namespace server::service;
using test::ServerData;

namespace {

std::string idOf(char fill) {
    return std::string(16, fill);
}

ErrorCode codeIn(const Outcome& outcome) {
    return outcome.accountResult ? static_cast<ErrorCode>(outcome.accountResult->code())
                                 : outcome.code;
}

void fill(wire::UserForm& form, const std::string& login, const std::string& name,
          record::Role role) {
    form.set_login(login);
    form.set_display_name(name);
    form.set_role(static_cast<std::uint32_t>(role));
}

// Two sites, an administrator and two people.
wire::AccountRequest setupForm(const std::string& code, char id = 's') {
    wire::AccountRequest request;
    request.set_request_id(idOf(id));
    wire::Setup& setup = *request.mutable_setup();
    setup.set_code(code);
    setup.set_tenant_name("Autohaus Brandt");
    setup.add_sites()->set_name("Wandsbek");
    setup.add_sites()->set_name("Harburg");
    fill(*setup.mutable_administrator(), "Chef@brandt.example", "Die Chefin", record::SALES);
    fill(*setup.add_users(), "a.demir", "A. Demir", record::SALES);
    setup.mutable_users(0)->add_site_nos(0);
    fill(*setup.add_users(), "m.gross", "M. Gross", record::MANAGER);
    setup.mutable_users(1)->add_site_nos(0);
    setup.mutable_users(1)->add_site_nos(1);
    return request;
}

// A server that was never set up.
struct Fresh {
    QTemporaryDir folder;
    ServerData data{folder.filePath(QStringLiteral("server.db")).toStdString()};

    [[nodiscard]] std::string code() { return data.run(AdminCommand(NewSetupCode{})).setupCode; }
    [[nodiscard]] Outcome setUp(wire::AccountRequest request) {
        return data.run(
            SetupRequest{.request = std::move(request), .passwordHash = "hash of the chief"});
    }
    [[nodiscard]] Outcome redeem(const std::string& login, const std::string& code, char id) {
        return data.run(RedeemRequest{
            .id = idOf(id), .login = login, .code = code, .passwordHash = "hash chosen"});
    }
};

// The world's people, and an administrator.
struct Office {
    ServiceWorld world;
    Person chief = world.addPerson("chief", record::ADMIN, world.siteA);

    [[nodiscard]] Outcome ask(const Person& person, const wire::AccountRequest& request) {
        return world.run(AccountAdminRequest{.who = person.who, .request = request});
    }
    [[nodiscard]] wire::AccountRequest addUser(char id, const std::string& login) const {
        wire::AccountRequest request;
        request.set_request_id(idOf(id));
        request.mutable_add_user()->set_tenant(world.tenant.bytes());
        wire::UserForm& form = *request.mutable_add_user()->mutable_user();
        fill(form, login, "Neu", record::SALES);
        form.add_site_ids(world.siteA.bytes());
        return request;
    }
    [[nodiscard]] wire::AccountRequest addSite(char id, const std::string& name) const {
        wire::AccountRequest request;
        request.set_request_id(idOf(id));
        request.mutable_add_site()->set_tenant(world.tenant.bytes());
        request.mutable_add_site()->mutable_site()->set_name(name);
        return request;
    }
    [[nodiscard]] wire::AccountRequest issueCode(const Person& person) const {
        wire::AccountRequest request;
        request.set_request_id(idOf('i'));
        request.mutable_issue_code()->set_tenant(world.tenant.bytes());
        request.mutable_issue_code()->set_user_id(person.user.bytes());
        return request;
    }
    [[nodiscard]] wire::AccountRequest disable(const Person& person) const {
        wire::AccountRequest request;
        request.set_request_id(idOf('d'));
        request.mutable_disable_user()->set_tenant(world.tenant.bytes());
        request.mutable_disable_user()->set_user_id(person.user.bytes());
        return request;
    }
    [[nodiscard]] Outcome redeem(const std::string& login, const std::string& code, char id) {
        return world.run(RedeemRequest{
            .id = idOf(id), .login = login, .code = code, .passwordHash = "hash chosen"});
    }
    [[nodiscard]] bool isSignedIn(const Person& person) {
        return world.run(world.pushOf(person, {})).code != ErrorCode::Unauthenticated;
    }
};

}  // namespace

class AccountServiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void setUpMakesEverythingAtOnce() {
        Fresh fresh;
        const Outcome done = fresh.setUp(setupForm(fresh.code()));
        QCOMPARE(codeIn(done), ErrorCode::Ok);
        const wire::AccountResult& result = *done.accountResult;
        QCOMPARE(result.created_size(), 1 + 2 + 3);
        const TenantId tenant = *TenantId::fromBytes(result.created(0));
        QVERIFY(*fresh.data.store().tenants() == std::vector{tenant});
        QCOMPARE(fresh.data.load<record::Site>(tenant, *RowId::fromBytes(result.created(2))).name(),
                 std::string("Harburg"));
        // The administrator signs in with his password and administers both sites.
        const auto chief = fresh.data.run(FindLoginRequest{.login = "chef@brandt.example"}).account;
        QVERIFY(chief);
        QCOMPARE(chief->passwordHash, std::string("hash of the chief"));
        // The others have codes and no password: nothing that a sign-in could compare with.
        QCOMPARE(result.codes_size(), 2);
        QCOMPARE(result.codes(0).login(), std::string("a.demir"));
        QVERIFY(!fresh.data.run(FindLoginRequest{.login = "a.demir"}).account);
        const auto demir =
            fresh.data.load<record::User>(tenant, *RowId::fromBytes(result.created(4)));
        QCOMPARE(demir.display_name(), std::string("A. Demir"));
        QCOMPARE(demir.site_id(), result.created(1));
        // No code is in the file.
        const auto account = fresh.data.store().findAccount("a.demir");
        const auto stored = fresh.data.store().readCode((*account)->id);
        QVERIFY(stored->has_value());
        QVERIFY((*stored)->hash.find(result.codes(0).code()) == std::string::npos);
        QCOMPARE(codeIn(fresh.redeem("a.demir", result.codes(0).code(), 'r')), ErrorCode::Ok);
        QCOMPARE(fresh.data.run(FindLoginRequest{.login = "a.demir"}).account->passwordHash,
                 std::string("hash chosen"));
    }

    void tenWrongTriesEndTheSetUpCode() {
        Fresh fresh;
        const std::string code = fresh.code();
        for (int i = 0; i < kMaxSetupTries; ++i) {
            QCOMPARE(codeIn(fresh.setUp(setupForm("0000-0000-0000"))), ErrorCode::Unauthenticated);
        }
        QCOMPARE(codeIn(fresh.setUp(setupForm(code))), ErrorCode::Forbidden);
        QVERIFY(fresh.data.store().tenants()->empty());
        // A new one from the console works; the old one does not come back.
        const std::string next = fresh.code();
        QCOMPARE(codeIn(fresh.setUp(setupForm(code))), ErrorCode::Unauthenticated);
        QCOMPARE(codeIn(fresh.setUp(setupForm(next))), ErrorCode::Ok);
    }

    void onlyOneOfTwoAtOnceSetsUp() {
        Fresh fresh;
        const std::string code = fresh.code();
        const std::vector<Request> both{
            SetupRequest{.request = setupForm(code, 'a'), .passwordHash = "a"},
            SetupRequest{.request = setupForm(code, 'b'), .passwordHash = "b"}};
        SystemRandom random;
        const auto outcomes = runBatch(both, SystemClock().now(), random, fresh.data.store());
        QCOMPARE(codeIn(outcomes[0]), ErrorCode::Ok);
        QCOMPARE(codeIn(outcomes[1]), ErrorCode::Forbidden);
        QCOMPARE(fresh.data.store().tenants()->size(), std::size_t(1));
        // Neither code nor console opens it again.
        QCOMPARE(codeIn(fresh.setUp(setupForm(code, 'c'))), ErrorCode::Forbidden);
        const std::vector<Request> again{AdminCommand(NewSetupCode{})};
        QCOMPARE(runBatch(again, SystemClock().now(), random, fresh.data.store()).front().code,
                 ErrorCode::RejectedState);
    }

    void aTenantOfTheCommandLineEndsTheSetUpCode() {
        Fresh fresh;
        const std::string code = fresh.code();
        static_cast<void>(fresh.data.addTenant("Autohaus Kaiser"));
        QCOMPARE(codeIn(fresh.setUp(setupForm(code))), ErrorCode::Forbidden);
    }

    // The answer was lost: the same request gets fresh codes and makes nothing twice.
    void aRepeatedSetUpIsDoneOnce() {
        Fresh fresh;
        const std::string code = fresh.code();
        const Outcome first = fresh.setUp(setupForm(code));
        const Outcome second = fresh.setUp(setupForm(code));
        QCOMPARE(codeIn(second), ErrorCode::Ok);
        QCOMPARE(fresh.data.store().tenants()->size(), std::size_t(1));
        QVERIFY(
            std::ranges::equal(first.accountResult->created(), second.accountResult->created()));
        QCOMPARE(second.accountResult->codes_size(), 2);
        const std::string lost = first.accountResult->codes(0).code();
        const std::string seen = second.accountResult->codes(0).code();
        QVERIFY(lost != seen);
        QCOMPARE(codeIn(fresh.redeem("a.demir", lost, 'l')), ErrorCode::Unauthenticated);
        QCOMPARE(codeIn(fresh.redeem("a.demir", seen, 'r')), ErrorCode::Ok);
        // Who has a password keeps it.
        const Outcome third = fresh.setUp(setupForm(code));
        QCOMPARE(third.accountResult->codes_size(), 1);
        QCOMPARE(third.accountResult->codes(0).login(), std::string("m.gross"));
        // Knowing the id is not enough.
        QCOMPARE(codeIn(fresh.setUp(setupForm("0000-0000-0000"))), ErrorCode::Forbidden);
    }

    void aFormThatBreaksARuleLeavesNothing_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<int>("code");
        for (const char* field :
             {"tenant_name", "sites", "sites.1.name", "sites.0.postcode", "administrator.login",
              "administrator.display_name", "users.0.login", "users.1.role", "users.1.site_nos",
              "users.0.display_name", "users"}) {
            QTest::newRow(field) << QString::fromLatin1(field) << int(ErrorCode::Invalid);
        }
        QTest::newRow("the same login twice")
            << QStringLiteral("users.1.login") << int(ErrorCode::Duplicate);
    }
    void aFormThatBreaksARuleLeavesNothing() {
        QFETCH(const QString, field);
        QFETCH(const int, code);
        Fresh fresh;
        const std::string good = fresh.code();
        wire::AccountRequest request = setupForm(good);
        wire::Setup& setup = *request.mutable_setup();
        if (field == u"tenant_name") {
            setup.set_tenant_name("   ");
        } else if (field == u"sites") {
            setup.clear_sites();
        } else if (field == u"sites.1.name") {
            setup.mutable_sites(1)->set_name(std::string(121, 'x'));
        } else if (field == u"sites.0.postcode") {
            setup.mutable_sites(0)->set_postcode("<b>");
        } else if (field == u"administrator.login") {
            setup.mutable_administrator()->set_login(std::string(255, 'x'));
        } else if (field == u"administrator.display_name") {
            setup.mutable_administrator()->clear_display_name();
        } else if (field == u"users.0.login") {
            setup.mutable_users(0)->set_login("a\nb");
        } else if (field == u"users.1.role") {
            setup.mutable_users(1)->set_role(9);
        } else if (field == u"users.1.site_nos") {
            setup.mutable_users(1)->add_site_nos(2);
        } else if (field == u"users.0.display_name") {
            setup.mutable_users(0)->set_display_name("\xff\xfe");
        } else if (field == u"users") {
            for (int i = 0; i < schema::kMaxSetupUsers; ++i) {
                *setup.add_users() = setup.users(0);
            }
        } else {
            setup.mutable_users(1)->set_login("A.Demir");
        }
        const Outcome refused = fresh.setUp(request);
        QCOMPARE(codeIn(refused), ErrorCode(code));
        QCOMPARE(QString::fromStdString(refused.accountResult->field()), field);
        QVERIFY(refused.committed.empty());
        QVERIFY(fresh.data.store().tenants()->empty());
        QVERIFY(fresh.data.store().accounts()->empty());
        // It cost no try, and the code is still good.
        QCOMPARE(fresh.data.store().readSetupCode()->value().wrongTries, 0);
        QCOMPARE(codeIn(fresh.setUp(setupForm(good))), ErrorCode::Ok);
    }

    void anAdministratorAddsASiteAndAUser() {
        Office office;
        const Outcome site = office.ask(office.chief, office.addSite('1', "Bergedorf"));
        QCOMPARE(codeIn(site), ErrorCode::Ok);
        QCOMPARE(site.accountResult->created_size(), 1);
        const RowId siteId = *RowId::fromBytes(site.accountResult->created(0));
        QCOMPARE(office.world.load<record::Site>(siteId).name(), std::string("Bergedorf"));
        // He sees it at once.
        QVERIFY(std::ranges::any_of(site.rightsChanged, [&](const TenantUser& person) {
            return person.user == office.chief.userId();
        }));
        // The repeat makes no second one.
        const Outcome again = office.ask(office.chief, office.addSite('1', "Bergedorf"));
        QCOMPARE(again.accountResult->created(0), siteId.bytes());
        QVERIFY(again.committed.empty());

        wire::AccountRequest request = office.addUser('2', " N.Neu ");
        request.mutable_add_user()->mutable_user()->add_site_ids(siteId.bytes());
        const Outcome user = office.ask(office.chief, request);
        QCOMPARE(codeIn(user), ErrorCode::Ok);
        QCOMPARE(user.accountResult->codes_size(), 1);
        QCOMPARE(user.accountResult->codes(0).login(), std::string("n.neu"));
        QCOMPARE(user.accountResult->codes(0).expires_ms(),
                 toUnixMs(office.world.now + kStartCodeValid));
        const RowId userId = *RowId::fromBytes(user.accountResult->created(0));
        QCOMPARE(office.world.find(schema::recordOf<record::Grant>(), "user_id", userId).size(),
                 std::size_t(2));
        const Outcome repeat = office.ask(office.chief, request);
        QCOMPARE(repeat.accountResult->created(0), userId.bytes());
        QCOMPARE(codeIn(office.redeem("n.neu", user.accountResult->codes(0).code(), 'a')),
                 ErrorCode::Unauthenticated);
        QCOMPARE(codeIn(office.redeem("n.neu", repeat.accountResult->codes(0).code(), 'b')),
                 ErrorCode::Ok);
        // An id is its asker's.
        const Person other = office.world.addPerson("other", record::ADMIN, office.world.siteB);
        QCOMPARE(codeIn(office.ask(other, request)), ErrorCode::Duplicate);
    }

    void nobodyElseAdministers_data() {
        QTest::addColumn<int>("role");
        QTest::newRow("salesperson") << int(record::SALES);
        QTest::newRow("manager") << int(record::MANAGER);
    }
    void nobodyElseAdministers() {
        QFETCH(const int, role);
        Office office;
        const Person person =
            office.world.addPerson("somebody", record::Role(role), office.world.siteA);
        const Seq head = office.world.head();
        for (const auto& request :
             {office.addSite('1', "X"), office.addUser('2', "x"),
              office.issueCode(office.world.ben), office.disable(office.world.ben)}) {
            QCOMPARE(codeIn(office.ask(person, request)), ErrorCode::Forbidden);
        }
        wire::AccountRequest foreign = office.addSite('3', "X");
        foreign.mutable_add_site()->set_tenant(idOf('t'));
        QCOMPARE(codeIn(office.ask(office.chief, foreign)), ErrorCode::Forbidden);
        QVERIFY(office.world.head() == head);
        // A token that ended is no refusal but the end of the session.
        static_cast<void>(office.world.run(LogoutRequest{.who = office.chief.who}));
        const Outcome ended = office.ask(office.chief, office.addSite('4', "X"));
        QCOMPARE(ended.code, ErrorCode::Unauthenticated);
        QVERIFY(!ended.accountResult);
    }

    void aUserFormThatBreaksARuleIsNamed() {
        Office office;
        const auto fieldOf = [&](const wire::AccountRequest& request, ErrorCode code) {
            const Outcome outcome = office.ask(office.chief, request);
            return codeIn(outcome) == code ? outcome.accountResult->field() : "another code";
        };
        QCOMPARE(fieldOf(office.addUser('1', "anna"), ErrorCode::Duplicate),
                 std::string("user.login"));
        QCOMPARE(fieldOf(office.addUser('2', ""), ErrorCode::Invalid), std::string("user.login"));
        wire::AccountRequest request = office.addUser('3', "neu");
        request.mutable_add_user()->mutable_user()->clear_site_ids();
        QCOMPARE(fieldOf(request, ErrorCode::Invalid), std::string("user.site_ids"));
        request.mutable_add_user()->mutable_user()->add_site_ids("short");
        QCOMPARE(fieldOf(request, ErrorCode::Invalid), std::string("user.site_ids"));
        request = office.addUser('4', "neu");
        request.mutable_add_user()->mutable_user()->set_role(0);
        QCOMPARE(fieldOf(request, ErrorCode::Invalid), std::string("user.role"));
        request = office.addUser('5', "neu");
        request.mutable_add_user()->mutable_user()->set_display_name(std::string(121, 'x'));
        QCOMPARE(fieldOf(request, ErrorCode::Invalid), std::string("user.display_name"));
        request = office.addUser('6', "neu");
        request.mutable_add_user()->mutable_user()->set_site_ids(0, idOf('x'));
        QCOMPARE(codeIn(office.ask(office.chief, request)), ErrorCode::NotFound);
        QCOMPARE(fieldOf(office.addSite('7', " "), ErrorCode::Invalid), std::string("site.name"));
        QVERIFY(!office.world.store().findAccount("neu")->has_value());
    }

    void aResetCodeIsGoodOnceAndForADay() {
        Office office;
        const auto issue = [&] {
            const Outcome outcome = office.ask(office.chief, office.issueCode(office.world.anna));
            return outcome.accountResult->codes(0);
        };
        const wire::StartCode first = issue();
        QCOMPARE(first.expires_ms(), toUnixMs(office.world.now + kResetCodeValid));
        // Her password and sessions hold until it is used.
        QVERIFY(office.isSignedIn(office.world.anna));
        const wire::StartCode second = issue();
        QCOMPARE(codeIn(office.redeem("anna", first.code(), 'a')), ErrorCode::Unauthenticated);
        office.world.now += kResetCodeValid;
        QCOMPARE(codeIn(office.redeem("anna", second.code(), 'b')), ErrorCode::Unauthenticated);
        office.world.now -= Millis(1);
        QCOMPARE(codeIn(office.redeem("ben", second.code(), 'c')), ErrorCode::Unauthenticated);
        QCOMPARE(codeIn(office.redeem("anna", second.code(), 'd')), ErrorCode::Ok);
        QVERIFY(!office.isSignedIn(office.world.anna));
        QVERIFY(office.isSignedIn(office.world.ben));
        // Once; but the same request again is the same answer.
        QCOMPARE(codeIn(office.redeem("anna", second.code(), 'e')), ErrorCode::Unauthenticated);
        QCOMPARE(codeIn(office.redeem("anna", second.code(), 'd')), ErrorCode::Ok);
    }

    // Unknown, without a code, disabled, wrong: nothing says which.
    void aRefusedCodeSaysNothing() {
        Office office;
        const Outcome issued = office.ask(office.chief, office.issueCode(office.world.carl));
        QCOMPARE(codeIn(office.ask(office.chief, office.disable(office.world.carl))),
                 ErrorCode::Ok);
        std::vector<std::string> answers;
        for (const auto& [login, code] :
             {std::pair<std::string, std::string>{"nobody", "0000-0000-0000"},
              {"anna", "0000-0000-0000"},
              {"carl", issued.accountResult->codes(0).code()},
              {"", ""},
              {"anna", std::string(5000, 'A')}}) {
            answers.push_back(office.redeem(login, code, 'x').accountResult->SerializeAsString());
        }
        QVERIFY(std::ranges::all_of(answers, [&](const auto& one) { return one == answers[0]; }));
    }

    void whoIsDisabledIsSignedOutAtOnce() {
        Office office;
        const Outcome done = office.ask(office.chief, office.disable(office.world.anna));
        QCOMPARE(codeIn(done), ErrorCode::Ok);
        QVERIFY(std::ranges::find(done.signedOut, office.world.anna.account) !=
                done.signedOut.end());
        QVERIFY(!office.isSignedIn(office.world.anna));
        QVERIFY(office.world.load<record::User>(office.world.anna.user).disabled());
        QVERIFY(!office.world.run(FindLoginRequest{.login = "anna"}).account);
        QCOMPARE(codeIn(office.ask(office.chief, office.issueCode(office.world.anna))),
                 ErrorCode::RejectedState);
        // Not oneself: somebody must be left to administer.
        QCOMPARE(codeIn(office.ask(office.chief, office.disable(office.chief))),
                 ErrorCode::Forbidden);
        QCOMPARE(codeIn(office.ask(office.chief, office.issueCode(office.chief))),
                 ErrorCode::Forbidden);
        Person nobody;
        QCOMPARE(codeIn(office.ask(office.chief, office.disable(nobody))), ErrorCode::NotFound);
    }

    // An administrator has no power over the people of another dealer.
    void anAccountOfTwoTenantsIsNotOnesOwn() {
        Office office;
        const Outcome other =
            office.world.run(AddTenant{.name = "Autohaus Kaiser", .dealerColour = 2});
        const TenantId kaiser(other.created.front().uuid());
        record::User user;
        user.set_display_name("Anna bei Kaiser");
        QCOMPARE(office.world
                     .run(AddUser{.tenant = kaiser,
                                  .login = "anna",
                                  .passwordHash = {},
                                  .record = user,
                                  .roles = {}})
                     .code,
                 ErrorCode::Ok);
        QCOMPARE(codeIn(office.ask(office.chief, office.issueCode(office.world.anna))),
                 ErrorCode::Forbidden);
        // He ends her work with him; her account and the other dealer go on.
        QCOMPARE(codeIn(office.ask(office.chief, office.disable(office.world.anna))),
                 ErrorCode::Ok);
        QVERIFY(office.world.run(FindLoginRequest{.login = "anna"}).account);
        QCOMPARE(office.world.run(office.world.pushOf(office.world.anna, {})).code,
                 ErrorCode::Forbidden);
    }

    void aNewPasswordEndsTheOtherDesks() {
        Office office;
        const Person anna = office.world.anna;
        const Person second = office.world.anotherDesk(anna);
        const Outcome issued = office.ask(office.chief, office.issueCode(anna));
        const auto change = [&](const Person& desk, char id, const std::string& checked) {
            return office.world.run(ChangePasswordRequest{
                .who = desk.who, .id = idOf(id), .checkedHash = checked, .newHash = "hash 2"});
        };
        QCOMPARE(codeIn(change(anna, 'a', "another hash")), ErrorCode::Unauthenticated);
        QVERIFY(office.isSignedIn(second));
        const Outcome done = change(anna, 'a', "no password");
        QCOMPARE(codeIn(done), ErrorCode::Ok);
        QVERIFY(!done.signedOut.empty());
        QVERIFY(office.isSignedIn(anna));
        QVERIFY(!office.isSignedIn(second));
        // Nor does a code that lay about.
        QCOMPARE(codeIn(office.redeem("anna", issued.accountResult->codes(0).code(), 'r')),
                 ErrorCode::Unauthenticated);
        // The answer was lost: the old password is no longer right, yet it was done.
        const Outcome found =
            office.world.run(FindPasswordRequest{.who = anna.who, .id = idOf('a')});
        QCOMPARE(codeIn(found), ErrorCode::Ok);
        QVERIFY(found.accountResult);
        QCOMPARE(office.world.run(FindPasswordRequest{.who = second.who, .id = idOf('b')}).code,
                 ErrorCode::Unauthenticated);
    }

    void signOutEverywhere_data() {
        QTest::addColumn<bool>("thisDesk");
        QTest::newRow("but here") << false;
        QTest::newRow("here, too") << true;
    }
    void signOutEverywhere() {
        QFETCH(const bool, thisDesk);
        Office office;
        const Person second = office.world.anotherDesk(office.world.anna);
        wire::AccountRequest request;
        request.set_request_id(idOf('o'));
        request.mutable_sign_out()->set_this_desk(thisDesk);
        QCOMPARE(codeIn(office.ask(office.world.anna, request)), ErrorCode::Ok);
        QVERIFY(!office.isSignedIn(second));
        QCOMPARE(office.isSignedIn(office.world.anna), !thisDesk);
        QVERIFY(office.isSignedIn(office.world.ben));
    }
};

}  // namespace vorfahrt::tests

QTEST_GUILESS_MAIN(vorfahrt::tests::AccountServiceTest)
#include "account_service_test.moc"
