// SPDX-License-Identifier: GPL-3.0-or-later
// The real window on invented data, one picture per page and state.
#include "client/ui/customers/customers_page.h"
#include "client/ui/leads/inbox_page.h"
#include "client/ui/leads/lead_detail_pane.h"
#include "client/ui/leads/lead_list_pane.h"
#include "client/ui/leads/leads_page.h"
#include "client/ui/palette/palette.h"
#include "client/ui/palette/palette_list.h"
#include "client/ui/shell/help_page.h"
#include "client/ui/shell/key_editor.h"
#include "client/ui/shell/top_bar.h"
#include "client/ui/widgets/composer.h"
#include "client/ui/widgets/lead_list.h"
#include "tests/ui/gallery/shots.h"
#include "tests/ui/world/desk_setup.h"
#include "tests/ui/world/sample_world.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QThread>

namespace vorfahrt::test {
namespace {

using namespace vorfahrt::client;

// A world, its view models and its window; the window takes the rest with it.
struct Stage {
    std::unique_ptr<DeskWorld> world = std::make_unique<DeskWorld>(kSampleNowMs);
    SampleWorld sample;
    std::unique_ptr<DeskSetup> setup;
    std::unique_ptr<app::DeskWindow> window;

    Stage() { setup = std::make_unique<DeskSetup>(*world); }

    void begin(const ShotContext& context, bool online = true) {
        window = setup->makeWindow(context.theme,
                                   context.german ? QStringLiteral("de") : QStringLiteral("en"));
        world->start(online);
        setup->settle();
    }
    void choose(LeadId lead) {
        setup->leads.choose(lead);
        setup->settle();
        window->leadsPage().list().show(lead);
    }
    std::unique_ptr<QWidget> finish() {
        setup->settle();
        struct Keeper final : QObject {
            explicit Keeper(QObject* parent)
                : QObject(parent) {}
            // Destroyed last to first: the view models before the world they stand on.
            std::unique_ptr<DeskWorld> world;
            std::unique_ptr<DeskSetup> setup;
        };
        auto* keeper = new Keeper(window.get());
        keeper->world = std::move(world);
        keeper->setup = std::move(setup);
        return std::move(window);
    }
};

std::unique_ptr<QWidget> leads(const ShotContext& context) {
    Stage stage;
    stage.world->setRole(record::MANAGER);
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.choose(stage.sample.mine);
    ui::LeadListPane& list = stage.window->leadsPage().list();
    list.list().setHoveredForPicture(list.rows().index(1, 0));
    stage.setup->leads.detail().setDraft(
        context.text("Told her the valuation by telephone.",
                     "Bewertung telefonisch durchgegeben, Frau Krüger meldet sich bis 14 Uhr."));
    stage.window->leadsPage().detail().composer().setText(stage.setup->leads.detail().draft());
    stage.setup->leads.detail().flushDraft();
    return stage.finish();
}

// Two leads that came while somebody worked in the list.
std::unique_ptr<QWidget> leadsNew(const ShotContext& context) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.choose(stage.sample.mine);
    stage.setup->leads.list().setHolding(true);
    for (int i = 0; i < 2; ++i) {
        stage.world->putTeaser(stage.world->newId(), stage.sample.teaser);
    }
    stage.world->flush();
    return stage.finish();
}

// The replica cannot be read any more: the rows of before stay.
std::unique_ptr<QWidget> leadsUnreadable(const ShotContext& context) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.setup->reader.open("/nonexistent/replica.db");
    stage.setup->leads.list().reload();
    stage.choose(stage.sample.mine);
    return stage.finish();
}

std::unique_ptr<QWidget> businesses(const ShotContext& context) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    client::sync::Account account = stage.world->account();
    account.tenants.push_back(
        {TenantId(stage.world->newId().uuid()), stage.world->me(), "Autohaus Nord GmbH", ""});
    stage.world->port().announce(account);
    return stage.finish();
}

std::unique_ptr<QWidget> leadsMasked(const ShotContext& context) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.choose(stage.sample.toClaim);
    return stage.finish();
}

std::unique_ptr<QWidget> leadsClaimed(const ShotContext& context) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.choose(stage.sample.toClaim);
    stage.sample.winClaim(*stage.world);
    stage.setup->settle();
    stage.choose(stage.sample.toClaim);
    return stage.finish();
}

std::unique_ptr<QWidget> leadsTaken(const ShotContext& context) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.choose(stage.sample.toClaim);
    stage.sample.loseClaim(*stage.world);
    return stage.finish();
}

std::unique_ptr<QWidget> leadsClose(const ShotContext& context) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.choose(stage.sample.mine);
    stage.window->leadsPage().detail().openClosePanel();
    return stage.finish();
}

std::unique_ptr<QWidget> offline(const ShotContext& context) {
    Stage stage;
    stage.world->setRole(record::MANAGER);
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.choose(stage.sample.mine);
    stage.world->clock().advance(Millis(60'000));
    stage.world->goOffline();
    viewmodel::LeadDetail& lead = stage.setup->leads.detail();
    lead.setDraft(context.text("Price is fine for her.", "Preis passt, Abholung am Freitag."));
    lead.addNote();
    stage.setup->settle();
    lead.moveTo(record::NEGOTIATION);
    stage.setup->settle();
    stage.setup->leads.claim(stage.sample.toClaim);
    stage.world->port().answerClaim({stage.world->tenant(),
                                     stage.sample.toClaim,
                                     client::sync::ClaimAnswer::Outcome::Noted,
                                     {},
                                     {},
                                     ErrorCode::Ok});
    stage.setup->settle();
    stage.world->port().refuseOldest(stage.world->tenant(), ErrorCode::StaleToken);
    // The pill changes once a second at most.
    QThread::msleep(1100);
    return stage.finish();
}

std::unique_ptr<QWidget> customer(const ShotContext& context, bool editing) {
    Stage stage;
    stage.world->setRole(record::MANAGER);
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.window->go(QStringLiteral("customers"));
    stage.window->customersPage().open(stage.sample.customer);
    stage.setup->settle();
    stage.window->customersPage().open(stage.sample.customer);
    if (editing) {
        stage.window->actions().action(QStringLiteral("customer.edit"))->trigger();
    }
    return stage.finish();
}

// A new customer with similar ones beside the form.
std::unique_ptr<QWidget> customerNew(const ShotContext& context) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.window->go(QStringLiteral("customers"));
    stage.window->customersPage().startNew(QStringLiteral("Sabine Krueger"));
    stage.setup->settle();
    auto* plate = stage.window->findChild<QAbstractButton*>(QStringLiteral("addVehicle"));
    plate->click();
    stage.setup->customers.form().type(
        viewmodel::FieldName::vehicle(stage.setup->customers.form().vehicles().front().id, "plate"),
        QStringLiteral("hh sk 4817"));
    QThread::msleep(200);
    stage.setup->settle();
    return stage.finish();
}

// Errors and warnings at their fields.
std::unique_ptr<QWidget> customerErrors(const ShotContext& context) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.window->go(QStringLiteral("customers"));
    stage.window->customersPage().open(stage.sample.customer);
    stage.setup->settle();
    stage.window->actions().action(QStringLiteral("customer.edit"))->trigger();
    stage.setup->settle();
    for (const auto& [name, text] :
         {std::pair("customerContact2", "s.krueger(at)example"), std::pair("vehicleVin0", "12345"),
          std::pair("vehicleHsn0", "60"), std::pair("vehiclePlate0", "AB 123 CD"),
          std::pair("customerTitle", "Dr. med. Dr. phil. habil. Dipl.-Kauffrau (FH)")}) {
        auto* edit = stage.window->findChild<QLineEdit*>(QString::fromLatin1(name));
        edit->setFocus();
        edit->clear();
        edit->insert(QString::fromUtf8(text));
        Q_EMIT edit->textEdited(edit->text());
        Q_EMIT edit->editingFinished();
    }
    stage.setup->settle();
    return stage.finish();
}

std::unique_ptr<QWidget> customersEmpty(const ShotContext& context, bool filtered) {
    Stage stage;
    if (filtered) {
        stage.sample = fillSample(*stage.world);
    } else {
        stage.world->flush();
    }
    stage.begin(context);
    stage.window->go(QStringLiteral("customers"));
    if (filtered) {
        stage.window->findChild<QLineEdit*>(QStringLiteral("customerFilter"))
            ->setText(QStringLiteral("Quittenbaum"));
        QThread::msleep(100);
    }
    return stage.finish();
}

std::unique_ptr<QWidget> inbox(const ShotContext& context) {
    Stage stage;
    stage.world->setRole(record::MANAGER);
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.window->go(QStringLiteral("inbox"));
    auto* list = stage.window->findChild<QListView*>(QStringLiteral("inboxList"));
    list->setCurrentIndex(list->model()->index(0, 0));
    stage.setup->settle();
    stage.window->actions().action(QStringLiteral("inbox.convert"))->trigger();
    return stage.finish();
}

std::unique_ptr<QWidget> empty(const ShotContext& context) {
    Stage stage;
    stage.world->flush();
    stage.begin(context);
    return stage.finish();
}

std::unique_ptr<QWidget> page(const ShotContext& context, const QString& name) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.window->go(name);
    return stage.finish();
}

// The search window over the page of leads. row: line to choose, after the first.
std::unique_ptr<QWidget> search(const ShotContext& context, const char* text, int row = 0) {
    Stage stage;
    stage.world->setRole(record::MANAGER);
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.choose(stage.sample.mine);
    if (*text == '\0') {
        for (const char* used : {"sync.now", "lead.note", "lead.note"}) {
            stage.window->search().recents().ran(QString::fromLatin1(used));
        }
        stage.window->customersPage().open(stage.sample.customer);
        stage.setup->settle();
    }
    stage.window->palette().openWith(QString::fromUtf8(text));
    stage.setup->settle();
    stage.window->palette().list().step(row);
    stage.setup->settle();
    return stage.finish();
}

std::unique_ptr<QWidget> keyChange(const ShotContext& context) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.window->go(QStringLiteral("help"));
    // The list is made when it is first shown.
    QShowEvent shown;
    QCoreApplication::sendEvent(stage.window->findChild<ui::HelpPage*>(), &shown);
    stage.window->findChild<QAbstractButton*>(QStringLiteral("key.lead.close"))->click();
    auto* field = stage.window->findChild<ui::KeyField*>();
    QKeyEvent key(QEvent::KeyPress, Qt::Key_T, Qt::NoModifier, QStringLiteral("t"));
    QCoreApplication::sendEvent(field, &key);
    return stage.finish();
}

// The tray beside a page that is not that of the leads.
std::unique_ptr<QWidget> tray(const ShotContext& context) {
    Stage stage;
    stage.world->setRole(record::MANAGER);
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.choose(stage.sample.mine);
    viewmodel::LeadDetail& lead = stage.setup->leads.detail();
    for (const char* note : {"Rückruf am Freitag.", "Preis passt."}) {
        lead.setDraft(QString::fromUtf8(note));
        lead.addNote();
        stage.setup->settle();
    }
    stage.world->port().refuseOldest(stage.world->tenant(), ErrorCode::StaleToken);
    stage.window->go(QStringLiteral("customers"));
    stage.window->customersPage().open(stage.sample.customer);
    stage.setup->settle();
    stage.window->run(QStringLiteral("sync.tray"));
    QThread::msleep(1100);
    return stage.finish();
}

std::unique_ptr<QWidget> drawer(const ShotContext& context) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.window->resize(1280, 800);
    stage.choose(stage.sample.mine);
    stage.window->run(QStringLiteral("lead.context"));
    return stage.finish();
}

std::unique_ptr<QWidget> login(const ShotContext& context) {
    Stage stage;
    client::sync::SyncStatus status;
    status.state = client::sync::State::LoggingIn;
    status.lastContactMs = kSampleNowMs;
    stage.window = stage.setup->makeWindow(
        context.theme, context.german ? QStringLiteral("de") : QStringLiteral("en"));
    stage.world->port().setStatus(status);
    stage.window->findChild<QLineEdit*>(QStringLiteral("loginPassword"))
        ->setText(QStringLiteral("0123456789"));
    return stage.finish();
}

std::unique_ptr<QWidget> loginWrong(const ShotContext& context) {
    Stage stage;
    stage.window = stage.setup->makeWindow(
        context.theme, context.german ? QStringLiteral("de") : QStringLiteral("en"));
    client::sync::SyncStatus status;
    status.trouble = client::sync::Trouble::WrongCertificate;
    stage.world->port().setStatus(status);
    stage.setup->signIn.submit(QStringLiteral("jonas.martens"), QStringLiteral("x"));
    stage.world->port().answerLogin(ErrorCode::Unauthenticated);
    return stage.finish();
}

// Three people have signed in here before.
void announcePeople(Stage& stage) {
    using client::sync::Person;
    Q_EMIT stage.world->port().peopleChanged({Person{.login = "jonas.martens",
                                                     .name = "Jonas Martens",
                                                     .business = "Autohaus Brandt & Söhne",
                                                     .opensOffline = true},
                                              Person{.login = "murat.aydin",
                                                     .name = "Murat Aydın",
                                                     .business = "Autohaus Brandt & Söhne",
                                                     .opensOffline = true},
                                              Person{.login = "petra.lange",
                                                     .name = "Petra Lange",
                                                     .business = "Autohaus Brandt & Söhne",
                                                     .opensOffline = true}},
                                             client::sync::KeyStoreState::Ready);
}

void makeLogin(Stage& stage, const ShotContext& context) {
    stage.window = stage.setup->makeWindow(
        context.theme, context.german ? QStringLiteral("de") : QStringLiteral("en"));
    stage.window->show();
}

void press(Stage& stage, const char* name) {
    for (auto* button : stage.window->findChildren<QAbstractButton*>(QString::fromLatin1(name))) {
        if (button->isVisible()) {
            button->click();
            return;
        }
    }
}

void enter(Stage& stage, const char* name, const QString& text) {
    stage.window->findChild<QLineEdit*>(QString::fromLatin1(name))->setText(text);
}

std::unique_ptr<QWidget> loginPeople(const ShotContext& context) {
    Stage stage;
    makeLogin(stage, context);
    announcePeople(stage);
    return stage.finish();
}

std::unique_ptr<QWidget> loginLocked(const ShotContext& context) {
    Stage stage;
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.setup->desk.leave(client::viewmodel::Desk::Left::Locked);
    stage.setup->settle();
    makeLogin(stage, context);
    announcePeople(stage);
    return stage.finish();
}

// changed: the known server shows another certificate than the pinned one.
std::unique_ptr<QWidget> server(const ShotContext& context, bool changed) {
    Stage stage;
    makeLogin(stage, context);
    press(stage, "loginChangeServer");
    if (!changed) {
        enter(stage, "serverAddress", QStringLiteral("vorfahrt.autohaus-brandt.example"));
    }
    press(stage, "serverConnect");
    Q_EMIT stage.setup->probe.finished(
        QByteArray::fromHex("3fa1c07b9e52d8464b1a07e5c2f9a3d16e08b7541c9df2308a65e4bb17c0d92f"));
    return stage.finish();
}

std::unique_ptr<QWidget> redeem(const ShotContext& context) {
    Stage stage;
    makeLogin(stage, context);
    press(stage, "loginUseCode");
    enter(stage, "redeemCode", QStringLiteral("7QXK-2M4P-9RTD"));
    enter(stage, "redeemPassword", QStringLiteral("kurz"));
    press(stage, "redeemSubmit");
    return stage.finish();
}

std::unique_ptr<QWidget> setUp(const ShotContext& context, bool codes) {
    Stage stage;
    makeLogin(stage, context);
    press(stage, "loginSetUp");
    enter(stage, "setupCode", QStringLiteral("7QXK-2M4P-9RTD"));
    enter(stage, "setupBusiness", QStringLiteral("Autohaus Brandt & Söhne"));
    press(stage, "setupNext0");
    enter(stage, "setupSite0", QStringLiteral("Wandsbek"));
    press(stage, "setupAddSite");
    enter(stage, "setupSite1", QStringLiteral("Harburg"));
    press(stage, "setupNext1");
    enter(stage, "setupName", QStringLiteral("Jonas Martens"));
    enter(stage, "setupLogin", QStringLiteral("jonas.martens"));
    enter(stage, "setupPassword", QStringLiteral("0123456789"));
    enter(stage, "setupRepeat", QStringLiteral("0123456789"));
    press(stage, "setupNext2");
    enter(stage, "setupUserName0", QStringLiteral("Murat Aydın"));
    enter(stage, "setupUserLogin0", QStringLiteral("murat.aydin"));
    press(stage, "setupAddUser");
    enter(stage, "setupUserName1", QStringLiteral("Petra Lange"));
    enter(stage, "setupUserLogin1", QStringLiteral("petra.lange"));
    if (codes) {
        press(stage, "setupNext3");
        client::sync::AccountAnswer answer;
        answer.codes = {{.user = {},
                         .login = "murat.aydin",
                         .code = "7QXK-2M4P-9RTD",
                         .expiresMs = kSampleNowMs + 604'800'000},
                        {.user = {},
                         .login = "petra.lange",
                         .code = "H3VN-8WZC-5BJA",
                         .expiresMs = kSampleNowMs + 604'800'000}};
        stage.world->port().answerAccount(answer);
    }
    return stage.finish();
}

std::unique_ptr<QWidget> account(const ShotContext& context) {
    Stage stage;
    stage.world->setRole(record::ADMIN);
    stage.sample = fillSample(*stage.world);
    stage.begin(context);
    stage.window->go(QStringLiteral("account"));
    return stage.finish();
}

}  // namespace

void registerAppShots(ShotRegistry& registry) {
    const QSize full(1920, 1080);
    const auto add = [&](const char* name, ShotFactory factory) {
        registry.registerShot(QString::fromLatin1(name), full, std::move(factory));
    };
    add("leads", leads);
    add("leads-new", leadsNew);
    add("leads-unreadable", leadsUnreadable);
    add("leads-masked", leadsMasked);
    add("leads-claimed", leadsClaimed);
    add("leads-taken", leadsTaken);
    add("leads-close", leadsClose);
    add("offline", offline);
    add("empty", empty);
    add("customer", [](const ShotContext& context) { return customer(context, false); });
    add("customer-edit", [](const ShotContext& context) { return customer(context, true); });
    add("customer-new", customerNew);
    add("customer-errors", customerErrors);
    add("customers-empty",
        [](const ShotContext& context) { return customersEmpty(context, false); });
    add("customers-filtered",
        [](const ShotContext& context) { return customersEmpty(context, true); });
    registry.registerShot(QStringLiteral("customer-small"), QSize(1366, 768),
                          [](const ShotContext& context) { return customer(context, false); });
    add("inbox", inbox);
    add("help", [](const ShotContext& context) { return page(context, QStringLiteral("help")); });
    add("settings",
        [](const ShotContext& context) { return page(context, QStringLiteral("settings")); });
    add("businesses", businesses);
    add("login", login);
    add("login-problem", loginWrong);
    add("search", [](const ShotContext& context) { return search(context, "krüger"); });
    add("search-two", [](const ShotContext& context) { return search(context, "sab pas"); });
    add("search-empty", [](const ShotContext& context) { return search(context, ""); });
    add("search-nothing",
        [](const ShotContext& context) { return search(context, "Zwiebelfisch"); });
    add("search-commands", [](const ShotContext& context) { return search(context, ">", 2); });
    registry.registerShot(QStringLiteral("search-small"), QSize(1280, 800),
                          [](const ShotContext& context) { return search(context, "krüger"); });
    add("key-change", keyChange);
    add("tray", tray);
    registry.registerShot(QStringLiteral("drawer"), QSize(1280, 800), drawer);
    add("login-people", loginPeople);
    add("login-locked", loginLocked);
    add("server", [](const ShotContext& context) { return server(context, false); });
    add("server-changed", [](const ShotContext& context) { return server(context, true); });
    add("redeem", redeem);
    add("setup-users", [](const ShotContext& context) { return setUp(context, false); });
    add("setup-codes", [](const ShotContext& context) { return setUp(context, true); });
    add("account", account);
    registry.registerShot(QStringLiteral("leads-small"), QSize(1366, 768), leads);
}

}  // namespace vorfahrt::test
