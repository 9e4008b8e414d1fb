// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlite/meta_queries.h"

namespace vorfahrt::server::store {

Result<std::int64_t> readSchemaVersion(sql::Database& database) {
    VF_TRY(sql::Statement * read,
           database.cached("SELECT value FROM meta WHERE name='schema_version'"));
    VF_TRY(const bool found, read->step());
    const std::int64_t version = found ? read->integer(0) : 0;
    read->reset();
    return version;
}

Status writeSchemaVersion(sql::Database& database, std::int64_t version) {
    VF_TRY(sql::Statement * write,
           database.cached("INSERT INTO meta (name,value) VALUES ('schema_version',?) "
                           "ON CONFLICT (name) DO UPDATE SET value=excluded.value"));
    write->bindInt(1, version);
    return write->run();
}

Result<std::int64_t> readDataVersion(sql::Database& database) {
    VF_TRY(sql::Statement * read, database.cached("PRAGMA data_version"));
    VF_TRY(const bool found, read->step());
    const std::int64_t version = found ? read->integer(0) : 0;
    read->reset();
    return version;
}

Status tuneWriter(sql::Database& database) {
    // 128 MiB of cache (KiB, negative), 64 MiB of log (pages of 4 KiB).
    return database.execute("PRAGMA cache_size=-131072; PRAGMA wal_autocheckpoint=16384");
}

}  // namespace vorfahrt::server::store
