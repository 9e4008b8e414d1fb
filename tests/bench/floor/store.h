// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace vorfahrt::floor {

inline constexpr std::size_t kRecordBytes = 391;  // one customer on the wire
inline constexpr std::size_t kIdBytes = 16;
inline constexpr std::size_t kRestBytes = 310;

// Views into a message or a row.
struct Customer {
    std::string_view id;
    std::int64_t rev = 0;
    std::string_view name;     // 18 bytes
    std::string_view company;  // 23 bytes
    std::string_view site;     // 16 bytes
    std::string_view rest;
};

void append(std::string& message, const Customer& customer);  // kRecordBytes
[[nodiscard]] Customer parse(std::string_view record);
void appendInt(std::string& message, std::int64_t value);  // 8 bytes
[[nodiscard]] std::int64_t parseInt(std::string_view bytes);

// The content of customer number n of the seed; buffers live in the object.
class SeedCustomer {
public:
    explicit SeedCustomer(std::uint64_t n);
    [[nodiscard]] Customer customer() const;

private:
    std::string id_;
    std::string name_;
    std::string company_;
    std::string site_;
    std::string rest_;
};

[[nodiscard]] std::string seedId(std::uint64_t n);
[[nodiscard]] std::string editedName(std::int64_t mid);  // as long as every other name

// sqlite3 with nothing around it but the check of the return code.
class Statement {
public:
    Statement(sqlite3* database, const char* text);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::string_view value);  // blob, not copied
    bool step();                                         // false: done and reset
    void run();
    void reset();
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view bytes(int column) const;

private:
    sqlite3_stmt* handle_ = nullptr;
};

enum class Sync { Normal, Full };

class Store {
public:
    Store(const std::string& file, Sync sync);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    void execute(const char* text);
    void setSync(Sync sync);
    [[nodiscard]] sqlite3* native() const { return database_; }

    void createTables();  // without the three indexes
    void createIndexes();
    [[nodiscard]] std::int64_t number(const char* query);
    // Every customer row in order, as one number: equal on all sides at the end.
    [[nodiscard]] std::uint64_t digest();

private:
    sqlite3* database_ = nullptr;
};

}  // namespace vorfahrt::floor
