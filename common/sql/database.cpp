// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sql/database.h"

#include "common/base/assert.h"
#include "common/base/file.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <unordered_map>
#include <utility>

namespace vorfahrt::sql {
namespace {

ErrorCode codeOf(int rc) {
    switch (rc & 0xff) {
        case SQLITE_FULL: return ErrorCode::NoSpace;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return ErrorCode::Corrupt;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_INTERRUPT: return ErrorCode::Unavailable;
        case SQLITE_CONSTRAINT: return ErrorCode::Duplicate;
        default: return ErrorCode::Internal;
    }
}

// SQLite's message names tables and columns, never bound values.
tl::unexpected<Error> sqliteError(sqlite3* db, int rc,
                                  std::source_location at = std::source_location::current()) {
    return fail(codeOf(rc),
                fmt::format("sqlite {}: {}", rc, db != nullptr ? sqlite3_errmsg(db) : "no handle"),
                at);
}

constexpr int kBusyTimeoutMs = 5000;
constexpr int kPageCacheKib = 16 * 1024;

}  // namespace

// ----------------------------------------------------------------------------------------
// Statement

Statement& Statement::operator=(Statement&& other) noexcept {
    if (this != &other) {
        sqlite3_finalize(handle_);
        handle_ = std::exchange(other.handle_, nullptr);
    }
    return *this;
}

Statement::~Statement() {
    sqlite3_finalize(handle_);
}

Statement& Statement::bindInt(int index, std::int64_t value) {
    VF_ASSERT(sqlite3_bind_int64(handle_, index, value) == SQLITE_OK);
    return *this;
}

Statement& Statement::bindBlob(int index, std::string_view value) {
    // A null pointer would bind NULL, and NOT NULL columns hold empty blobs.
    const char* data = value.data() != nullptr ? value.data() : "";
    VF_ASSERT(sqlite3_bind_blob64(handle_, index, data, value.size(), SQLITE_TRANSIENT) ==
              SQLITE_OK);
    return *this;
}

Statement& Statement::bindText(int index, std::string_view value) {
    const char* data = value.data() != nullptr ? value.data() : "";
    VF_ASSERT(sqlite3_bind_text64(handle_, index, data, value.size(), SQLITE_TRANSIENT,
                                  SQLITE_UTF8) == SQLITE_OK);
    return *this;
}

Statement& Statement::bindBlobView(int index, std::string_view value) {
    const char* data = value.data() != nullptr ? value.data() : "";
    VF_ASSERT(sqlite3_bind_blob64(handle_, index, data, value.size(), SQLITE_STATIC) == SQLITE_OK);
    return *this;
}

Statement& Statement::bindTextView(int index, std::string_view value) {
    const char* data = value.data() != nullptr ? value.data() : "";
    VF_ASSERT(sqlite3_bind_text64(handle_, index, data, value.size(), SQLITE_STATIC, SQLITE_UTF8) ==
              SQLITE_OK);
    return *this;
}

Statement& Statement::bindNull(int index) {
    VF_ASSERT(sqlite3_bind_null(handle_, index) == SQLITE_OK);
    return *this;
}

Result<bool> Statement::step() {
    const int rc = sqlite3_step(handle_);
    if (rc == SQLITE_ROW) {
        return true;
    }
    sqlite3* db = sqlite3_db_handle(handle_);
    if (rc == SQLITE_DONE) {
        sqlite3_reset(handle_);
        return false;
    }
    auto error = sqliteError(db, rc);
    sqlite3_reset(handle_);
    return error;
}

Status Statement::run() {
    for (;;) {
        VF_TRY(const bool more, step());
        if (!more) {
            return {};
        }
    }
}

void Statement::reset() {
    sqlite3_reset(handle_);
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(handle_, column);
}

std::string_view Statement::blob(int column) const {
    const void* data = sqlite3_column_blob(handle_, column);
    return {static_cast<const char*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::string_view Statement::text(int column) const {
    const unsigned char* data = sqlite3_column_text(handle_, column);
    return {reinterpret_cast<const char*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

// ---------------------------------------------------------------------------------------- Database

struct Database::State {
    sqlite3* handle = nullptr;
    std::unordered_map<std::string, std::unique_ptr<Statement>> cache;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        cache.clear();
        sqlite3_close_v2(handle);
    }
};

Database::Database(std::unique_ptr<State> state)
    : state_(std::move(state)) {}
Database::Database(Database&& other) noexcept = default;
Database& Database::operator=(Database&& other) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& file, OpenMode mode) {
    auto state = std::make_unique<State>();
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (mode == OpenMode::ReadOnly ? SQLITE_OPEN_READONLY
                                                  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    const int rc = sqlite3_open_v2(utf8Of(file).c_str(), &state->handle, flags, nullptr);
    if (rc != SQLITE_OK) {
        return sqliteError(state->handle, rc);
    }
    sqlite3_busy_timeout(state->handle, kBusyTimeoutMs);
    // A hostile file must not run code of its own.
    sqlite3_db_config(state->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(state->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    Database database(std::move(state));
    if (mode == OpenMode::ReadWrite) {
        // secure_delete: a revoked row must not stay readable in free pages.
        VF_CHECK(database.execute(
            "PRAGMA journal_mode=WAL; PRAGMA secure_delete=FAST; PRAGMA wal_autocheckpoint=2000"));
        VF_CHECK(database.setDurability(Durability::Full));
    }
    VF_CHECK(database.execute(
        fmt::format("PRAGMA cache_size=-{}; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; "
                    "PRAGMA mmap_size=268435456",
                    kPageCacheKib)));
    return database;
}

Result<Database> Database::openMemory() {
    auto state = std::make_unique<State>();
    const int rc = sqlite3_open_v2(
        ":memory:", &state->handle,
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_READWRITE, nullptr);
    if (rc != SQLITE_OK) {
        return sqliteError(state->handle, rc);
    }
    return Database(std::move(state));
}

Result<Statement> Database::prepare(std::string_view text) {
    sqlite3_stmt* handle = nullptr;
    const int rc = sqlite3_prepare_v3(state_->handle, text.data(), static_cast<int>(text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    if (rc != SQLITE_OK) {
        return sqliteError(state_->handle, rc);
    }
    return Statement(handle);
}

Result<Statement*> Database::cached(std::string_view text) {
    const std::string key(text);
    const auto it = state_->cache.find(key);
    if (it != state_->cache.end()) {
        it->second->reset();
        return it->second.get();
    }
    VF_TRY(Statement statement, prepare(text));
    auto owned = std::make_unique<Statement>(std::move(statement));
    Statement* out = owned.get();
    state_->cache.emplace(key, std::move(owned));
    return out;
}

Status Database::execute(std::string_view text) {
    const int rc =
        sqlite3_exec(state_->handle, std::string(text).c_str(), nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) {
        return sqliteError(state_->handle, rc);
    }
    return {};
}

Status Database::setDurability(Durability durability) {
    VF_ASSERT(!inTransaction());
    return execute(durability == Durability::Full ? "PRAGMA synchronous=FULL"
                                                  : "PRAGMA synchronous=NORMAL");
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(state_->handle);
}

std::int64_t Database::totalChanges() const {
    return sqlite3_total_changes64(state_->handle);
}

std::int64_t Database::lastRowId() const {
    return sqlite3_last_insert_rowid(state_->handle);
}

void Database::interrupt() {
    sqlite3_interrupt(state_->handle);
}

bool Database::inTransaction() const {
    return sqlite3_get_autocommit(state_->handle) == 0;
}

// ----------------------------------------------------------------------------------------
// Transaction

Result<Transaction> Transaction::begin(Database& database, Kind kind) {
    VF_TRY(Statement * statement,
           database.cached(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN"));
    VF_CHECK(statement->run());
    return Transaction(database);
}

Transaction::~Transaction() {
    if (database_ != nullptr && database_->inTransaction()) {
        (void)database_->execute("ROLLBACK");
    }
}

Status Transaction::commit() {
    VF_ASSERT(database_ != nullptr);
    VF_TRY(Statement * statement, database_->cached("COMMIT"));
    VF_CHECK(statement->run());
    database_ = nullptr;
    return {};
}

Result<Savepoint> Savepoint::begin(Database& database) {
    VF_TRY(Statement * statement, database.cached("SAVEPOINT part"));
    VF_CHECK(statement->run());
    return Savepoint(database);
}

Savepoint::~Savepoint() {
    if (database_ != nullptr && database_->inTransaction()) {
        (void)database_->execute("ROLLBACK TO part; RELEASE part");
    }
}

Status Savepoint::release() {
    VF_ASSERT(database_ != nullptr);
    VF_TRY(Statement * statement, database_->cached("RELEASE part"));
    VF_CHECK(statement->run());
    database_ = nullptr;
    return {};
}

}  // namespace vorfahrt::sql
