// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/desk.h"

#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>

namespace vorfahrt::client::viewmodel {

// One question about accounts at a time, online only, with its answer in words: set-up and codes
// before somebody is signed in, passwords and people after it. Nothing typed is kept here but until
// the answer. GUI thread.
class Account final : public QObject {
    Q_OBJECT

public:
    explicit Account(Desk& desk, QObject* parent = nullptr);

    Desk& desk() { return desk_; }
    bool isBusy() const { return busy_; }
    // Sentences by the name of the field (of the form; "" is none of them).
    const QMap<QString, QString>& errors() const { return errors_; }
    QString error(const QString& field) const { return errors_.value(field); }
    void clearErrors();

    // Each is done() with true when the server has done it; else errors() says why not.
    using Done = std::function<void(bool)>;

    // Fields: login, code, password, repeat.
    void redeem(const QString& login, const QString& code, const QString& password,
                const QString& repeat, Done done);

    struct SetupForm {
        struct Site {
            QString name;
            QString city;
        };
        struct User {
            QString name;
            QString login;
            record::Role role = record::SALES;
            int site = -1;  // of `sites`; -1: all
        };
        QString code;
        QString business;
        QList<Site> sites;
        QString name;
        QString login;
        QString password;
        QString repeat;
        QList<User> users;
    };
    enum class SetupStep { Business, Sites, Administrator, Users };
    // Empty lines of sites and users are left out. True: the step has no error.
    bool check(SetupStep step, const SetupForm& form);
    // Fields: code, business, sites, sites.N.name, name, login, password, repeat, users.N.name,
    // users.N.login.
    void setUp(const SetupForm& form, Done done);
    // The step on which a field stands.
    static SetupStep stepOf(const QString& field);

    // Fields: old, password, repeat.
    void changePassword(const QString& old, const QString& password, const QString& repeat,
                        Done done);
    void signOutEverywhere(bool thisDesk, Done done);

    bool isAdministrator() const;
    struct PersonRow {
        UserId user;
        QString name;
        QString detail;  // role and sites
        bool disabled = false;
        bool me = false;
    };
    std::vector<PersonRow> people() const;
    // Fields: site.name.
    void addSite(const QString& name, const QString& city, Done done);
    // Fields: user.name, user.login.
    void addUser(const QString& name, const QString& login, record::Role role, SiteId site,
                 Done done);
    void issueCode(UserId user, Done done);
    void disableUser(UserId user, Done done);

    // What was handed out by the last answer; shown once.
    struct Code {
        QString name;
        QString login;
        QString code;
        QString until;
    };
    const std::vector<Code>& codes() const { return codes_; }
    void forgetCodes();
    // To copy or to print.
    QString codesText() const;

Q_SIGNALS:
    void changed();

private:
    void ask(sync::AccountRequest request, Done done);
    void finished(quint64 ref, const sync::AccountAnswer& answer);
    void say(const sync::AccountAnswer& answer);
    void checkPassword(const QString& password, const QString& repeat, const QString& login);

    Desk& desk_;
    bool busy_ = false;
    quint64 ref_ = 0;
    Done done_;
    bool isOldPassword_ = false;
    bool isSetup_ = false;
    QMap<QString, QString> errors_;
    // Of the request that is under way: the server's name of a field to that of the form.
    QMap<QString, QString> fields_;
    QMap<QString, QString> names_;  // of people, by login
    std::vector<Code> codes_;
};

}  // namespace vorfahrt::client::viewmodel
