// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/floor/store.h"

#include "tests/bench/floor/check.h"

#include <sqlite3.h>

#include <cstring>

namespace vorfahrt::floor {

namespace {

constexpr std::size_t kNameBytes = 18;
constexpr std::size_t kCompanyBytes = 23;
constexpr std::size_t kSiteBytes = 16;
static_assert(kIdBytes + 8 + kNameBytes + kCompanyBytes + kSiteBytes + kRestBytes == kRecordBytes);

std::uint64_t mix(std::uint64_t x) {  // splitmix64
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31U);
}

std::string letters(std::uint64_t seed, std::size_t size) {
    std::string text(size, 'a');
    for (std::size_t i = 0; i < size; ++i) {
        if (i % 8 == 0) {
            seed = mix(seed);
        }
        text[i] = static_cast<char>('a' + ((seed >> (8 * (i % 8))) & 0xFFU) % 26);
    }
    return text;
}

std::string bigEndian(std::uint64_t value) {
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8) {
        bytes += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU);
    }
    return bytes;
}

}  // namespace

void appendInt(std::string& message, std::int64_t value) {
    std::array<char, 8> bytes{};
    std::memcpy(bytes.data(), &value, sizeof value);
    message.append(bytes.data(), bytes.size());
}

std::int64_t parseInt(std::string_view bytes) {
    FLOOR_CHECK(bytes.size() >= 8);
    std::int64_t value = 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

void append(std::string& message, const Customer& customer) {
    message += customer.id;
    appendInt(message, customer.rev);
    message += customer.name;
    message += customer.company;
    message += customer.site;
    message += customer.rest;
}

Customer parse(std::string_view record) {
    FLOOR_CHECK(record.size() >= kRecordBytes);
    Customer customer;
    std::size_t at = 0;
    const auto take = [&record, &at](std::size_t size) {
        at += size;
        return record.substr(at - size, size);
    };
    customer.id = take(kIdBytes);
    customer.rev = parseInt(take(8));
    customer.name = take(kNameBytes);
    customer.company = take(kCompanyBytes);
    customer.site = take(kSiteBytes);
    customer.rest = take(kRestBytes);
    return customer;
}

// As UUIDv7: ascending at the front, random behind.
std::string seedId(std::uint64_t n) {
    return bigEndian(0x0190000000000000ULL + (n << 8U)) + bigEndian(mix(n));
}

std::string editedName(std::int64_t mid) {
    return letters(static_cast<std::uint64_t>(mid) + 1'000'000'000ULL, kNameBytes);
}

SeedCustomer::SeedCustomer(std::uint64_t n)
    : id_(seedId(n)),
      name_(letters(n * 3, kNameBytes)),
      company_(letters(n * 3 + 1, kCompanyBytes)),
      site_(bigEndian(n % 8) + bigEndian(7)),
      rest_(letters(n * 3 + 2, kRestBytes)) {}

Customer SeedCustomer::customer() const {
    Customer customer;
    customer.id = id_;
    customer.rev = 1;
    customer.name = name_;
    customer.company = company_;
    customer.site = site_;
    customer.rest = rest_;
    return customer;
}

Statement::Statement(sqlite3* database, const char* text) {
    FLOOR_CHECK(sqlite3_prepare_v3(database, text, -1, SQLITE_PREPARE_PERSISTENT, &handle_,
                                   nullptr) == SQLITE_OK);
}

Statement::~Statement() {
    sqlite3_finalize(handle_);
}

Statement& Statement::bind(int index, std::int64_t value) {
    FLOOR_CHECK(sqlite3_bind_int64(handle_, index, value) == SQLITE_OK);
    return *this;
}

Statement& Statement::bind(int index, std::string_view value) {
    FLOOR_CHECK(sqlite3_bind_blob64(handle_, index, value.data(), value.size(), SQLITE_STATIC) ==
                SQLITE_OK);
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(handle_);
    FLOOR_CHECK(code == SQLITE_ROW || code == SQLITE_DONE);
    if (code == SQLITE_DONE) {
        sqlite3_reset(handle_);
    }
    return code == SQLITE_ROW;
}

void Statement::run() {
    FLOOR_CHECK(!step());
}

void Statement::reset() {
    sqlite3_reset(handle_);
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(handle_, column);
}

std::string_view Statement::bytes(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    const int size = sqlite3_column_bytes(handle_, column);
    return data == nullptr ? std::string_view()
                           : std::string_view(data, static_cast<std::size_t>(size));
}

Store::Store(const std::string& file, Sync sync) {
    FLOOR_CHECK(sqlite3_open_v2(file.c_str(), &database_,
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                                nullptr) == SQLITE_OK);
    execute("PRAGMA journal_mode=WAL; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;");
    setSync(sync);
}

Store::~Store() {
    sqlite3_close_v2(database_);
}

void Store::execute(const char* text) {
    FLOOR_CHECK(sqlite3_exec(database_, text, nullptr, nullptr, nullptr) == SQLITE_OK);
}

void Store::setSync(Sync sync) {
    execute(sync == Sync::Full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
}

void Store::createTables() {
    execute(
        "CREATE TABLE customer (id BLOB PRIMARY KEY, rev INTEGER, name BLOB, company BLOB, "
        "  site BLOB, rest BLOB);"
        "CREATE TABLE pending (mid INTEGER PRIMARY KEY, record BLOB);"
        "CREATE TABLE cursor (one INTEGER PRIMARY KEY, seq INTEGER);"
        "CREATE TABLE replica (id INTEGER PRIMARY KEY, last_mid INTEGER);"
        "CREATE TABLE change_log (seq INTEGER PRIMARY KEY, mid INTEGER, id BLOB);"
        "INSERT INTO cursor VALUES (1, 0); INSERT INTO replica VALUES (1, 0);");
}

void Store::createIndexes() {
    execute(
        "CREATE INDEX customer_name ON customer (name);"
        "CREATE INDEX customer_company ON customer (company);"
        "CREATE INDEX customer_site ON customer (site);");
}

std::int64_t Store::number(const char* query) {
    Statement statement(database_, query);
    FLOOR_CHECK(statement.step());
    return statement.integer(0);
}

std::uint64_t Store::digest() {
    Statement rows(database_, "SELECT id, rev, name, rest FROM customer ORDER BY id");
    std::uint64_t sum = 0xCBF29CE484222325ULL;
    const auto add = [&sum](std::string_view bytes) {
        for (const char c : bytes) {
            sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
        }
    };
    while (rows.step()) {
        add(rows.bytes(0));
        sum = mix(sum ^ static_cast<std::uint64_t>(rows.integer(1)));
        add(rows.bytes(2));
        add(rows.bytes(3));
    }
    return sum;
}

}  // namespace vorfahrt::floor
