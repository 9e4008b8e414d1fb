// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/admin.h"

#include "common/schema/lead.pb.h"
#include "server/app/admin_store.h"
#include "server/app/demo_data.h"
#include "server/app/password_input.h"
#include "server/app/server.h"
#include "server/service/auth.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

namespace vorfahrt::server::app {
namespace {

// Words of one command: what stands by place, and --name value pairs.
struct Words {
    std::vector<std::string> places;
    std::multimap<std::string, std::string> options;

    [[nodiscard]] std::string option(const std::string& name, std::string otherwise = {}) const {
        const auto it = options.find(name);
        return it == options.end() ? otherwise : it->second;
    }
    [[nodiscard]] std::vector<std::string> all(const std::string& name) const {
        std::vector<std::string> out;
        for (auto [it, end] = options.equal_range(name); it != end; ++it) {
            out.push_back(it->second);
        }
        return out;
    }
};

Result<Words> split(const std::vector<std::string>& words) {
    Words out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!words[i].starts_with("--")) {
            out.places.push_back(words[i]);
        } else if (words[i] == "--password-stdin") {
            continue;  // standard input is where it comes from anyway
        } else if (i + 1 < words.size()) {
            out.options.emplace(words[i].substr(2), words[i + 1]);
            ++i;
        } else {
            return fail(ErrorCode::Invalid, words[i] + ": value missing");
        }
    }
    return out;
}

Result<std::uint32_t> numberOf(const std::string& text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        return fail(ErrorCode::Invalid, text + ": not a number");
    }
    return number;
}

Result<record::Role> roleOf(const std::string& text) {
    if (text == "sales") {
        return record::SALES;
    }
    if (text == "manager") {
        return record::MANAGER;
    }
    if (text == "admin") {
        return record::ADMIN;
    }
    return fail(ErrorCode::Invalid, "--role sales, manager or admin");
}

Result<record::SourceKind> kindOf(const std::string& text) {
    static const std::map<std::string, record::SourceKind> kKinds{
        {"other", record::SOURCE_OTHER},  {"homepage", record::HOMEPAGE},
        {"mobile_de", record::MOBILE_DE}, {"autoscout24", record::AUTOSCOUT24},
        {"email", record::EMAIL_SOURCE},  {"call_centre", record::CALL_CENTRE},
        {"walk_in", record::WALK_IN},
    };
    const auto it = kKinds.find(text);
    if (it == kKinds.end()) {
        return fail(ErrorCode::Invalid, "--kind is not one of those in --help");
    }
    return it->second;
}

std::string idLine(std::string_view what, RowId id) {
    return fmt::format("{{\"{}\":\"{}\"}}", what, id.text());
}

// One command on an open database.
class Run {
public:
    Run(AdminStore& store, const Words& words)
        : store_(store),
          words_(words) {}

    [[nodiscard]] Result<std::string> tenantAdd() {
        VF_CHECK(places(1));
        VF_TRY(const std::uint32_t colour, numberOf(words_.option("colour", "1")));
        VF_TRY(const auto created,
               store_.run(service::AddTenant{.name = place(0), .dealerColour = colour}));
        return idLine("tenant", created.front());
    }

    [[nodiscard]] Result<std::string> tenantList() {
        VF_TRY(const auto tenants, store_.tenants());
        return list(tenants);
    }

    [[nodiscard]] Result<std::string> siteAdd() {
        VF_CHECK(places(2));
        service::SaveSite command;
        VF_TRY(command.tenant, store_.tenant(place(0)));
        VF_TRY(const std::uint32_t seconds, numberOf(words_.option("return-seconds", "0")));
        command.record.set_name(place(1));
        command.record.set_return_seconds(seconds);
        command.record.set_street(words_.option("street"));
        command.record.set_postcode(words_.option("postcode"));
        command.record.set_city(words_.option("city"));
        VF_TRY(const auto created, store_.run(std::move(command)));
        return idLine("site", created.front());
    }

    [[nodiscard]] Result<std::string> siteList() {
        VF_CHECK(places(1));
        VF_TRY(const TenantId tenant, store_.tenant(place(0)));
        VF_TRY(const auto sites, store_.sites(tenant));
        return list(sites);
    }

    [[nodiscard]] Result<std::string> sourceAdd() {
        VF_CHECK(places(3));
        service::SaveSource command;
        VF_TRY(command.tenant, store_.tenant(place(0)));
        VF_TRY(const RowId site, store_.site(command.tenant, place(1)));
        VF_TRY(const record::SourceKind kind, kindOf(words_.option("kind", "other")));
        command.record.set_name(place(2));
        command.record.set_kind(kind);
        command.record.set_site_id(site.bytes());
        command.record.set_intake_address(words_.option("address"));
        VF_TRY(const auto created, store_.run(std::move(command)));
        return idLine("source", created.front());
    }

    [[nodiscard]] Result<std::string> userAdd() {
        VF_CHECK(places(2));
        service::AddUser command;
        VF_TRY(command.tenant, store_.tenant(place(0)));
        command.login = place(1);
        command.record.set_display_name(words_.option("name", place(1)));
        const auto roles = words_.all("role");
        const auto sites = words_.all("site");
        if (roles.size() != sites.size()) {
            return fail(ErrorCode::Invalid, "--role and --site come in pairs");
        }
        for (std::size_t i = 0; i < roles.size(); ++i) {
            VF_TRY(const record::Role role, roleOf(roles[i]));
            VF_TRY(const RowId site, store_.site(command.tenant, sites[i]));
            command.roles.push_back({.role = role, .site = site});
            command.record.set_site_id(site.bytes());
        }
        VF_TRY(command.passwordHash, newPassword());
        VF_TRY(const auto created, store_.run(std::move(command)));
        return idLine("user", created.front());
    }

    [[nodiscard]] Result<std::string> userPasswd() {
        VF_CHECK(places(1));
        service::SetPassword command{.login = place(0), .passwordHash = {}};
        VF_TRY(command.passwordHash, newPassword());
        VF_CHECK(store_.run(std::move(command)));
        return "{\"ok\":true}";
    }

    [[nodiscard]] Result<std::string> userDisable() {
        VF_CHECK(places(1));
        VF_CHECK(store_.run(service::DisableUser{.login = place(0)}));
        return "{\"ok\":true}";
    }

    [[nodiscard]] Result<std::string> userEnable() {
        VF_CHECK(places(1));
        VF_CHECK(store_.run(service::EnableUser{.login = place(0)}));
        return "{\"ok\":true}";
    }

    [[nodiscard]] Result<std::string> userList() {
        VF_TRY(const auto accounts, store_.accounts());
        std::string out = "[";
        for (const store::Account& account : accounts) {
            out += fmt::format("{}{{\"login\":\"{}\",\"disabled\":{}}}", out.size() > 1 ? "," : "",
                               account.login, account.disabled);
        }
        return out + "]";
    }

    [[nodiscard]] Result<std::string> setupCode() {
        VF_CHECK(places(0));
        VF_TRY(const std::string code, store_.newSetupCode());
        return fmt::format("{{\"setup_code\":\"{}\"}}", code);
    }

    [[nodiscard]] Result<std::string> seedDemo() {
        VF_CHECK(places(0));
        return seedDemoData(store_, words_.option("password", "vorfahrt-demo"));
    }

private:
    [[nodiscard]] Status places(std::size_t count) const {
        return words_.places.size() == count + 2 || (count == 0 && words_.places.size() == 1)
                   ? Status{}
                   : fail(ErrorCode::Invalid, "wrong number of words, see --help");
    }
    [[nodiscard]] const std::string& place(std::size_t index) const {
        return words_.places[index + 2];
    }

    [[nodiscard]] static Result<std::string> newPassword() {
        VF_TRY(const std::string password, readPassword());
        if (password.size() < service::kMinPasswordChars) {
            return fail(ErrorCode::Invalid, "the password has less than 8 characters");
        }
        return service::hashPassword(password);
    }

    [[nodiscard]] static std::string list(const std::vector<Named>& rows) {
        std::string out = "[";
        for (const Named& row : rows) {
            out += fmt::format("{}{{\"id\":\"{}\",\"name\":\"{}\"}}", out.size() > 1 ? "," : "",
                               row.id.text(), row.name);
        }
        return out + "]";
    }

    AdminStore& store_;
    const Words& words_;
};

using Command = Result<std::string> (Run::*)();

Command commandOf(const Words& words) {
    static const std::map<std::string, Command> kCommands{
        {"tenant add", &Run::tenantAdd},   {"tenant list", &Run::tenantList},
        {"site add", &Run::siteAdd},       {"site list", &Run::siteList},
        {"source add", &Run::sourceAdd},   {"user add", &Run::userAdd},
        {"user passwd", &Run::userPasswd}, {"user disable", &Run::userDisable},
        {"user enable", &Run::userEnable}, {"user list", &Run::userList},
        {"seed-demo", &Run::seedDemo},     {"setup-code", &Run::setupCode},
    };
    const auto& places = words.places;
    const std::string name = places.empty()       ? ""
                             : places.size() == 1 ? places[0]
                                                  : places[0] + " " + places[1];
    const auto it = kCommands.find(name);
    return it == kCommands.end() ? nullptr : it->second;
}

}  // namespace

Result<std::string> administer(const Config& config, const std::vector<std::string>& text) {
    VF_TRY(const Words words, split(text));
    const Command command = commandOf(words);
    if (command == nullptr) {
        return fail(ErrorCode::Invalid, "unknown command, see --help");
    }
    VF_CHECK(prepareDataDir(config));
    VF_TRY(AdminStore store, AdminStore::open(config));
    Run run(store, words);
    return (run.*command)();
}

}  // namespace vorfahrt::server::app
