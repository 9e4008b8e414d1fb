-- SPDX-License-Identifier: GPL-3.0-or-later
-- What stands beside the record tables (those are derived from the schema by the generic binder).

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tenant_head (
    tenant BLOB NOT NULL PRIMARY KEY,
    epoch BLOB NOT NULL,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A scope's name is written once; the log refers to it by number. Never deleted.
CREATE TABLE scope_state (
    no INTEGER PRIMARY KEY,
    tenant BLOB NOT NULL,
    name TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    UNIQUE (tenant, name)
) STRICT;

-- The log: the current state of (scope, row, facet). A newer entry replaces it.
CREATE TABLE scope_entry (
    scope INTEGER NOT NULL,
    tbl INTEGER NOT NULL,
    id BLOB NOT NULL,
    facet INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    PRIMARY KEY (scope, tbl, id, facet)
) STRICT, WITHOUT ROWID;
CREATE INDEX scope_entry_feed ON scope_entry (scope, seq);
CREATE INDEX scope_entry_row ON scope_entry (id);

CREATE TABLE counter (
    tenant BLOB NOT NULL,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE replica (
    tenant BLOB NOT NULL,
    replica BLOB NOT NULL,
    user_id BLOB NOT NULL,
    device BLOB NOT NULL,
    last_mid INTEGER NOT NULL,
    PRIMARY KEY (tenant, replica)
) STRICT, WITHOUT ROWID;

CREATE TABLE mutation_result (
    tenant BLOB NOT NULL,
    replica BLOB NOT NULL,
    mid INTEGER NOT NULL,
    args_hash BLOB NOT NULL,
    code INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    lost_fields BLOB NOT NULL,
    PRIMARY KEY (tenant, replica, mid)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_answer (
    tenant BLOB NOT NULL,
    claim BLOB NOT NULL,
    lead BLOB NOT NULL,
    user_id BLOB NOT NULL,
    outcome INTEGER NOT NULL,
    token INTEGER NOT NULL,
    owner BLOB NOT NULL,
    PRIMARY KEY (tenant, claim)
) STRICT, WITHOUT ROWID;

CREATE TABLE conflict (
    no INTEGER PRIMARY KEY,
    tenant BLOB NOT NULL,
    tbl INTEGER NOT NULL,
    id BLOB NOT NULL,
    field INTEGER NOT NULL,
    loser BLOB NOT NULL,
    seq INTEGER NOT NULL,
    replica BLOB NOT NULL,
    mid INTEGER NOT NULL,
    edit_time_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX conflict_row ON conflict (tenant, tbl, id);

CREATE TABLE account (
    id BLOB NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    disabled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
    hash BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    device BLOB NOT NULL,
    created_ms INTEGER NOT NULL,
    last_used_ms INTEGER NOT NULL,
    revoked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX token_account ON token (account);

-- With a rowid: the bytes may be large.
CREATE TABLE raw_message (
    tenant BLOB NOT NULL,
    intake BLOB NOT NULL,
    received_ms INTEGER NOT NULL,
    envelope_from TEXT NOT NULL,
    envelope_to TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (tenant, intake)
) STRICT;
