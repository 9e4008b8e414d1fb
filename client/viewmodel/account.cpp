// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/account.h"

#include "client/viewmodel/words.h"
#include "common/domain/password.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace vorfahrt::client::viewmodel {
namespace {

std::string text(const QString& value) {
    return value.trimmed().toStdString();
}

bool isBlank(const QString& value) {
    return value.trimmed().isEmpty();
}

bool isBlank(const Account::SetupForm::Site& site) {
    return isBlank(site.name) && isBlank(site.city);
}

bool isBlank(const Account::SetupForm::User& user) {
    return isBlank(user.name) && isBlank(user.login);
}

}  // namespace

Account::Account(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk) {
    connect(&desk.port(), &DeskPort::accountFinished, this, &Account::finished);
    connect(&desk, &Desk::directoryChanged, this, &Account::changed);
    connect(&desk, &Desk::statusChanged, this, &Account::changed);
    connect(&desk, &Desk::leaving, this, [this] {
        errors_.clear();
        codes_.clear();
        names_.clear();
    });
}

void Account::clearErrors() {
    errors_.clear();
    Q_EMIT changed();
}

void Account::checkPassword(const QString& password, const QString& repeat, const QString& login) {
    switch (domain::checkNewPassword(password.toStdString(), text(login))) {
        case domain::PasswordFault::TooShort:
            errors_[QStringLiteral("password")] = tr("Take at least 10 characters.");
            break;
        case domain::PasswordFault::TooLong:
            errors_[QStringLiteral("password")] = tr("Take at most 256 characters.");
            break;
        case domain::PasswordFault::IsLogin:
            errors_[QStringLiteral("password")] = tr("The password must not be the user name.");
            break;
        case domain::PasswordFault::None:
            if (password != repeat) {
                errors_[QStringLiteral("repeat")] = tr("The two passwords differ.");
            }
            break;
    }
}

void Account::ask(sync::AccountRequest request, Done done) {
    busy_ = true;
    done_ = std::move(done);
    codes_.clear();
    Q_EMIT changed();
    desk_.port().askAccount(request, ++ref_);
}

void Account::finished(quint64 ref, const sync::AccountAnswer& answer) {
    if (!busy_ || ref != ref_) {
        return;
    }
    busy_ = false;
    errors_.clear();
    for (const sync::StartCode& code : answer.codes) {
        const QString login = qstr(code.login);
        codes_.push_back(
            {.name = names_.value(login),
             .login = login,
             .code = qstr(code.code),
             .until = QLocale().toString(QDateTime::fromMSecsSinceEpoch(code.expiresMs),
                                         QLocale::ShortFormat)});
    }
    say(answer);
    const Done done = std::exchange(done_, {});
    Q_EMIT changed();
    if (done) {
        done(answer.code == ErrorCode::Ok);
    }
}

void Account::say(const sync::AccountAnswer& answer) {
    const QString field = fields_.value(qstr(answer.field), qstr(answer.field));
    switch (answer.code) {
        case ErrorCode::Ok: break;
        case ErrorCode::Unauthenticated:
            if (isOldPassword_) {
                errors_[QStringLiteral("old")] = tr("This is not your password.");
            } else if (isSetup_) {
                errors_[QStringLiteral("code")] =
                    tr("This is not the set-up code of the server. The server prints it when it "
                       "starts.");
            } else {
                errors_[QStringLiteral("code")] =
                    tr("User name or code is wrong, or the code was used or is too old. Ask your "
                       "administrator for a new one.");
            }
            break;
        case ErrorCode::Forbidden:
            errors_[isSetup_ ? QStringLiteral("code") : QString()] =
                isSetup_ ? tr("This server is set up already. Sign in, or ask your administrator "
                              "for a start code.")
                         : tr("You may not do this.");
            break;
        case ErrorCode::Duplicate:
            errors_[field] = tr("This user name is taken. Choose another one.");
            break;
        case ErrorCode::Invalid: errors_[field] = tr("Correct this entry."); break;
        case ErrorCode::RateLimited:
            errors_[QString()] = tr("Too many tries. Wait %n second(s) and try again.", nullptr,
                                    static_cast<int>((answer.retryAfterMs + 999) / 1000));
            break;
        case ErrorCode::Unsupported:
            errors_[QString()] = tr("The server is too old for this. Ask your administrator.");
            break;
        case ErrorCode::Unavailable:
        case ErrorCode::Timeout:
            errors_[QString()] =
                tr("The server did not answer. What you entered is still here; try again.");
            break;
        default: errors_[QString()] = tr("This was not done. Try again later."); break;
    }
}

void Account::redeem(const QString& login, const QString& code, const QString& password,
                     const QString& repeat, Done done) {
    if (busy_) {
        return;
    }
    errors_.clear();
    if (isBlank(login)) {
        errors_[QStringLiteral("login")] = tr("Enter your user name.");
    }
    if (isBlank(code)) {
        errors_[QStringLiteral("code")] = tr("Enter the code that you were given.");
    }
    checkPassword(password, repeat, login);
    if (!errors_.isEmpty()) {
        Q_EMIT changed();
        return;
    }
    isOldPassword_ = false;
    isSetup_ = false;
    fields_ = {};
    ask(
        sync::RedeemCode{
            .login = text(login), .code = text(code), .password = password.toStdString()},
        std::move(done));
}

Account::SetupStep Account::stepOf(const QString& field) {
    if (field.startsWith(QStringLiteral("sites"))) {
        return SetupStep::Sites;
    }
    if (field.startsWith(QStringLiteral("users")) || field.isEmpty()) {
        return SetupStep::Users;
    }
    return field == QStringLiteral("code") || field == QStringLiteral("business")
               ? SetupStep::Business
               : SetupStep::Administrator;
}

bool Account::check(SetupStep step, const SetupForm& form) {
    errors_.clear();
    const auto need = [this](const QString& field, const QString& value, const QString& sentence) {
        if (isBlank(value)) {
            errors_[field] = sentence;
        }
    };
    switch (step) {
        case SetupStep::Business:
            need(QStringLiteral("code"), form.code, tr("Enter the set-up code of the server."));
            need(QStringLiteral("business"), form.business, tr("Enter the name of the business."));
            break;
        case SetupStep::Sites: {
            bool any = false;
            for (qsizetype i = 0; i < form.sites.size(); ++i) {
                if (!isBlank(form.sites.at(i))) {
                    any = true;
                    need(QStringLiteral("sites.%1.name").arg(i), form.sites.at(i).name,
                         tr("Enter the name of the site."));
                }
            }
            if (!any) {
                errors_[QStringLiteral("sites.0.name")] = tr("A business has at least one site.");
            }
            break;
        }
        case SetupStep::Administrator:
            need(QStringLiteral("name"), form.name, tr("Enter your name."));
            need(QStringLiteral("login"), form.login, tr("Enter a user name."));
            checkPassword(form.password, form.repeat, form.login);
            break;
        case SetupStep::Users:
            for (qsizetype i = 0; i < form.users.size(); ++i) {
                if (!isBlank(form.users.at(i))) {
                    need(QStringLiteral("users.%1.name").arg(i), form.users.at(i).name,
                         tr("Enter the name."));
                    need(QStringLiteral("users.%1.login").arg(i), form.users.at(i).login,
                         tr("Enter a user name."));
                }
            }
            break;
    }
    Q_EMIT changed();
    return errors_.isEmpty();
}

void Account::setUp(const SetupForm& form, Done done) {
    if (busy_) {
        return;
    }
    for (const SetupStep step :
         {SetupStep::Business, SetupStep::Sites, SetupStep::Administrator, SetupStep::Users}) {
        if (!check(step, form)) {
            if (done) {
                done(false);
            }
            return;
        }
    }
    fields_ = {{QStringLiteral("tenant_name"), QStringLiteral("business")},
               {QStringLiteral("administrator.login"), QStringLiteral("login")},
               {QStringLiteral("administrator.display_name"), QStringLiteral("name")}};
    names_.clear();
    sync::SetUp request;
    request.code = text(form.code);
    request.tenantName = text(form.business);
    request.login = text(form.login);
    request.displayName = text(form.name);
    request.password = form.password.toStdString();
    // Place in the form to place in the request.
    QMap<int, std::uint32_t> places;
    for (int i = 0; i < form.sites.size(); ++i) {
        if (!isBlank(form.sites.at(i))) {
            const auto place = static_cast<std::uint32_t>(request.sites.size());
            places[i] = place;
            fields_[QStringLiteral("sites.%1.name").arg(place)] =
                QStringLiteral("sites.%1.name").arg(i);
            sync::NewSite site;
            site.name = text(form.sites.at(i).name);
            site.city = text(form.sites.at(i).city);
            request.sites.push_back(std::move(site));
        }
    }
    for (int i = 0; i < form.users.size(); ++i) {
        const SetupForm::User& user = form.users.at(i);
        if (isBlank(user)) {
            continue;
        }
        const auto place = request.users.size();
        for (const char* part : {"login", "name"}) {
            const QString wire = part == std::string_view("name") ? QStringLiteral("display_name")
                                                                  : QStringLiteral("login");
            fields_[QStringLiteral("users.%1.%2").arg(place).arg(wire)] =
                QStringLiteral("users.%1.%2").arg(i).arg(QLatin1String(part));
        }
        sync::SetUp::User one;
        one.person = {.login = text(user.login), .displayName = text(user.name), .role = user.role};
        names_[qstr(one.person.login)] = user.name.trimmed();
        if (places.contains(user.site)) {
            one.sites = {places.value(user.site)};
        } else {
            one.sites.assign(places.cbegin(), places.cend());
        }
        request.users.push_back(std::move(one));
    }
    isOldPassword_ = false;
    isSetup_ = true;
    ask(std::move(request), std::move(done));
}

void Account::changePassword(const QString& old, const QString& password, const QString& repeat,
                             Done done) {
    if (busy_) {
        return;
    }
    errors_.clear();
    if (old.isEmpty()) {
        errors_[QStringLiteral("old")] = tr("Enter your password as it is now.");
    }
    checkPassword(password, repeat, desk_.login());
    if (!errors_.isEmpty()) {
        Q_EMIT changed();
        return;
    }
    isOldPassword_ = true;
    isSetup_ = false;
    fields_ = {{QStringLiteral("new_password"), QStringLiteral("password")}};
    ask(sync::ChangePassword{.oldPassword = old.toStdString(),
                             .newPassword = password.toStdString()},
        std::move(done));
}

void Account::signOutEverywhere(bool thisDesk, Done done) {
    if (!busy_) {
        errors_.clear();
        isOldPassword_ = isSetup_ = false;
        ask(sync::SignOutEverywhere{.thisDesk = thisDesk}, std::move(done));
    }
}

bool Account::isAdministrator() const {
    return std::ranges::any_of(desk_.directory().grants, [this](const auto& grant) {
        return grant.value.user_id() == desk_.viewer().user.bytes() &&
               grant.value.role() == record::ADMIN;
    });
}

std::vector<Account::PersonRow> Account::people() const {
    std::vector<PersonRow> rows;
    const Directory& directory = desk_.directory();
    for (const auto& user : directory.users) {
        QStringList parts;
        for (const auto& grant : directory.grants) {
            if (grant.value.user_id() != user.id.bytes()) {
                continue;
            }
            const QString role = grant.value.role() == record::ADMIN     ? tr("Administrator")
                                 : grant.value.role() == record::MANAGER ? tr("Manager")
                                                                         : tr("Sales");
            for (const auto& site : directory.sites) {
                if (site.id.bytes() == grant.value.site_id()) {
                    parts << tr("%1 at %2", "role at site").arg(role, qstr(site.value.name()));
                }
            }
        }
        rows.push_back(
            {.user = UserId(user.id.uuid()),
             .name = qstr(user.value.display_name()),
             .detail = user.value.disabled() ? tr("Disabled") : parts.join(QStringLiteral(", ")),
             .disabled = user.value.disabled(),
             .me = user.id.uuid() == desk_.viewer().user.uuid()});
    }
    std::ranges::sort(rows, [](const PersonRow& a, const PersonRow& b) {
        return std::pair(a.disabled, a.name) < std::pair(b.disabled, b.name);
    });
    return rows;
}

void Account::addSite(const QString& name, const QString& city, Done done) {
    if (busy_) {
        return;
    }
    errors_.clear();
    if (isBlank(name)) {
        errors_[QStringLiteral("site.name")] = tr("Enter the name of the site.");
        Q_EMIT changed();
        return;
    }
    isOldPassword_ = isSetup_ = false;
    fields_ = {};
    sync::AddSite request;
    request.tenant = desk_.viewer().tenant;
    request.site.name = text(name);
    request.site.city = text(city);
    ask(std::move(request), std::move(done));
}

void Account::addUser(const QString& name, const QString& login, record::Role role, SiteId site,
                      Done done) {
    if (busy_) {
        return;
    }
    errors_.clear();
    if (isBlank(name)) {
        errors_[QStringLiteral("user.name")] = tr("Enter the name.");
    }
    if (isBlank(login)) {
        errors_[QStringLiteral("user.login")] = tr("Enter a user name.");
    }
    if (!errors_.isEmpty()) {
        Q_EMIT changed();
        return;
    }
    isOldPassword_ = isSetup_ = false;
    fields_ = {{QStringLiteral("user.display_name"), QStringLiteral("user.name")}};
    names_ = {{login.trimmed(), name.trimmed()}};
    sync::AddUser request;
    request.tenant = desk_.viewer().tenant;
    request.person = {.login = text(login), .displayName = text(name), .role = role};
    if (site.isNone()) {
        for (const auto& known : desk_.directory().sites) {
            request.sites.emplace_back(known.id.uuid());
        }
    } else {
        request.sites = {site};
    }
    ask(std::move(request), std::move(done));
}

void Account::issueCode(UserId user, Done done) {
    if (!busy_) {
        errors_.clear();
        isOldPassword_ = isSetup_ = false;
        ask(sync::IssueCode{.tenant = desk_.viewer().tenant, .user = user}, std::move(done));
    }
}

void Account::disableUser(UserId user, Done done) {
    if (!busy_) {
        errors_.clear();
        isOldPassword_ = isSetup_ = false;
        ask(sync::DisableUser{.tenant = desk_.viewer().tenant, .user = user}, std::move(done));
    }
}

void Account::forgetCodes() {
    codes_.clear();
    names_.clear();
    Q_EMIT changed();
}

QString Account::codesText() const {
    QString all;
    for (const Code& code : codes_) {
        all += tr("%1\nUser name: %2\nCode: %3\nGood until: %4\n\n")
                   .arg(code.name.isEmpty() ? code.login : code.name, code.login, code.code,
                        code.until);
    }
    return all;
}

}  // namespace vorfahrt::client::viewmodel
