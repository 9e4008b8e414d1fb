// SPDX-License-Identifier: GPL-3.0-or-later
// vf_floor [--quick] [--dir DIRECTORY]: the smallest loopback WebSocket + SQLite program that does
// the work of Vorfahrt's sync, without TLS, Protobuf, rights and merge (design.md section 10). Our
// own figures are ratios to these, measured in the same run. Server and desks are processes.
#include "tests/bench/floor/check.h"
#include "tests/bench/floor/roles.h"
#include "tests/bench/floor/store.h"
#include "tests/bench/json_line.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fcntl.h>
#include <filesystem>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace vorfahrt::floor {

std::int64_t nowNs() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

void sendInt(int pipe, std::int64_t value) {
    FLOOR_CHECK(::write(pipe, &value, sizeof value) == ssize_t{sizeof value});
}

std::int64_t receiveInt(int pipe) {
    std::int64_t value = 0;
    FLOOR_CHECK(::read(pipe, &value, sizeof value) == ssize_t{sizeof value});
    return value;
}

namespace {

constexpr int kFirstSyncs = 3;
constexpr int kFsyncs = 200;

class Pipe {
public:
    Pipe() { FLOOR_CHECK(::pipe2(ends_.data(), O_CLOEXEC) == 0); }
    ~Pipe() {
        closeOut();
        ::close(ends_[0]);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    [[nodiscard]] int in() const { return ends_[0]; }
    [[nodiscard]] int out() const { return ends_[1]; }
    void closeOut() {  // so that a reader sees the end of a writer that failed
        if (ends_[1] >= 0) {
            ::close(ends_[1]);
        }
        ends_[1] = -1;
    }

private:
    std::array<int, 2> ends_{};
};

template <class Body>
pid_t start(Body body) {
    std::fflush(nullptr);
    const pid_t child = ::fork();
    FLOOR_CHECK(child >= 0);
    if (child == 0) {
        int code = 0;
        try {
            body();
        } catch (const std::exception& error) {
            std::fprintf(stderr, "floor: %s\n", error.what());
            code = 1;
        }
        ::_exit(code);
    }
    return child;
}

void finish(pid_t child) {
    int state = 0;
    FLOOR_CHECK(::waitpid(child, &state, 0) == child);
    FLOOR_CHECK(WIFEXITED(state) && WEXITSTATUS(state) == 0);
}

void print(std::string_view name, double value, std::string_view unit, std::size_t n) {
    std::puts(bench::jsonLine(name, value, unit, n).c_str());
}

void measureFsync(const Plan& plan) {
    const int file = ::open(plan.file("fsync").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    FLOOR_CHECK(file >= 0);
    const std::string page(4096, 'f');
    std::vector<double> times;
    for (int i = 0; i < kFsyncs; ++i) {
        const std::int64_t begin = nowNs();
        FLOOR_CHECK(::write(file, page.data(), page.size()) == ssize_t(page.size()));
        FLOOR_CHECK(::fdatasync(file) == 0);
        times.push_back(static_cast<double>(nowNs() - begin) / 1e6);
    }
    ::close(file);
    print("floor.fsync.p50_ms", bench::percentile(times, 0.5), "ms", times.size());
}

void measureFirstSync(const Plan& plan, std::uint16_t port) {
    std::vector<double> rates;
    std::vector<double> withSearch;
    for (int i = 0; i < kFirstSyncs; ++i) {
        const std::array<const char*, kFirstSyncs> files = {"warm.db", "a.db", "b.db"};
        const std::string file = plan.file(files[static_cast<std::size_t>(i)]);
        Pipe figures;
        const pid_t desk = start([&] { runFirstSync(plan, port, file, figures.out()); });
        figures.closeOut();
        const double all = static_cast<double>(plan.customers) * 1e9;
        rates.push_back(all / static_cast<double>(receiveInt(figures.in())));
        withSearch.push_back(all / static_cast<double>(receiveInt(figures.in())));
        finish(desk);
    }
    print("floor.first.rows_per_s", bench::percentile(rates, 0.5), "1/s", plan.customers);
    print("floor.first_fts.rows_per_s", bench::percentile(withSearch, 0.5), "1/s", plan.customers);
}

void measureEdits(const Plan& plan, std::uint16_t port) {
    Pipe ready;
    Pipe seen;
    Pipe figures;
    const pid_t listener = start([&] { runListener(plan, port, ready.out(), seen.out()); });
    ready.closeOut();
    FLOOR_CHECK(receiveInt(ready.in()) == 1);
    const pid_t author = start([&] {
        seen.closeOut();
        runAuthor(plan, port, seen.in(), figures.out());
    });
    seen.closeOut();
    figures.closeOut();
    std::vector<double> times;
    for (std::size_t i = 0; i < plan.edits; ++i) {
        times.push_back(static_cast<double>(receiveInt(figures.in())) / 1e6);
    }
    const double offline = static_cast<double>(receiveInt(figures.in())) / 1e9;
    finish(author);
    finish(listener);
    print("floor.propagate.p50_ms", bench::percentile(times, 0.5), "ms", times.size());
    print("floor.propagate.p99_ms", bench::percentile(times, 0.99), "ms", times.size());
    print("floor.offline10k.s", offline, "s", plan.offlineEdits);
}

// All three hold every edit once.
void compare(const Plan& plan) {
    Store server(plan.file("server.db"), Sync::Normal);
    Store a(plan.file("a.db"), Sync::Normal);
    Store b(plan.file("b.db"), Sync::Normal);
    const auto customers = static_cast<std::int64_t>(plan.customers);
    const auto edits = static_cast<std::int64_t>(plan.allEdits());
    FLOOR_CHECK(server.number("SELECT count(*) FROM customer") == customers);
    FLOOR_CHECK(server.number("SELECT count(*) FROM change_log") == edits);
    FLOOR_CHECK(server.number("SELECT count(DISTINCT mid) FROM change_log") == edits);
    FLOOR_CHECK(server.number("SELECT last_mid FROM replica") == edits);
    FLOOR_CHECK(server.number("SELECT max(rev) FROM customer") == edits + 1);
    FLOOR_CHECK(a.number("SELECT count(*) FROM pending") == 0);
    FLOOR_CHECK(b.number("SELECT seq FROM cursor") == edits);
    const std::uint64_t digest = server.digest();
    FLOOR_CHECK(a.digest() == digest);
    FLOOR_CHECK(b.digest() == digest);
    // And the comparison itself would notice one name.
    b.execute("UPDATE customer SET name = 'x' WHERE id = (SELECT max(id) FROM customer)");
    FLOOR_CHECK(b.digest() != digest);
}

void run(const Plan& plan) {
    measureFsync(plan);
    Pipe figures;
    const pid_t server = start([&] { runServer(plan, figures.out()); });
    figures.closeOut();
    const auto port = static_cast<std::uint16_t>(receiveInt(figures.in()));
    measureFirstSync(plan, port);
    measureEdits(plan, port);
    finish(server);
    compare(plan);
}

}  // namespace
}  // namespace vorfahrt::floor

int main(int argc, char** argv) {
    vorfahrt::floor::Plan plan;
    bool quick = false;
    std::string parent = ".";
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--quick") {
            quick = true;
            plan.customers = 3'000;
            plan.edits = 20;
            plan.offlineEdits = 220;
            plan.batch = 50;
        } else if (argument == "--dir" && i + 1 < argc) {
            parent = argv[++i];
        } else {
            std::fprintf(stderr, "vf_floor [--quick] [--dir DIRECTORY]\n");
            return 2;
        }
    }
    plan.directory = parent + "/floor-XXXXXX";
    if (::mkdtemp(plan.directory.data()) == nullptr) {
        std::perror(plan.directory.c_str());
        return 1;
    }
    vorfahrt::floor::run(plan);
    std::error_code ignored;
    std::filesystem::remove_all(plan.directory, ignored);
    if (quick) {
        std::puts("Totals: 1 passed, 0 failed, 0 skipped");
    }
    return 0;
}
