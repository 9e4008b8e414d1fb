// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/sync/transport_kind.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <filesystem>

namespace vorfahrt::client::app {

// The command line. `problem` is empty, or says in one sentence what to correct.
struct Options {
    Q_DECLARE_TR_FUNCTIONS(vorfahrt::client::app::Options)

public:
    // Both or none; none: as chosen before, or at the first start.
    QUrl server;
    QByteArray fingerprint;
    std::filesystem::path dataDir;
    sync::TransportKind transport = sync::TransportKind::Best;
    QString language;  // empty: as chosen before
    QString theme;
    QString problem;
    QString answer;  // for --help and --version: print this and end

    static Options parse(const QStringList& arguments);
};

}  // namespace vorfahrt::client::app
