// SPDX-License-Identifier: GPL-3.0-or-later
// Opening, names, counts, the sync tray, drafts and the dump.
#include "client/replica/reader_parts.h"
#include "common/base/bytes.h"
#include "common/schema/mutations.pb.h"
#include "common/sync/mutator.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>

namespace vorfahrt::client::replica {

using sql::Statement;
using sql::Transaction;
using vorfahrt::sync::RowKey;

Reader::Parts::Parts(sql::Database database)
    : db(std::move(database)),
      documents(db,
                [this](std::uint32_t number) -> sql::RecordTable& { return *tables.at(number); }) {
    for (const schema::RecordInfo& info : schema::records()) {
        tables.emplace(info.number,
                       std::make_unique<sql::RecordTable>(db, info, sql::Side::Replica));
        if (info.searched) {
            postings.emplace(info.number, std::make_unique<sql::PostingTable>(db, info.table));
        }
    }
}

Reader::Reader(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)) {}
Reader::~Reader() = default;

Result<std::unique_ptr<Reader>> Reader::open(const std::filesystem::path& file) {
    VF_TRY(auto database, sql::Database::open(file, sql::OpenMode::ReadOnly));
    return std::unique_ptr<Reader>(new Reader(std::make_unique<Parts>(std::move(database))));
}

void Reader::interrupt() {
    parts_->db.interrupt();
}

Result<Reader::Parts::Names> Reader::Parts::names(TenantId tenant) {
    Names names;
    VF_TRY(auto users, all<record::User>(tenant));
    for (auto& user : users) {
        names.users.emplace(user.id.bytes(), std::move(user.value));
    }
    VF_TRY(auto sources, all<record::Source>(tenant));
    for (auto& source : sources) {
        names.sources.emplace(source.id.bytes(), std::move(source.value));
    }
    return names;
}

Result<Reader::Parts::Edited> Reader::Parts::edited(TenantId tenant, std::uint32_t table,
                                                    RowId id) {
    VF_TRY(Statement * statement,
           db.cached("SELECT present FROM shadow WHERE tenant=? AND record=? AND id=?"));
    statement->bindBlob(1, tenant.view()).bindInt(2, table).bindBlob(3, id.view());
    VF_TRY(const bool found, statement->step());
    Edited out{.pending = found, .provisional = found && statement->integer(0) == 0};
    statement->reset();
    return out;
}

Result<std::string> Reader::Parts::titleOf(TenantId tenant, const RowKey& key) {
    const schema::RecordInfo* info = schema::recordByNumber(key.table);
    if (info == &schema::recordOf<record::Customer>()) {
        VF_TRY(const auto customer, one<record::Customer>(tenant, key.id));
        return customer ? displayName(customer->value) : std::string();
    }
    if (info == &schema::recordOf<record::Lead>()) {
        VF_TRY(const auto lead, one<record::Lead>(tenant, key.id));
        if (!lead) {
            return std::string();
        }
        if (const auto customer = RowId::fromBytes(lead->value.customer_id());
            customer && !customer->isNone()) {
            VF_TRY(const auto known, one<record::Customer>(tenant, *customer));
            if (known) {
                return displayName(known->value);
            }
        }
        return displayWish(lead->value.wish());
    }
    if (info == &schema::recordOf<record::ContactPoint>()) {
        VF_TRY(const auto point, one<record::ContactPoint>(tenant, key.id));
        return point ? point->value.value() : std::string();
    }
    if (info == &schema::recordOf<record::IntakeMessage>()) {
        VF_TRY(const auto message, one<record::IntakeMessage>(tenant, key.id));
        return message ? message->value.subject() : std::string();
    }
    return std::string();
}

Result<std::vector<KnownTenant>> Reader::tenants() {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    VF_TRY(Statement * statement,
           parts_->db.cached(
               "SELECT t.tenant, t.user, t.name, t.user_name, count(s.slot), sum(s.complete) "
               "FROM tenant_state t LEFT JOIN scope s ON s.tenant=t.tenant "
               "GROUP BY t.tenant ORDER BY t.name"));
    std::vector<KnownTenant> out;
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            return out;
        }
        KnownTenant& tenant = out.emplace_back();
        tenant.tenant = TenantId::fromBytes(statement->blob(0)).value_or(TenantId());
        tenant.user = UserId::fromBytes(statement->blob(1)).value_or(UserId());
        tenant.name = std::string(statement->text(2));
        tenant.userName = std::string(statement->text(3));
        tenant.complete =
            statement->integer(4) > 0 && statement->integer(4) == statement->integer(5);
    }
}

namespace {

Result<int> countOf(sql::Database& db, std::string_view text, const Viewer& viewer,
                    bool bindUser = false) {
    VF_TRY(Statement * statement, db.cached(text));
    statement->bindBlob(1, viewer.tenant.view());
    if (bindUser) {
        statement->bindBlob(2, viewer.user.view());
    }
    VF_CHECK(statement->step());
    const int count = static_cast<int>(statement->integer(0));
    statement->reset();
    return count;
}

}  // namespace

Result<Counts> Reader::counts(const Viewer& viewer) {
    sql::Database& db = parts_->db;
    VF_TRY(auto transaction, Transaction::begin(db, Transaction::Kind::Read));
    Counts counts;
    const std::string open = "SELECT count(*) FROM lead WHERE tenant=?1 AND c_status<5" +
                             shown(schema::recordOf<record::Lead>());
    VF_TRY(counts.mine, countOf(db, open + " AND c_owner_id=?2", viewer, true));
    VF_TRY(counts.unclaimed, countOf(db, open + " AND c_owner_id=x''", viewer));
    VF_TRY(counts.allOpen, countOf(db, open, viewer));
    VF_TRY(counts.intake, countOf(db,
                                  "SELECT count(*) FROM intake_message WHERE tenant=?1 AND "
                                  "c_state=2" +
                                      shown(schema::recordOf<record::IntakeMessage>()),
                                  viewer));
    VF_TRY(counts.customers, countOf(db, "SELECT count(*) FROM customer WHERE tenant=?1", viewer));
    VF_TRY(counts.pending,
           countOf(db, "SELECT count(*) FROM pending WHERE tenant=?1 AND state<2", viewer));
    VF_TRY(counts.rejected,
           countOf(db, "SELECT count(*) FROM rejected WHERE tenant=?1 AND seen=0", viewer));
    return counts;
}

Result<std::vector<Item<record::User>>> Reader::users(const Viewer& viewer) {
    return parts_->all<record::User>(viewer.tenant);
}
Result<std::vector<Item<record::Site>>> Reader::sites(const Viewer& viewer) {
    return parts_->all<record::Site>(viewer.tenant);
}
Result<std::vector<Item<record::Source>>> Reader::sources(const Viewer& viewer) {
    return parts_->all<record::Source>(viewer.tenant);
}
Result<std::vector<Item<record::Grant>>> Reader::grants(const Viewer& viewer) {
    return parts_->all<record::Grant>(viewer.tenant);
}

namespace {

// id, tenant, mid, name, version, args, edit_time, code, seen
Result<std::vector<TrayItem>> trayItems(Statement& statement) {
    std::vector<TrayItem> out;
    for (;;) {
        VF_TRY(const bool more, statement.step());
        if (!more) {
            return out;
        }
        TrayItem& item = out.emplace_back();
        item.id = statement.integer(0);
        item.tenant = TenantId::fromBytes(statement.blob(1)).value_or(TenantId());
        item.mid = Mid(static_cast<std::uint64_t>(statement.integer(2)));
        wire::Mutation mutation;
        mutation.set_name(std::string(statement.text(3)));
        mutation.set_name_version(static_cast<std::uint32_t>(statement.integer(4)));
        mutation.set_args(std::string(statement.blob(5)));
        item.name = mutation.name();
        item.args = mutation.args();
        item.editTimeMs = statement.integer(6);
        item.code = static_cast<std::uint16_t>(statement.integer(7));
        item.seen = statement.integer(8) != 0;
        if (const auto keys = vorfahrt::sync::touchedRows(mutation); keys && !keys->empty()) {
            item.table = keys->front().table;
            item.row = keys->front().id;
        }
    }
}

}  // namespace

Result<std::vector<TrayItem>> Reader::pending(int limit) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    VF_TRY(Statement * statement,
           parts_->db.cached("SELECT ord,tenant,mid,name,version,args,edit_time,0,0 FROM pending "
                             "WHERE state<2 ORDER BY ord LIMIT ?"));
    statement->bindInt(1, limit);
    VF_TRY(auto items, trayItems(*statement));
    for (TrayItem& item : items) {
        VF_TRY(item.title, parts_->titleOfItem(item));
    }
    return items;
}

Result<std::vector<TrayItem>> Reader::rejected(int limit) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    VF_TRY(Statement * statement,
           parts_->db.cached("SELECT id,tenant,mid,name,version,args,edit_time,code,seen "
                             "FROM rejected ORDER BY id DESC LIMIT ?"));
    statement->bindInt(1, limit);
    VF_TRY(auto items, trayItems(*statement));
    for (TrayItem& item : items) {
        VF_TRY(item.title, parts_->titleOfItem(item));
    }
    return items;
}

// A new row is named by what it belongs to: a refused note is not in its table any more.
Result<std::string> Reader::Parts::titleOfItem(const TrayItem& item) {
    const RowKey touched{item.table, item.row};
    if (item.name != vorfahrt::sync::kCreate) {
        return titleOf(item.tenant, touched);
    }
    wire::CreateArgs args;
    if (!args.ParseFromString(item.args)) {
        return std::string();
    }
    const auto owner = [](std::string_view id) { return RowId::fromBytes(id).value_or(RowId()); };
    if (item.table == schema::recordOf<record::Activity>().number) {
        record::Activity activity;
        if (activity.ParseFromString(args.body())) {
            return titleOf(item.tenant,
                           {schema::recordOf<record::Lead>().number, owner(activity.lead_id())});
        }
    }
    if (item.table == schema::recordOf<record::ContactPoint>().number) {
        record::ContactPoint point;
        if (point.ParseFromString(args.body())) {
            return titleOf(item.tenant, {schema::recordOf<record::Customer>().number,
                                         owner(point.customer_id())});
        }
    }
    return titleOf(item.tenant, touched);
}

Result<std::optional<std::string>> Reader::draft(std::string_view key) {
    VF_TRY(Statement * statement, parts_->db.cached("SELECT text FROM draft WHERE key=?"));
    statement->bindText(1, key);
    VF_TRY(const bool found, statement->step());
    if (!found) {
        return std::nullopt;
    }
    std::string text(statement->text(0));
    statement->reset();
    return text;
}

Result<std::vector<std::string>> Reader::dump(TenantId tenant) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    std::vector<std::string> lines;
    for (auto& [number, table] : parts_->tables) {
        const schema::RecordInfo& info = table->info();
        VF_TRY(Statement * statement,
               parts_->db.cached(table->selectText() + " WHERE tenant=?" + shown(info)));
        statement->bindBlob(1, tenant.view());
        for (;;) {
            VF_TRY(const bool more, statement->step());
            if (!more) {
                break;
            }
            VF_TRY(const auto stored, table->fromStatement(*statement));
            std::string line = fmt::format("{{\"table\":\"{}\",\"id\":\"{}\"", info.table,
                                           toHex(stored.row.id().view()));
            for (const schema::Facet facet : {schema::Facet::MAIN, schema::Facet::PRIVATE}) {
                std::string json;
                google::protobuf::util::JsonPrintOptions options;
                options.preserve_proto_field_names = true;
                if (info.has(facet) && google::protobuf::util::MessageToJsonString(
                                           stored.row.facet(facet), &json, options)
                                           .ok()) {
                    line += fmt::format(",\"{}\":{}", sql::facetName(facet), json);
                }
            }
            lines.push_back(line + "}");
        }
    }
    std::ranges::sort(lines);
    return lines;
}

}  // namespace vorfahrt::client::replica
