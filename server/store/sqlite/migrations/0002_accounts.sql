-- SPDX-License-Identifier: GPL-3.0-or-later
-- Codes with which people choose a password, the set-up code, and requests that were done
-- (PROTOCOL.md, section 9). Digests only.

CREATE TABLE account_code (
    account BLOB NOT NULL PRIMARY KEY,
    hash BLOB NOT NULL,
    expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row at most.
CREATE TABLE setup_code (
    no INTEGER NOT NULL PRIMARY KEY CHECK (no = 1),
    hash BLOB NOT NULL,
    wrong_tries INTEGER NOT NULL,
    used_by BLOB NOT NULL
) STRICT;

CREATE TABLE done_request (
    id BLOB NOT NULL PRIMARY KEY,
    asker BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    created BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX done_request_at ON done_request (at_ms);
