// SPDX-License-Identifier: GPL-3.0-or-later
// vf_bench_sync [--quick] [--dir DIRECTORY]: the figures sync.* of design.md section 10 but for
// their ratios to the floor, which .dev/bench.py computes from a run of vf_floor before and after.
// Server and desks are processes; TLS, rights and durable commits are on.
#include "server/service/auth.h"
#include "tests/bench/json_line.h"
#include "tests/bench/sync/roles.h"
#include "tests/support/server_process.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <unistd.h>
#include <vector>

namespace vorfahrt::bench {

namespace {

using test::waitUntil;

constexpr int kPatienceMs = 600'000;

[[noreturn]] void fatal(const QString& what) {
    std::fprintf(stderr, "vf_bench_sync: %s\n", qPrintable(what));
    std::exit(1);
}

void print(std::string_view name, double value, std::string_view unit, std::size_t n) {
    std::puts(jsonLine(name, value, unit, n).c_str());
    std::fflush(stdout);
}

// Counts the bytes of TCP between desks and the server, both ways.
class CountingProxy {
public:
    explicit CountingProxy(quint16 target) {
        QObject::connect(&listener_, &QTcpServer::newConnection, &listener_, [this, target] {
            QTcpSocket* near = listener_.nextPendingConnection();
            auto* far = new QTcpSocket(near);
            join(near, far);
            join(far, near);
            far->connectToHost(QStringLiteral("127.0.0.1"), target);
        });
        if (!listener_.listen(QHostAddress::LocalHost)) {
            fatal(QStringLiteral("no port for the proxy"));
        }
    }
    [[nodiscard]] quint16 port() const { return listener_.serverPort(); }
    [[nodiscard]] quint64 takeBytes() { return std::exchange(bytes_, 0); }

private:
    void join(QTcpSocket* from, QTcpSocket* to) {
        from->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        QObject::connect(from, &QTcpSocket::readyRead, to, [this, from, to] {
            const QByteArray data = from->readAll();
            bytes_ += static_cast<quint64>(data.size());
            to->write(data);
        });
        QObject::connect(from, &QTcpSocket::disconnected, to, [to] { to->disconnectFromHost(); });
    }

    QTcpServer listener_;
    quint64 bytes_ = 0;
};

class Run {
public:
    Run(Plan plan, const QString& parent)
        : plan_(plan),
          folder_(parent + QStringLiteral("/sync-XXXXXX")),
          server_(folder_.filePath(QStringLiteral("server"))) {}

    void all() {
        const auto hash = server::service::hashPassword(kPassword);
        if (!hash) {
            fatal(QStringLiteral("no hash of the password"));
        }
        seeded_ = seed(plan_, database(), *hash);
        if (!server_.start()) {
            fatal(server_.describe());
        }
        proxy_ = std::make_unique<CountingProxy>(server_.port());
        firstSyncs();
        reconnects();
        edits();
        if (!server_.stop()) {
            fatal(server_.describe());
        }
        const auto wrong = compare(plan_, seeded_, database(), replica("a"), replica("b"));
        for (const std::string& what : wrong) {
            std::fprintf(stderr, "vf_bench_sync: %s\n", what.c_str());
        }
        print("sync.offline10k.lost_or_twice", static_cast<double>(wrong.size()), "faults",
              plan_.offlineEdits);
        if (!wrong.empty()) {
            std::exit(1);
        }
    }

private:
    [[nodiscard]] std::filesystem::path database() const {
        return server_.databaseFile().toStdString();
    }
    [[nodiscard]] QString deskDir(const QString& login) const { return folder_.filePath(login); }
    [[nodiscard]] QString urlFor(const QString& login) const {
        const bool counted = login == QStringLiteral("warm");
        return counted ? QStringLiteral("wss://127.0.0.1:%1/v1/sync").arg(proxy_->port())
                       : server_.url().toString();
    }
    // The one replica in the folder of a desk.
    [[nodiscard]] std::filesystem::path replica(const char* login) const {
        const QDir dir(deskDir(QString::fromLatin1(login)));
        for (const QFileInfo& info : dir.entryInfoList(QDir::Files)) {
            if (QFile::exists(info.filePath() + QStringLiteral("-wal")) ||
                info.size() > 1'000'000) {
                return info.filePath().toStdString();
            }
        }
        fatal(QStringLiteral("no replica in ") + dir.path());
    }

    std::unique_ptr<QProcess> startDesk(const char* role, const char* login, int seen = -1) {
        const QString name = QString::fromLatin1(login);
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        QStringList arguments{QStringLiteral("--role"),        QString::fromLatin1(role),
                              QStringLiteral("--data"),        deskDir(name),
                              QStringLiteral("--server"),      urlFor(name),
                              QStringLiteral("--fingerprint"), server_.fingerprint(),
                              QStringLiteral("--login"),       name,
                              QStringLiteral("--seen"),        QString::number(seen)};
        if (plan_.customers != Plan().customers) {
            arguments.append(QStringLiteral("--quick"));
        }
        process->start(QCoreApplication::applicationFilePath(), arguments);
        if (!process->waitForStarted()) {
            fatal(process->errorString());
        }
        return process;
    }

    [[nodiscard]] QJsonObject lineOf(QProcess& process) {
        if (!waitUntil(
                [&] { return process.canReadLine() || process.state() == QProcess::NotRunning; },
                kPatienceMs) ||
            !process.canReadLine()) {
            fatal(QStringLiteral("a desk failed; server: ") + server_.describe());
        }
        return QJsonDocument::fromJson(process.readLine()).object();
    }

    void finish(QProcess& process) {
        if (!waitUntil([&] { return process.state() == QProcess::NotRunning; }, kPatienceMs) ||
            process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
            fatal(QStringLiteral("a desk failed; server: ") + server_.describe());
        }
    }

    void firstSyncs() {
        std::vector<double> rates;
        std::vector<double> withSearch;
        std::vector<double> screens;
        for (const char* login : {"warm", "a", "b"}) {
            const auto desk = startDesk("first", login);
            const QJsonObject line = lineOf(*desk);
            finish(*desk);
            rates.push_back(static_cast<double>(plan_.customers) * 1e3 /
                            line.value(QStringLiteral("first_ms")).toDouble());
            withSearch.push_back(static_cast<double>(plan_.customers) * 1e3 /
                                 line.value(QStringLiteral("search_ms")).toDouble());
            screens.push_back(line.value(QStringLiteral("screen_ms")).toDouble());
        }
        // The first one went through the counting proxy.
        print("sync.first_proxied.rows_per_s", rates[0], "1/s", plan_.customers);
        print("sync.first.rows_per_s", (rates[1] + rates[2]) / 2, "1/s", plan_.customers);
        print("sync.first_fts.rows_per_s", (withSearch[1] + withSearch[2]) / 2, "1/s",
              plan_.customers);
        print("sync.first_screen.ms", percentile(screens, 0.5), "ms", screens.size());
    }

    void reconnects() {
        static_cast<void>(proxy_->takeBytes());
        const auto desk = startDesk("reconnect", "warm");
        const QJsonObject line = lineOf(*desk);
        finish(*desk);
        print("sync.reconnect.ms", line.value(QStringLiteral("synchronized_ms")).toDouble(), "ms",
              1);
        print("sync.reconnect_tcp.bytes", static_cast<double>(proxy_->takeBytes()), "B", 1);
        const ReconnectBytes bytes =
            measureReconnect(deskDir(QStringLiteral("warm")).toStdString(),
                             urlFor(QStringLiteral("warm")).toStdString(), server_.port());
        print("sync.reconnect.bytes", static_cast<double>(bytes.all()), "B", plan_.customers);
    }

    void edits() {
        std::array<int, 2> seen{};
        if (::pipe(seen.data()) != 0) {  // inherited by both desks
            fatal(QStringLiteral("no pipe"));
        }
        const auto listener = startDesk("listen", "b", seen[1]);
        static_cast<void>(lineOf(*listener));
        const auto author = startDesk("author", "a", seen[0]);
        ::close(seen[0]);
        ::close(seen[1]);
        const QJsonObject line = lineOf(*author);
        finish(*author);
        finish(*listener);
        std::vector<double> times;
        for (const auto& time : line.value(QStringLiteral("edit_ms")).toArray()) {
            times.push_back(time.toDouble());
        }
        print("sync.propagate.p50_ms", percentile(times, 0.5), "ms", times.size());
        print("sync.propagate.p99_ms", percentile(times, 0.99), "ms", times.size());
        const auto figure = [&](const char* name) {
            return line.value(QString::fromLatin1(name)).toDouble();
        };
        print("sync.offline10k.s", figure("offline_s"), "s", plan_.offlineEdits);
        print("sync.offline10k_author.s", figure("mine_s"), "s", plan_.offlineEdits);
        print("sync.offline10k_other.s", figure("theirs_s"), "s", plan_.offlineEdits);
    }

    const Plan plan_;
    QTemporaryDir folder_;
    test::ServerProcess server_;
    Seeded seeded_;
    std::unique_ptr<CountingProxy> proxy_;
};

int runRole(const QString& role, const Plan& plan, const DeskOptions& options) {
    if (role == QStringLiteral("first")) {
        return runFirstSync(plan, options);
    }
    if (role == QStringLiteral("reconnect")) {
        return runReconnect(options);
    }
    if (role == QStringLiteral("listen")) {
        return runListener(plan, options);
    }
    return runAuthor(plan, options);
}

}  // namespace
}  // namespace vorfahrt::bench

int main(int argc, char** argv) {
    using namespace vorfahrt::bench;
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const auto value = [&parser](const char* name) {
        return parser.value(QString::fromLatin1(name));
    };
    for (const char* name : {"dir", "role", "data", "server", "fingerprint", "login", "seen"}) {
        parser.addOption({QString::fromLatin1(name), QString(), QString::fromLatin1(name)});
    }
    parser.addOption({QStringLiteral("quick"), QString()});
    parser.process(application);
    Plan plan;
    if (parser.isSet(QStringLiteral("quick"))) {
        plan.customers = 3'000;
        plan.edits = 20;
        plan.offlineEdits = 700;
    }
    if (parser.isSet(QStringLiteral("role"))) {
        return runRole(value("role"), plan,
                       {.dataDir = value("data"),
                        .server = value("server"),
                        .fingerprint = value("fingerprint"),
                        .login = value("login"),
                        .seen = value("seen").toInt()});
    }
    const QString dir = value("dir");
    Run(plan, dir.isEmpty() ? QStringLiteral(".") : dir).all();
    if (parser.isSet(QStringLiteral("quick"))) {
        std::puts("Totals: 1 passed, 0 failed, 0 skipped");
    }
    return 0;
}
