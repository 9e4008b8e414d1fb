// SPDX-License-Identifier: GPL-3.0-or-later
// vf_bench_desk [--quick] [--dir DIRECTORY]: the figures desk.* of design.md section 10. The window
// of the program on a replica with 200,000 customers, 100,000 leads and 1,000,000 entries, without
// a screen. The replica is made once and kept in the directory by what it is made of.
//
// A stall is the time that the GUI thread spends in one event. On a busy machine some of it is time
// in which another program ran: desk.stall_cpu_max_ms is the part that the thread itself used.
#include "client/app/desk_window.h"
#include "client/ui/leads/lead_list_pane.h"
#include "client/ui/leads/leads_page.h"
#include "client/ui/palette/palette.h"
#include "client/ui/palette/palette_list.h"
#include "client/ui/widgets/lead_list.h"
#include "client/ui/widgets/steps.h"
#include "client/ui/widgets/timeline.h"
#include "common/base/assert.h"
#include "tests/bench/desk/store_port.h"
#include "tests/bench/json_line.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>
#include <QKeyEvent>
#include <QProcess>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <functional>
#include <unistd.h>

namespace vorfahrt::bench {
namespace {

using namespace vorfahrt::client;

constexpr double kLongMs = 10;
constexpr double kFrameMs = 16;

void print(std::string_view name, double value, std::string_view unit, std::size_t n) {
    std::puts(jsonLine(name, value, unit, n).c_str());
    std::fflush(stdout);
}

// The same clock in every process.
std::int64_t nowNs() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::int64_t threadNs() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

double rssMib() {
    QFile file(QStringLiteral("/proc/self/status"));
    VF_ASSERT(file.open(QIODevice::ReadOnly));
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS:")) {
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
        }
    }
    return 0;
}

// Measures every event of the GUI thread, and tells of what was painted.
class MeasuredApp final : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override {
        const bool outer = depth_++ == 0 && measuring;
        const std::int64_t wall = outer ? nowNs() : 0;
        const std::int64_t cpu = outer ? threadNs() : 0;
        const auto type = event->type();
        // Before: the event may delete its receiver.
        const QByteArray name = outer && verbose ? QByteArray(receiver->metaObject()->className()) +
                                                       ' ' + receiver->objectName().toUtf8()
                                                 : QByteArray();
        const bool result = QApplication::notify(receiver, event);
        --depth_;
        if (outer) {
            stalls.push_back(static_cast<double>(nowNs() - wall) / 1e6);
            cpus.push_back(static_cast<double>(threadNs() - cpu) / 1e6);
            if (verbose && stalls.back() > kLongMs) {
                std::fprintf(stderr, "event %d to %s: %.1f ms, of the thread %.1f ms\n",
                             static_cast<int>(type), name.constData(), stalls.back(), cpus.back());
            }
        }
        if (type == QEvent::Paint && painted) {
            painted(receiver);
        }
        return result;
    }

    bool measuring = false;
    std::function<void(QObject*)> painted;
    std::vector<double> stalls;
    std::vector<double> cpus;
    // VF_BENCH_VERBOSE: says which events were long.
    const bool verbose = qEnvironmentVariableIsSet("VF_BENCH_VERBOSE");

private:
    int depth_ = 0;
};

// There is no server whose certificate could be asked for.
class NoProbe final : public viewmodel::CertificateProbe {
public:
    void ask(const QString&, quint16) override {}
    void cancel() override {}
};

// The program's parts on a store thread of the bench.
class BenchDesk {
public:
    BenchDesk(MeasuredApp& app, const DeskPlan& plan, const std::filesystem::path& file)
        : app_(app),
          world(plan),
          theme_(app),
          port(world, file),
          desk_(port, reader, clock_, random_),
          signIn_(desk_, QStringLiteral("desk.example.org")),
          leads_(desk_),
          customers_(desk_),
          inbox_(desk_),
          tray_(desk_),
          account_(desk_),
          server_(probe_, viewmodel::serverUrl(QStringLiteral("desk.example.org")),
                  QByteArray(32, '\x5a')) {
        window_ = std::make_unique<app::DeskWindow>(
            theme_,
            app::ViewModels{desk_, signIn_, leads_, customers_, inbox_, tray_, account_, server_},
            QStringLiteral("de"), QStringLiteral("bench"));
        window_->resize(1920, 1009);
        window_->show();
    }
    ~BenchDesk() {
        window_.reset();
        port.stopBulk();
    }

    app::DeskWindow& window() { return *window_; }
    viewmodel::Leads& leads() { return leads_; }
    ui::LeadListView& list() { return window_->leadsPage().list().list(); }

    // Runs the event loop until it is so; ends the program where it does not become so.
    void until(const std::function<bool()>& condition) {
        const QDeadlineTimer limit(60'000);
        while (!condition()) {
            VF_ASSERT(!limit.hasExpired());
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
        }
    }
    // Until the list of leads was painted with its rows.
    void untilListIsPainted() {
        bool painted = false;
        app_.painted = [&](QObject* receiver) {
            painted = painted || (receiver == list().viewport() && leads_.list().rowCount() > 10);
        };
        until([&] { return painted; });
        app_.painted = nullptr;
    }
    void settle() {
        QElapsedTimer quiet;
        quiet.start();
        while (quiet.elapsed() < 300) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
            if (!reader.idle()) {
                quiet.restart();
            }
            QThread::msleep(1);
        }
    }

private:
    MeasuredApp& app_;

public:
    DeskWorldMaker world;

private:
    ui::Theme theme_;
    SystemClock clock_;
    SystemRandom random_;

public:
    StorePort port;
    model::ReplicaReader reader;

private:
    viewmodel::Desk desk_;
    viewmodel::SignIn signIn_;
    viewmodel::Leads leads_;
    viewmodel::Customers customers_;
    viewmodel::Inbox inbox_;
    viewmodel::Tray tray_;
    viewmodel::Account account_;
    NoProbe probe_;
    viewmodel::ServerChoice server_;
    std::unique_ptr<app::DeskWindow> window_;
};

// One start: prints the nanosecond at which the list was there.
int runStart(MeasuredApp& app, const DeskPlan& plan, const std::filesystem::path& file) {
    BenchDesk desk(app, plan, file);
    desk.port.start();
    desk.untilListIsPainted();
    std::printf("painted %lld\n", static_cast<long long>(nowNs()));
    desk.settle();
    std::printf("rss %.3f\n", rssMib());
    return 0;
}

// Letter by letter into the search window: from the key to the painted answer.
void measureSearch(MeasuredApp& app, BenchDesk& desk, const DeskPlan& plan) {
    std::vector<double> times;
    ui::Palette& palette = desk.window().palette();
    viewmodel::Search& search = desk.window().search();
    for (int i = 0; i < plan.questions; ++i) {
        palette.openWith({});
        desk.settle();
        for (const QChar letter : QString::fromStdString(desk.world.question(i))) {
            bool painted = false;
            app.painted = [&](QObject* receiver) {
                const auto* widget = qobject_cast<QWidget*>(receiver);
                painted = painted || (!search.isSearching() && widget != nullptr &&
                                      (widget == palette.list().viewport() ||
                                       widget->objectName() == QStringLiteral("searchCaption")));
            };
            const std::int64_t start = nowNs();
            QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(letter));
            QCoreApplication::sendEvent(&palette.edit(), &press);
            desk.until([&] { return painted; });
            times.push_back(static_cast<double>(nowNs() - start) / 1e6);
        }
        app.painted = nullptr;
        palette.closeAndReturn();
    }
    print("desk.search_paint.ms", percentile(times, 0.99), "ms", times.size());
    print("desk.search_paint.p50_ms", percentile(times, 0.5), "ms", times.size());
    print("desk.search_paint.p99_ms", percentile(times, 0.99), "ms", times.size());
}

// All open and closed leads, down and up again, 120 px a frame.
void measureScroll(MeasuredApp& app, BenchDesk& desk) {
    std::vector<double> frames;
    desk.leads().setView(model::LeadView::All);
    desk.settle();
    QScrollBar& bar = *desk.list().verticalScrollBar();
    VF_ASSERT(bar.maximum() > 0);
    int by = 120;
    for (int i = 0; i < 600; ++i) {
        if (bar.value() + by > bar.maximum() || bar.value() + by < 0) {
            by = -by;
        }
        bool painted = false;
        app.painted = [&](QObject* receiver) {
            painted = painted || receiver == desk.list().viewport();
        };
        const std::int64_t start = nowNs();
        bar.setValue(bar.value() + by);
        desk.until([&] { return painted; });
        frames.push_back(static_cast<double>(nowNs() - start) / 1e6);
    }
    app.painted = nullptr;
    print("desk.scroll.ms", percentile(frames, 0.99), "ms", frames.size());
    print("desk.scroll.p50_ms", percentile(frames, 0.5), "ms", frames.size());
}

int runUse(MeasuredApp& app, const DeskPlan& plan, const std::filesystem::path& file) {
    BenchDesk desk(app, plan, file);
    desk.port.start();
    desk.untilListIsPainted();
    desk.settle();
    measureSearch(app, desk, plan);
    measureScroll(app, desk);
    print("desk.rss_used.mib", rssMib(), "MiB", 1);
    return 0;
}

int runStall(MeasuredApp& app, const DeskPlan& plan, const std::filesystem::path& file) {
    BenchDesk desk(app, plan, file);
    desk.port.start();
    desk.untilListIsPainted();
    desk.settle();
    desk.port.startBulk();
    desk.until([&] { return desk.port.rowsTaken() > 0; });
    const quint64 before = desk.port.rowsTaken();
    app.stalls.reserve(1'000'000);
    app.cpus.reserve(1'000'000);
    app.measuring = true;
    QElapsedTimer time;
    time.start();
    while (time.elapsed() < plan.stallSeconds * 1000LL) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    }
    app.measuring = false;
    const double seconds = static_cast<double>(time.elapsed()) / 1e3;
    const quint64 rows = desk.port.rowsTaken() - before;
    // The sync went on until the end.
    VF_ASSERT(rows > 0);
    const std::size_t n = app.stalls.size();
    print("desk.stall_max_ms", percentile(app.stalls, 1.0), "ms", n);
    print("desk.stall_p999_ms", percentile(app.stalls, 0.999), "ms", n);
    print("desk.stall_cpu_max_ms", percentile(app.cpus, 1.0), "ms", n);
    const auto late = std::count_if(app.stalls.begin(), app.stalls.end(),
                                    [](double ms) { return ms > kFrameMs; });
    print("desk.stall_late.events", static_cast<double>(late), "1", n);
    print("desk.stall_sync.rows_per_s", static_cast<double>(rows) / seconds, "1/s", rows);
    return 0;
}

// The file leaves the memory of the operating system, as after a start of the computer.
void forget(const std::filesystem::path& file) {
    const int handle = ::open(file.c_str(), O_RDONLY);
    VF_ASSERT(handle >= 0);
    ::fsync(handle);
    ::posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED);
    ::close(handle);
}

QByteArray runRole(const char* role, const std::filesystem::path& file, bool quick) {
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QStringList arguments{QStringLiteral("--role"), QString::fromLatin1(role),
                          QStringLiteral("--file"), QString::fromStdString(file.string())};
    if (quick) {
        arguments << QStringLiteral("--quick");
    }
    process.start(QCoreApplication::applicationFilePath(), arguments);
    if (!process.waitForFinished(600'000) || process.exitCode() != 0) {
        std::fprintf(stderr, "vf_bench_desk: %s failed\n", role);
        std::exit(1);
    }
    return process.readAllStandardOutput();
}

int runAll(const DeskPlan& plan, const std::filesystem::path& dir, bool quick) {
    const std::filesystem::path file = dir / ("desk-" + plan.key() + ".db");
    if (!std::filesystem::exists(file)) {
        const std::filesystem::path making = file.string() + ".making";
        for (const char* suffix : {"", "-wal", "-shm"}) {
            std::filesystem::remove(making.string() + suffix);
        }
        const std::int64_t start = nowNs();
        DeskWorldMaker(plan).fill(making);
        std::filesystem::rename(making, file);
        print("desk.fill.s", static_cast<double>(nowNs() - start) / 1e9, "s", 1);
    }
    std::vector<double> starts;
    std::vector<double> sizes;
    for (int i = 0; i < plan.starts; ++i) {
        forget(file);
        const std::int64_t start = nowNs();
        for (const QByteArray& line : runRole("start", file, quick).split('\n')) {
            if (line.startsWith("painted ")) {
                starts.push_back(static_cast<double>(line.mid(8).toLongLong() - start) / 1e6);
            } else if (line.startsWith("rss ")) {
                sizes.push_back(line.mid(4).toDouble());
            }
        }
    }
    print("desk.start.ms", percentile(starts, 0.5), "ms", starts.size());
    print("desk.start.max_ms", percentile(starts, 1.0), "ms", starts.size());
    print("desk.rss_mib", percentile(sizes, 0.5), "MiB", sizes.size());
    std::fputs(runRole("use", file, quick).constData(), stdout);
    QTemporaryDir copy(QString::fromStdString((dir / "desk-run-XXXXXX").string()));
    const std::filesystem::path other = copy.filePath(QStringLiteral("replica.db")).toStdString();
    std::filesystem::copy_file(file, other);
    std::fputs(runRole("stall", other, quick).constData(), stdout);
    std::fflush(stdout);
    return 0;
}

}  // namespace
}  // namespace vorfahrt::bench

int main(int argc, char** argv) {
    using namespace vorfahrt::bench;
    DeskPlan plan;
    QString role;
    std::filesystem::path dir = ".";
    std::filesystem::path file;
    bool quick = false;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    MeasuredApp app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString& argument = arguments[i];
        if (argument == QStringLiteral("--quick")) {
            quick = true;
            plan = {.customers = 2'000,
                    .leads = 1'000,
                    .activities = 6'000,
                    .words = 500,
                    .names = 500,
                    .questions = 4,
                    .starts = 1,
                    .stallSeconds = 2};
        } else if (i + 1 < arguments.size()) {
            const QString value = arguments[++i];
            if (argument == QStringLiteral("--role")) {
                role = value;
            } else if (argument == QStringLiteral("--dir")) {
                dir = value.toStdString();
            } else if (argument == QStringLiteral("--file")) {
                file = value.toStdString();
            }
        }
    }
    vorfahrt::client::ui::installTimelineAccessibility();
    vorfahrt::client::ui::installStageAccessibility();
    if (role == QStringLiteral("start")) {
        return runStart(app, plan, file);
    }
    if (role == QStringLiteral("use")) {
        return runUse(app, plan, file);
    }
    if (role == QStringLiteral("stall")) {
        return runStall(app, plan, file);
    }
    const int code = runAll(plan, dir, quick);
    if (quick && code == 0) {
        std::puts("Totals: 1 passed, 0 failed, 0 skipped");
    }
    return code;
}
