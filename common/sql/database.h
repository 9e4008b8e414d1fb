// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace vorfahrt::sql {

// A prepared statement. Binds by position from 1, reads columns from 0. Belongs to one Database and
// its thread. A text or blob view from a column is valid until the next step or reset.
class Statement {
public:
    Statement() = default;
    explicit Statement(sqlite3_stmt* handle)
        : handle_(handle) {}
    Statement(Statement&& other) noexcept
        : handle_(std::exchange(other.handle_, nullptr)) {}
    Statement& operator=(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    Statement& bindInt(int index, std::int64_t value);
    Statement& bindBlob(int index, std::string_view value);  // copied
    Statement& bindText(int index, std::string_view value);  // copied
    Statement& bindNull(int index);
    // As bindBlob and bindText, without the copy: the bytes must live until the next reset.
    Statement& bindBlobView(int index, std::string_view value);
    Statement& bindTextView(int index, std::string_view value);

    // true: a row is there. false: done; the statement is reset.
    [[nodiscard]] Result<bool> step();
    // For statements without rows: runs and resets.
    [[nodiscard]] Status run();
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    sqlite3_stmt* handle_ = nullptr;
};

enum class Durability {
    Full,    // a commit is on disk when it returns
    Normal,  // survives a crash of the process, not of the machine
};

enum class OpenMode { ReadWrite, ReadOnly };

// One SQLite connection in WAL mode. Used by one thread. Errors: NoSpace, Corrupt, Unavailable
// (locked or interrupted), Duplicate (constraint), Internal.
class Database {
public:
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& file,
                                               OpenMode mode = OpenMode::ReadWrite);
    // In memory, for tests.
    [[nodiscard]] static Result<Database> openMemory();
    Database(Database&& other) noexcept;
    Database& operator=(Database&& other) noexcept;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    // text must be a constant of the program: values are always bound.
    [[nodiscard]] Result<Statement> prepare(std::string_view text);
    // The same, prepared once for this connection. The reference lives as long as the Database; it
    // is reset.
    [[nodiscard]] Result<Statement*> cached(std::string_view text);
    // One or more statements without parameters.
    [[nodiscard]] Status execute(std::string_view text);

    // Only outside a transaction.
    [[nodiscard]] Status setDurability(Durability durability);
    [[nodiscard]] std::int64_t changes() const;
    // Rows that all statements of this connection have written.
    [[nodiscard]] std::int64_t totalChanges() const;
    // Rowid of the last insert.
    [[nodiscard]] std::int64_t lastRowId() const;
    // Thread-safe: makes the running query of this connection fail with Unavailable.
    void interrupt();
    [[nodiscard]] bool inTransaction() const;

private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// Rolls back unless committed. A failed COMMIT means unknown: the owner must reopen and read.
class Transaction {
public:
    enum class Kind { Write, Read };
    [[nodiscard]] static Result<Transaction> begin(Database& database, Kind kind = Kind::Write);
    Transaction(Transaction&& other) noexcept
        : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    [[nodiscard]] Status commit();

private:
    explicit Transaction(Database& database)
        : database_(&database) {}
    Database* database_;
};

// A part of a transaction that can be undone alone. Undone unless released.
class Savepoint {
public:
    [[nodiscard]] static Result<Savepoint> begin(Database& database);
    Savepoint(Savepoint&& other) noexcept
        : database_(std::exchange(other.database_, nullptr)) {}
    Savepoint& operator=(Savepoint&&) = delete;
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    ~Savepoint();
    [[nodiscard]] Status release();

private:
    explicit Savepoint(Database& database)
        : database_(&database) {}
    Database* database_;
};

}  // namespace vorfahrt::sql
