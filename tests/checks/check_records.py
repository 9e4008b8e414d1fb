#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Record tables are written by the generic binder only (its blob is the truth, its columns follow).

The table names are read from the options of the records: `table: "lead"` in common/schema/*.proto.
SQL itself stands in .sql files, *_queries.cpp and the two folders that make it by reflection.
"""

import re

import checklib

TABLE = re.compile(r'\btable\s*[:=]\s*"(\w+)"')
WRITE = re.compile(r"\b(?:UPDATE(?:\s+OR\s+\w+)?|INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|"
                   r"DELETE\s+FROM|ALTER\s+TABLE|DROP\s+TABLE(?:\s+IF\s+EXISTS)?)\s+"
                   r"[\"'`\[]?(?:main\.)?(\w+|\{\w*\})", re.I)
SQL_TEXT = re.compile(r'"\s*(SELECT\s|UPDATE\s+\w+\s+SET|INSERT\s|REPLACE\s+INTO|DELETE\s+FROM|'
                      r"CREATE\s+(TABLE|INDEX|UNIQUE|VIRTUAL)|DROP\s+TABLE|WITH\s+\w+\s+AS)")
COMMENT = re.compile(r"(^|\s)//[^\n]*")
ADJACENT_LITERALS = re.compile(r'"\s*\n\s*"')


def is_product(path):
    return path.startswith(("common/", "server/", "client/"))


def may_make_sql(path):
    return path.startswith(("common/schema/", "common/sql/"))


def joined(text):
    """Literals that the compiler joins, on one line; the line numbers stay those of their starts."""
    return ADJACENT_LITERALS.sub(lambda m: " " + "\v" * m[0].count("\n"), text)


def matches(path, text, pattern):
    text = joined(COMMENT.sub(r"\1", text))
    for match in pattern.finditer(text):
        number = sum(text.count(c, 0, match.start()) for c in "\n\v") + 1
        yield f"{path}:{number}", match


def writes(tree):
    tables = {name for path, text in tree.items() if path.endswith(".proto")
              for name in TABLE.findall(text)}
    problems = []
    for path, text in tree.items():
        if not is_product(path) or may_make_sql(path) or not path.endswith((".cpp", ".h", ".sql")):
            continue
        for where, match in matches(path, text, WRITE):
            target = match[1]
            if target in tables:
                problems.append(f"{where}: writes the record table '{target}' past the binder")
            elif target.startswith("{"):
                problems.append(f"{where}: SQL with a spliced table name")
    return problems


def places(tree):
    problems = []
    for path, text in tree.items():
        if (is_product(path) and checklib.is_cpp(path) and not may_make_sql(path)
                and not path.endswith("_queries.cpp")):
            problems += [f"{where}: SQL outside *_queries.cpp and *.sql"
                         for where, _ in matches(path, text, SQL_TEXT)]
    return problems


PROTO = {"common/schema/lead.proto": 'option (record) = { table: "lead" };'}


def case(check, text, path, content, expected):
    return text, expected, len(check({**PROTO, path: content}))


WRITE_CASES = [
    case(writes, "update", "server/feed/a_queries.cpp", '"UPDATE lead SET rev = 1"', 1),
    case(writes, "insert", "server/feed/a.sql", "INSERT OR REPLACE INTO lead VALUES (1)", 1),
    case(writes, "delete, split", "client/replica/a_queries.cpp", '"DELETE FROM "\n  "lead"', 1),
    case(writes, "spliced", "server/feed/a.cpp", 'fmt::format("UPDATE {} SET a = 1", t)', 1),
    case(writes, "another table", "server/feed/a_queries.cpp", '"UPDATE entry SET seq = ?"', 0),
    case(writes, "reading", "server/feed/a_queries.cpp", '"SELECT * FROM lead"', 0),
    case(writes, "the binder", "common/schema/binder.cpp", '"UPDATE {} SET a = 1"', 0),
    case(writes, "a test", "tests/unit/a.cpp", '"DELETE FROM lead"', 0),
    case(writes, "prose", "server/feed/a.cpp", "// Update lead and site.", 0),
]
PLACE_CASES = [
    case(places, "in a service", "server/service/a.cpp", '"SELECT a FROM b"', 1),
    case(places, "in queries", "server/store/a_queries.cpp", '"SELECT a FROM b"', 0),
    case(places, "in a label", "client/ui/a.cpp", 'tr("Select a lead")', 0),
]

if __name__ == "__main__":
    sources = checklib.read_tree(lambda p: p.endswith((".cpp", ".h", ".sql", ".proto")))
    checklib.run("Records", [("writes", lambda: writes(sources), WRITE_CASES),
                             ("sqlPlaces", lambda: places(sources), PLACE_CASES)])
