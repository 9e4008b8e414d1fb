// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's half of PROTOCOL.md, section 9: one request at a time, online only, never stored.
#include "tests/sync/client_core_bench.h"

#include <QTest>

namespace vorfahrt::tests {

using namespace std::chrono_literals;

namespace {

struct AccountBench : Bench {
    using Bench::Bench;

    // What was answered to a request so far.
    std::vector<AccountAnswer> answersTo(std::uint64_t ref) const {
        std::vector<AccountAnswer> out;
        for (const Effect& one : effects) {
            const auto* answer = std::get_if<effect::AccountAnswered>(&one);
            if (answer != nullptr && answer->ref == ref) {
                out.push_back(answer->answer);
            }
        }
        return out;
    }
    bool isAnswered(std::uint64_t ref, ErrorCode code) const {
        const auto answers = answersTo(ref);
        return answers.size() == 1 && answers.front().code == code;
    }
    void ask(const AccountRequest& request, std::uint64_t ref) {
        core.account(request, ref);
        pump();
    }
    void enterNew() {
        goOnline();
        wire::Down down = welcome();
        down.mutable_welcome()->set_accounts(true);
        Bench::down(down);
    }
    // Requests about accounts that were sent.
    std::vector<wire::AccountRequest> asked() const {
        std::vector<wire::AccountRequest> out;
        for (const wire::Up& up : sent) {
            if (up.has_account()) {
                out.push_back(up.account());
            }
        }
        return out;
    }
    void answer(ErrorCode code, const std::string& id) {
        wire::Down down;
        down.mutable_account_result()->set_request_id(id);
        down.mutable_account_result()->set_code(static_cast<std::uint32_t>(code));
        Bench::down(down);
    }
};

NewSite site(std::string name, std::string city = {}) {
    NewSite out;
    out.name = std::move(name);
    out.city = std::move(city);
    return out;
}

const RedeemCode kRedeem{.login = "anna", .code = "1234", .password = "ein langes Wort"};
const ChangePassword kChange{.oldPassword = "alt", .newPassword = "ein neues Wort"};

}  // namespace

class ClientAccountTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beforeSignInItConnectsAndTheSignInFollowsOnTheSameLine() {
        AccountBench bench(false);
        bench.ask(kRedeem, 7);
        QVERIFY(bench.connecting);
        QVERIFY(bench.sent.empty());
        bench.core.opened();
        bench.pump();
        QCOMPARE(bench.asked().size(), std::size_t(1));
        const wire::AccountRequest request = bench.asked().front();
        QCOMPARE(request.redeem().login(), std::string("anna"));
        QCOMPARE(request.request_id().size(), std::size_t(16));
        // One at a time.
        bench.ask(kRedeem, 8);
        QVERIFY(bench.isAnswered(8, ErrorCode::RateLimited));
        bench.answer(ErrorCode::Ok, "an id of somebody");
        QVERIFY(bench.answersTo(7).empty());
        bench.answer(ErrorCode::Ok, request.request_id());
        QVERIFY(bench.isAnswered(7, ErrorCode::Ok));
        QVERIFY(!bench.timers.contains(TimerKind::Account));
        const int connects = bench.count<effect::Connect>();
        bench.core.login("anna", "ein langes Wort");
        bench.pump();
        QVERIFY(bench.sent.back().has_login());
        QCOMPARE(bench.count<effect::Connect>(), connects);
    }

    void aLineThatIsAboutToEndIsNotUsed() {
        AccountBench bench(false);
        bench.ask(kRedeem, 1);
        bench.core.opened();
        bench.pump();
        bench.answer(ErrorCode::Unauthenticated, bench.asked().back().request_id());
        bench.clock.advance(15s);
        const int connects = bench.count<effect::Connect>();
        bench.ask(kRedeem, 2);
        QCOMPARE(bench.count<effect::Connect>(), connects + 1);
        QCOMPARE(bench.asked().size(), std::size_t(1));
        bench.core.opened();
        bench.pump();
        QCOMPARE(bench.asked().size(), std::size_t(2));
    }

    void aLostAnswerIsUnavailableAndTheRepeatHasTheSameId_data() {
        QTest::addColumn<int>("how");
        QTest::newRow("unreachable") << 0;
        QTest::newRow("lost") << 1;
        QTest::newRow("no answer") << 2;
    }
    void aLostAnswerIsUnavailableAndTheRepeatHasTheSameId() {
        QFETCH(const int, how);
        AccountBench bench(false);
        bench.ask(kRedeem, 1);
        if (how > 0) {
            bench.core.opened();
            bench.pump();
        }
        how == 2 ? bench.core.timer(TimerKind::Account)
                 : bench.core.closed(how == 0 ? CloseReason::Unreachable : CloseReason::Lost);
        bench.pump();
        QVERIFY(bench.isAnswered(1, ErrorCode::Unavailable));
        // Nothing goes out by itself.
        QCOMPARE(bench.core.state(), State::Offline);
        QVERIFY(!bench.timers.contains(TimerKind::Reconnect));
        bench.ask(kRedeem, 2);
        bench.core.opened();
        bench.pump();
        const auto asked = bench.asked();
        const std::string id = asked.back().request_id();
        QVERIFY(how == 0 || asked.front().request_id() == id);
        bench.answer(ErrorCode::Unauthenticated, id);
        QVERIFY(bench.isAnswered(2, ErrorCode::Unauthenticated));
        // Answered: the next try is another request, and so is one with another code.
        bench.ask(kRedeem, 3);
        QVERIFY(bench.asked().back().request_id() != id);
        bench.answer(ErrorCode::Unauthenticated, bench.asked().back().request_id());
        RedeemCode other = kRedeem;
        other.code = "4321";
        bench.ask(other, 4);
        QVERIFY(bench.asked().back().request_id() != id);
    }

    void whatNeedsASessionIsNotQueued() {
        AccountBench bench;
        bench.ask(kChange, 1);
        QVERIFY(bench.isAnswered(1, ErrorCode::Unavailable));
        bench.enterNew();
        QVERIFY(bench.asked().empty());
        bench.ask(kChange, 2);
        QCOMPARE(bench.asked().size(), std::size_t(1));
        QCOMPARE(bench.asked().front().change_password().new_password(),
                 std::string("ein neues Wort"));
        // The line breaks: told at once, and not sent again with the next session.
        bench.core.closed(CloseReason::Lost);
        bench.pump();
        QVERIFY(bench.isAnswered(2, ErrorCode::Unavailable));
        bench.core.timer(TimerKind::Reconnect);
        bench.core.opened();
        bench.pump();
        QCOMPARE(bench.asked().size(), std::size_t(1));
    }

    void aServerThatIsSilentKeepsTheSession() {
        AccountBench bench;
        bench.enterNew();
        bench.ask(SignOutEverywhere{}, 1);
        bench.core.timer(TimerKind::Account);
        bench.pump();
        QVERIFY(bench.isAnswered(1, ErrorCode::Unavailable));
        QVERIFY(bench.core.state() == State::Synchronizing ||
                bench.core.state() == State::Synchronized);
    }

    void anOlderServerIsNotAsked() {
        AccountBench bench;
        bench.enter();  // its Welcome does not know of accounts
        bench.ask(kChange, 1);
        QVERIFY(bench.isAnswered(1, ErrorCode::Unsupported));
        QVERIFY(bench.asked().empty());
        // Before a session nothing says how old it is: it ends the connection.
        AccountBench first(false);
        first.ask(kRedeem, 1);
        first.core.opened();
        wire::Down down;
        down.mutable_refused()->set_code(static_cast<std::uint32_t>(ErrorCode::BadFrame));
        down.mutable_refused()->set_closing(true);
        first.down(down);
        QVERIFY(first.isAnswered(1, ErrorCode::Unsupported));
    }

    void nobodyIsSetUpOrRedeemedWhileSignedIn() {
        AccountBench bench;
        bench.enterNew();
        bench.ask(kRedeem, 1);
        QVERIFY(bench.isAnswered(1, ErrorCode::RejectedState));
        bench.ask(SetUp{}, 2);
        QVERIFY(bench.isAnswered(2, ErrorCode::RejectedState));
        QVERIFY(bench.asked().empty());
    }

    // The sign-in of somebody who gave up waiting.
    void aSignInBreaksARequestOff() {
        AccountBench bench(false);
        bench.ask(kRedeem, 1);
        bench.core.opened();
        bench.core.login("anna", "ein langes Wort");
        bench.pump();
        QVERIFY(bench.isAnswered(1, ErrorCode::Unavailable));
        QVERIFY(!bench.sent.back().has_login());
        bench.core.opened();
        bench.pump();
        QVERIFY(bench.sent.back().has_login());
    }

    void theFormTravelsWhole() {
        AccountBench bench(false);
        SetUp form;
        form.code = "7QX4";
        form.tenantName = "Brandt";
        form.sites = {site("Wandsbek", "Hamburg"), site("Harburg")};
        form.login = "chef";
        form.displayName = "Die Chefin";
        form.password = "ein langes Wort";
        form.users = {{.person = {.login = "a", .displayName = "A", .role = record::MANAGER},
                       .sites = {0, 1}}};
        bench.ask(form, 1);
        bench.core.opened();
        bench.pump();
        const wire::Setup setup = bench.asked().back().setup();
        QCOMPARE(setup.sites(0).city(), std::string("Hamburg"));
        QCOMPARE(setup.users(0).site_nos_size(), 2);
        QCOMPARE(setup.users(0).role(), std::uint32_t(record::MANAGER));
        QCOMPARE(setup.administrator().login(), std::string("chef"));
        wire::Down down;
        wire::AccountResult& result = *down.mutable_account_result();
        result.set_request_id(bench.asked().back().request_id());
        result.add_created(std::string(16, 'n'));
        result.add_codes()->set_login("a");
        result.mutable_codes(0)->set_code("AAAA-BBBB-CCCC");
        result.mutable_codes(0)->set_expires_ms(5);
        bench.down(down);
        const AccountAnswer answer = bench.answersTo(1).at(0);
        QCOMPARE(answer.codes.at(0).code, std::string("AAAA-BBBB-CCCC"));
        QCOMPARE(answer.codes.at(0).expiresMs, std::int64_t(5));
        QCOMPARE(answer.created.at(0).bytes(), std::string(16, 'n'));
    }
};

}  // namespace vorfahrt::tests

QTEST_GUILESS_MAIN(vorfahrt::tests::ClientAccountTest)
#include "client_account_test.moc"
