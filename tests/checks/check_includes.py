#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom (ARCHITECTURE.md, "Libraries"). An allow-list: what is not named is refused."""

import re

import checklib

# Project folders that a folder may include besides itself.
COMMON = {
    "base": "",
    "schema": "base",
    "sql": "base schema",
    "domain": "base schema",
    "sync": "base sql schema domain",
}
# intake is pure (bytes in, values out) and below service, which turns its values into rows.
SERVER_LAYERS = [["store"], ["feed"], ["intake"], ["service"],
                 ["channels", "telephony", "billing", "report"], ["session", "web"], ["app"]]
CLIENT_LAYERS = [["keys"], ["replica"], ["command"], ["sync", "phone"], ["model"], ["viewmodel"], ["ui"], ["app"]]
NET_USERS = ["session", "web", "voice", "app"]

# Headers in angle brackets: (pattern, where it may stand).
LIBRARIES = [
    (r"Q[A-Z]|Qt[A-Z]\w*/|q\w+\.h$", r"client/|tests/"),
    (r"boost/beast", r"server/net/[^/]+\.cpp$|tests/"),
    (r"boost/", r"server/|tests/"),
    (r"openssl/", r"server/|tests/"),
    (r"gmime/|glib|iconv\.h", r"server/(intake|channels)/|tests/"),
    (r"libxml/", r"server/|tests/"),
    (r"toml\+\+/", r"server/app/|tests/"),
    (r"spdlog/", r"server/app/log_backend\.cpp$"),
    (r"libpq-fe\.h", r"server/store/|tests/"),
    (r"sofia-sip/", r"server/voice/|tests/"),
    (r"sqlite3\.h", r"common/sql/|tests/"),
    (r"sodium\.h", r"common/base/|server/service/|client/keys/|tests/"),
    (r"google/protobuf/", r"common/(?!base/)|server/(?!net/)|client/(?!ui/)|tests/"),
    (r"tl/expected\.hpp", r"common/base/"),
    (r"fmt/", r"common/(base|sql)/|server/|client/(?!ui/)|tests/"),
    (r"zstd\.h", r"server/feed/|client/replica/|tests/"),
    # POSIX: everything but the server is also built for Windows.
    (r"(unistd|fcntl|poll|pthread|signal|dlfcn|dirent|netdb|spawn|termios|syslog|pwd)\.h$"
     r"|(sys|arpa|netinet|linux)/", r"server/|tests/|.*_(linux|unix)\.cpp$"),
    (r"(windows|dpapi|wincred|shellapi|winsock2)\.h$", r".*_windows\.cpp$"),
    (r"[a-z_0-9]+$", r""),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')


def build_allowed():
    allowed = {f"common/{name}": {f"common/{n}" for n in names.split()}
               for name, names in COMMON.items()}
    everything_common = set(allowed)
    for side, layers in (("server", SERVER_LAYERS), ("client", CLIENT_LAYERS)):
        below = set()
        for layer in layers:
            for name in layer:
                allowed[f"{side}/{name}"] = everything_common | below
            below = below | {f"{side}/{name}" for name in layer}
    allowed["server/net"] = {"common/base"}
    allowed["server/intake"] = set(everything_common)
    allowed["server/voice"] = set(everything_common)
    for name in NET_USERS:
        allowed[f"server/{name}"].add("server/net")
    return allowed


ALLOWED = build_allowed()


def project_problem(path, header):
    if header.endswith(".moc") or re.fullmatch(r"moc_\w+\.cpp", header):
        return None
    if header.split("/")[0] not in ("common", "server", "client", "tests", "resources"):
        return "includes are rooted at the checkout"
    if path.startswith("tests/"):
        return None
    source, target = checklib.folder_of(path), checklib.folder_of(header)
    if source == target or target == "resources" and path.startswith("client/"):
        return None
    if source not in ALLOWED:
        return "this folder is not in the list of tests/checks/check_includes.py"
    return None if target in ALLOWED[source] else f"{source} may not include {target}"


def library_problem(path, header):
    for pattern, where in LIBRARIES:
        if re.match(pattern, header):
            return None if re.match(where, path) else "not allowed here"
    return None if path.startswith("tests/") else "an unknown library"


def check(tree):
    problems = []
    for path, text in tree.items():
        for number, line in enumerate(text.split("\n"), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            quoted = match[1] == '"'
            problem = (project_problem if quoted else library_problem)(path, match[2])
            if problem:
                problems.append(f"{path}:{number}: {match[2]}: {problem}")
    return problems


def case(path, header, expected):
    return f"{path} {header}", expected, len(check({path: f"#include {header}\n"}))


CASES = [
    case("common/base/id.h", "<vector>", 0),
    case("common/base/id.h", "<QString>", 1),
    case("common/base/id.h", '"common/sql/database.h"', 1),
    case("common/sync/merge.cpp", '"common/schema/customer.pb.h"', 0),
    case("common/sql/database.cpp", "<sqlite3.h>", 0),
    case("common/base/clock.cpp", "<unistd.h>", 1),
    case("server/store/sqlite/store.cpp", '"server/store/store.h"', 0),
    case("server/store/store.h", '"server/feed/feed.h"', 1),
    case("server/service/lead.cpp", '"server/feed/feed.h"', 0),
    case("server/service/lead.cpp", '"server/net/listener.h"', 1),
    case("server/service/lead.cpp", '"client/model/leads.h"', 1),
    case("server/session/session.cpp", '"server/net/listener.h"', 0),
    case("server/intake/lmtp.cpp", '"server/net/listener.h"', 1),
    case("server/feed/feed.cpp", '"server/intake/mail.h"', 1),
    case("server/service/lead.cpp", '"server/intake/mail.h"', 0),
    case("server/service/auth.cpp", "<sodium.h>", 0),
    case("client/sync/session_file.cpp", "<sodium.h>", 1),
    case("client/keys/sealing.cpp", "<sodium.h>", 0),
    case("server/feed/pump.cpp", "<zstd.h>", 0),
    case("client/sync/session.cpp", "<zstd.h>", 1),
    case("server/net/http_io.cpp", "<google/protobuf/message.h>", 1),
    case("client/ui/leads/page.cpp", "<fmt/format.h>", 1),
    case("server/session/session.cpp", "<boost/beast.hpp>", 1),
    case("server/net/connection.cpp", "<boost/beast.hpp>", 0),
    case("server/net/connection.h", "<boost/beast.hpp>", 1),
    case("server/net/connection.h", '"server/session/session.h"', 1),
    case("server/app/main.cpp", "<QCoreApplication>", 1),
    case("server/app/main.cpp", "<spdlog/spdlog.h>", 1),
    case("client/ui/leads/page.cpp", '"client/viewmodel/leads.h"', 0),
    case("client/ui/leads/page.cpp", "<QtWidgets/QWidget>", 0),
    case("client/viewmodel/leads.h", '"client/ui/leads/page.h"', 1),
    case("client/command/edit.cpp", '"client/sync/machine.h"', 1),
    case("client/sync/thread.h", '"client/command/commands.h"', 0),
    case("client/sync/socket.cpp", "<boost/asio.hpp>", 1),
    case("client/app/main.cpp", '"tests/support/fake.h"', 1),
    case("client/app/main.cpp", '"main_window.h"', 1),
    case("client/new/thing.cpp", '"common/base/id.h"', 1),
    case("client/app/main.cpp", "<some/library.h>", 1),
    case("tests/e2e/kill_test.cpp", '"server/app/app.h"', 0),
    case("tests/support/shim.cpp", "<some/library.h>", 0),
]

if __name__ == "__main__":
    checklib.run("Includes", [("includes", lambda: check(checklib.read_tree(checklib.is_cpp)), CASES)])
