#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No value is spliced into SQL: what reaches prepare, cached or execute is made of literals and of
names that the schema's generator owns.

The text is followed by name through locals, members and small functions: every assignment to a
name, every return of a function and, for a parameter, every call in the file must be made of the
same. What cannot be followed counts as a splice. common/sql and common/schema are the
generator itself.
"""

import re

import checklib

SINK = re.compile(r"(?:\.|->|\b)(cached|prepare|execute)\(")
COMMENT = re.compile(r"(^|\s)//[^\n]*")
LITERAL = re.compile(r'R"(\w*)\((?:.|\n)*?\)\1"|"(?:[^"\\\n]|\\.)*"')
# Names that come from the schema's reflection or from constants; never from a row or a person.
OWNED = re.compile(r"(?:[\w:>.-]|<[\w:]+>|\(\))*\bselectText\(\)$|"
                   r"(?:\w+(?:\(\))?(?:\.|->))*(?:info(?:\(\))?|info_)(?:\.|->)table$|"
                   r"(?:\w+\.)?column(?:\(\w+\))?(?:\.|->)name$|(?:[\w:]*::)?facetName\(.*\)$|(?:\w+::)*k[A-Z]\w*$")
WRAPPER = re.compile(r"(?:std::string|std::string_view|QStringLiteral|fmt::format)$")
FUNCTION = re.compile(r"\b(\w+)\(([^(){};]*)\)(?:\s*const)?(?:\s*->[^{;]+)?\s*\{")
NOT_FUNCTIONS = {"if", "for", "while", "switch", "catch", "return"}


def is_checked(path):
    return (path.startswith(("server/", "client/", "common/")) and path.endswith((".cpp", ".h"))
            and not path.startswith(("common/sql/", "common/schema/")))


def closing(text, start):
    """The place of the bracket that closes the one at start."""
    depth = 0
    for i in range(start, len(text)):
        if text[i] in "([{":
            depth += 1
        elif text[i] in ")]}":
            depth -= 1
            if depth == 0:
                return i
    return len(text)


def split(text, mark):
    """At a mark outside of all brackets."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += c in "([{"
        depth -= c in ")]}"
        if depth == 0 and c == mark:
            parts.append(text[start:i])
            start = i + 1
    return [p.strip() for p in parts + [text[start:]]]


class File:
    def __init__(self, text, tree):
        self.tree = tree  # of all files by path, for their functions
        # Literals become "" so that nothing inside them is taken for code; line breaks stay.
        text = COMMENT.sub(r"\1", text)
        self.text = LITERAL.sub(lambda m: '""' + "\n" * m[0].count("\n"), text)
        self.open = set()  # names being followed: a cycle adds nothing
        self.functions = [(m, closing(self.text, m.end() - 1)) for m in
                          FUNCTION.finditer(self.text) if m[1] not in NOT_FUNCTIONS]

    def problems(self):
        for match in SINK.finditer(self.text):
            if re.search(r"[>&*\]]\s*(?:\w+::)?$", self.text[:match.start(1)]) and \
                    not self.text[:match.start(1)].endswith("->"):
                continue  # a declaration
            arg = split(self.text[match.end():closing(self.text, match.end() - 1)], ",")[0]
            if arg and not self.safe(arg, match.start()):
                yield self.text.count("\n", 0, match.start()) + 1, " ".join(arg.split())[:60]

    def safe(self, expr, at):
        expr = expr.strip()
        terms = split(expr, "+")
        if len(terms) > 1:
            return all(self.safe(t, at) for t in terms)
        branches = split(expr, "?")
        if len(branches) == 2:
            return all(self.safe(b, at) for b in split(branches[1], ":"))
        if re.fullmatch(r'(?:""\s*)+', expr):
            return True
        if expr.startswith("(") and closing(expr, 0) == len(expr) - 1:
            return self.safe(expr[1:-1], at)
        if OWNED.match(expr):
            return True
        call = re.match(r"([\w:]+)[({]", expr)
        if call and closing(expr, call.end() - 1) == len(expr) - 1:
            if WRAPPER.match(call[1]):
                return all(self.safe(a, at) for a in split(expr[call.end():-1], ","))
            return self.function_is_safe(call[1])
        return re.fullmatch(r"\w+", expr) is not None and self.name_is_safe(expr, at)

    def name_is_safe(self, name, at):
        if name in self.open:
            return True
        self.open.add(name)
        try:
            around = [(m.start(), end) for m, end in self.functions if m.end() <= at <= end]
            scopes = [] if name.endswith("_") or not around else [around[0]]
            for start, end in [*scopes, (0, len(self.text))]:
                values = self.values_of(name, self.text[start:end])
                if values:
                    return all(self.safe(v, start + offset) for v, offset in values)
                if scopes and self.parameter_is_safe(name, at):
                    return True
            return False
        finally:
            self.open.discard(name)

    @staticmethod
    def values_of(name, text):
        values = [(text[m.end():].split(";")[0].strip(), m.end()) for m in
                  re.finditer(rf"(?<![.>\w]){name}\s*\+?=(?!=)", text)]
        values += [(text[m.end():closing(text, m.end() - 1)], m.end()) for m in
                   re.finditer(rf"(?<![.>\w]){name}\.append\(|"
                               rf"std::string(?:_view)?\s+{name}[({{]", text)]
        return [(v, at) for v, at in values if v]

    def parameter_is_safe(self, name, at):
        """The function around `at` has this parameter: what its callers in this file give."""
        found = None
        for m, end in self.functions:
            index = [i for i, p in enumerate(split(m[2], ",")) if re.search(rf"\b{name}$", p)]
            if m.end() <= at <= end and index:
                found = m, index[0]
        if found is None:
            return False
        definition, index = found
        calls = [m for m in re.finditer(rf"\b{definition[1]}\(", self.text)
                 if m.start() != definition.start()]
        given = []
        for m in calls:
            args = split(self.text[m.end():closing(self.text, m.end() - 1)], ",")
            if index < len(args) and not re.search(r"\w[\s&*]+\w+$", args[index]):
                given.append((args[index], m.start()))
        return bool(given) and all(self.safe(a, where) for a, where in given)

    def function_is_safe(self, name):
        key = f"{name}()"
        if key in self.open:
            return False
        self.open.add(key)
        try:
            bodies = [(file, m.end(), file.text[m.end():end]) for file in self.tree.values()
                      for m, end in file.functions if m[1] == name]
            returns = [(file, r, at) for file, at, body in bodies
                       for r in re.findall(r"\breturn\b([^;]*);", body)]
            return bool(returns) and all(file.safe(r, at) for file, r, at in returns)
        finally:
            self.open.discard(key)


def splices(tree):
    files = {}
    for path, text in tree.items():
        if is_checked(path):
            files[path] = File(text, files)
    return [f"{path}:{line}: SQL made of something that is no literal: {what}"
            for path, file in files.items() for line, what in file.problems()]


def case(text, content, expected, path="server/store/sqlite/a_queries.cpp"):
    return text, expected, len(splices({path: content}))


CASES = [
    case("concatenation", 'db.cached("SELECT a FROM b WHERE c=\'" + login + "\'");', 1),
    case("format", 'db_->prepare(fmt::format("DELETE FROM b WHERE c={}", id));', 1),
    case("a local", 'std::string sql = "SELECT a"; sql += value; db.cached(sql);', 1),
    case("appended", 'std::string sql("SELECT a"); sql.append(value); db.cached(sql);', 1),
    case("a row's value", 'db.execute("DROP TABLE " + row.name());', 1),
    case("a ternary", 'db.cached("SELECT a" + std::string(desc ? "" : order));', 1),
    case("a function", 'std::string f(int a) { if (a) { return ""; } return name; }\n'
         'void g() { db.cached("SELECT a" + f(1)); }', 1),
    case("a parameter", 'int count(Db& db, std::string_view text) { return db.cached(text); }\n'
         'void g() { count(db, "SELECT a"); count(db, "SELECT a WHERE b=" + typed); }', 1),
    case("a parameter of everybody", "int count(std::string_view text) { db.cached(text); }", 1),
    case("outside of queries", 'db.execute("PRAGMA key=" + key);', 1, "client/replica/a.cpp"),
    case("literals", 'db.cached("SELECT a " // b\n "FROM b WHERE c=?");', 0),
    case("the generator's names", 'db.cached(table.selectText() + " WHERE tenant=?");\n'
         'db.cached(fmt::format("SELECT 1 FROM {}", info.table));', 0),
    case("literals by name", 'constexpr auto kSql = "SELECT"; const std::string due = mine ? "a" : "b";\n'
         'std::string t = "SELECT " + due; t += " LIMIT 1"; db.cached(t); db.execute(kSql);', 0),
    case("a function of literals", 'std::string_view f(int a) { switch (a) { case 1: return "a"; '
         'default: return "b"; } }\nvoid g() { db.cached("SELECT " + std::string(f(1))); }', 0),
    case("a parameter of literals", 'int count(Db& db, std::string_view text) { return db.cached(text); }\n'
         'void g() { count(db, "SELECT a"); }', 0),
    case("a declaration", "Result<Statement*> cached(std::string_view text);", 0),
    case("the binder", "db.cached(anything);", 0, "common/sql/record_table.cpp"),
]

if __name__ == "__main__":
    sources = checklib.read_tree(is_checked)
    checklib.run("Sql", [("splices", lambda: splices(sources), CASES)])
