// SPDX-License-Identifier: GPL-3.0-or-later
// Customers with what belongs to them.
#include "client/replica/reader_parts.h"
#include "common/domain/letter.h"

#include <algorithm>
#include <limits>

namespace vorfahrt::client::replica {

using sql::Statement;
using sql::Transaction;

namespace {

constexpr int kMaxPage = 1000;

// As the two streams of the list are sorted.
std::string sortName(const record::Customer& customer) {
    return customer.company().empty() ? customer.last_name() : customer.company();
}

}  // namespace

std::string displayName(const record::Customer& customer) {
    if (!customer.company().empty()) {
        return customer.company();
    }
    const std::string name = domain::personName(customer);
    return customer.salutation() == record::FAMILIE && !name.empty() ? "Familie " + name : name;
}

Result<CustomerRow> Reader::Parts::customerRow(TenantId tenant,
                                               const Item<record::Customer>& item) {
    CustomerRow row;
    row.id = CustomerId(item.id.uuid());
    row.name = displayName(item.value);
    row.sortName = sortName(item.value);
    row.kind = item.value.kind();
    row.city = item.value.address().city();
    row.site = SiteId::fromBytes(item.value.site_id()).value_or(SiteId());
    VF_TRY(const auto points, where<record::ContactPoint>(tenant, "customer_id", item.id));
    bool preferredMail = false;
    bool preferredPhone = false;
    for (const auto& point : points) {
        const bool mail = point.value.kind() == record::EMAIL_ADDRESS;
        std::string& target = mail ? row.email : row.phone;
        bool& preferred = mail ? preferredMail : preferredPhone;
        if (target.empty() || (point.value.preferred() && !preferred)) {
            target = point.value.value();
            preferred = point.value.preferred();
        }
    }
    VF_TRY(Statement * newest,
           db.cached("SELECT coalesce(max(c_at_ms),0) FROM activity WHERE tenant=? AND "
                     "c_customer_id=? AND deleted=0"));
    newest->bindBlob(1, tenant.view()).bindBlob(2, item.id.view());
    VF_TRY(const bool any, newest->step());
    row.lastContactMs = any ? newest->integer(0) : 0;
    newest->reset();
    VF_TRY(const auto state, edited(tenant, schema::recordOf<record::Customer>().number, item.id));
    row.pending = state.pending;
    return row;
}

namespace {

// One of the two streams: persons by last name or companies by company; both have an index. The
// end of the statement is `more`.
Result<std::vector<Item<record::Customer>>> stream(Reader::Parts& parts, TenantId tenant,
                                                   bool companies,
                                                   const std::optional<CustomerKey>& after,
                                                   int limit, std::string_view more = "") {
    const std::string name = companies ? "c_company" : "c_last_name";
    std::string text = parts.table<record::Customer>().selectText() + " WHERE tenant=?1 AND (" +
                       name + ",id)>(?2,?3) AND deleted=0 AND c_company" +
                       (companies ? "<>''" : "=''") + std::string(more) + " ORDER BY " + name +
                       ",id LIMIT ?4";
    VF_TRY(Statement * statement, parts.db.cached(text));
    statement->bindBlob(1, tenant.view())
        .bindText(2, after ? after->name : std::string_view())
        .bindBlob(3, after ? after->id.view() : std::string_view())
        .bindInt(4, limit);
    return parts.collect<record::Customer>(*statement);
}

// The next `limit` by name; beyond it one more, when there is one.
Result<std::vector<Item<record::Customer>>> byName(Reader::Parts& parts, TenantId tenant,
                                                   const std::optional<CustomerKey>& after,
                                                   int limit, std::string_view more = "") {
    VF_TRY(auto items, stream(parts, tenant, false, after, limit + 1, more));
    VF_TRY(auto companies, stream(parts, tenant, true, after, limit + 1, more));
    std::ranges::move(companies, std::back_inserter(items));
    std::ranges::sort(items, [](const auto& a, const auto& b) {
        return std::pair(sortName(a.value), a.id) < std::pair(sortName(b.value), b.id);
    });
    if (items.size() > static_cast<std::size_t>(limit) + 1) {
        items.resize(static_cast<std::size_t>(limit) + 1);
    }
    return items;
}

Status addByName(Reader::Parts& parts, TenantId tenant, const std::optional<CustomerKey>& after,
                 int limit, CustomerPage& page, std::string_view more = "") {
    VF_TRY(const auto items, byName(parts, tenant, after, limit, more));
    const std::size_t shownCount = std::min(items.size(), static_cast<std::size_t>(limit));
    for (std::size_t i = 0; i < shownCount; ++i) {
        VF_TRY(CustomerRow row, parts.customerRow(tenant, items[i]));
        page.rows.push_back(std::move(row));
    }
    if (items.size() > shownCount && shownCount > 0) {
        const auto& last = items[shownCount - 1];
        page.next = CustomerKey{.name = sortName(last.value),
                                .id = CustomerId(last.id.uuid()),
                                .atMs = 0,
                                .activity = {}};
    }
    return {};
}

constexpr std::string_view kWithoutContact =
    " AND NOT EXISTS (SELECT 1 FROM activity WHERE activity.tenant=?1 AND "
    "activity.c_customer_id=customer.id AND activity.deleted=0)";

// Walks the activities from the newest on; only the newest of each customer counts. Fills the page
// up to `limit` rows; true: the activities are at their end.
Result<bool> addByContact(Reader::Parts& parts, TenantId tenant,
                          const std::optional<CustomerKey>& after, std::size_t limit,
                          CustomerPage& page) {
    VF_TRY(Statement * walk,
           parts.db.cached("SELECT a.c_customer_id,a.c_at_ms,a.id FROM activity a WHERE "
                           "a.tenant=?1 AND a.c_at_ms<=?2 AND "
                           "(a.c_at_ms<?2 OR a.id<?3) AND a.deleted=0 AND +a.c_customer_id<>x'' "
                           "AND NOT EXISTS (SELECT 1 FROM activity b WHERE b.tenant=?1 AND "
                           "b.c_customer_id=a.c_customer_id AND b.deleted=0 AND "
                           "(+b.c_at_ms,b.id)>(a.c_at_ms,a.id)) "
                           "ORDER BY a.c_at_ms DESC,a.id DESC"));
    const std::string last(16, '\xff');
    walk->bindBlob(1, tenant.view())
        .bindInt(2, after ? after->atMs : std::numeric_limits<std::int64_t>::max())
        .bindBlob(3, after ? after->activity.view() : std::string_view(last));
    for (;;) {
        VF_TRY(const bool more, walk->step());
        if (!more) {
            return true;
        }
        const auto id = RowId::fromBytes(walk->blob(0));
        VF_TRY(const auto customer, parts.one<record::Customer>(tenant, id.value_or(RowId())));
        if (!customer) {
            continue;  // known by his line alone: he is not of this person's sites
        }
        if (page.rows.size() == limit) {
            walk->reset();
            return false;
        }
        VF_TRY(CustomerRow row, parts.customerRow(tenant, *customer));
        page.next = CustomerKey{.name = row.sortName,
                                .id = row.id,
                                .atMs = walk->integer(1),
                                .activity = RowId::fromBytes(walk->blob(2)).value_or(RowId())};
        page.rows.push_back(std::move(row));
    }
}

}  // namespace

Result<CustomerPage> Reader::customers(const Viewer& viewer,
                                       const std::optional<CustomerKey>& after, int limit,
                                       CustomerOrder order) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    const int count = std::clamp(limit, 1, kMaxPage);
    CustomerPage page;
    if (order == CustomerOrder::Name) {
        VF_CHECK(addByName(*parts_, viewer.tenant, after, count, page));
        return page;
    }
    const bool amongContacts = !after || !after->activity.isNone();
    if (amongContacts) {
        VF_TRY(const bool end,
               addByContact(*parts_, viewer.tenant, after, static_cast<std::size_t>(count), page));
        if (!end) {
            return page;
        }
        page.next.reset();
    }
    const int left = count - static_cast<int>(page.rows.size());
    if (left == 0) {
        // Exactly full: the first without contact comes with the next page.
        page.next = CustomerKey{.name = {}, .id = {}, .atMs = 0, .activity = {}};
        return page;
    }
    VF_CHECK(addByName(*parts_, viewer.tenant, amongContacts ? std::nullopt : after, left, page,
                       kWithoutContact));
    return page;
}

Result<std::vector<CustomerRow>> Reader::customerRows(const Viewer& viewer,
                                                      const std::vector<CustomerId>& ids) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    std::vector<CustomerRow> rows;
    for (const CustomerId id : ids) {
        VF_TRY(const auto item, parts_->one<record::Customer>(viewer.tenant, RowId(id.uuid())));
        if (item) {
            VF_TRY(CustomerRow row, parts_->customerRow(viewer.tenant, *item));
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

Result<std::vector<CustomerId>> Reader::customersOf(const Viewer& viewer,
                                                    const std::vector<RowId>& contactPoints) {
    std::vector<CustomerId> out;
    for (const RowId id : contactPoints) {
        VF_TRY(const auto point, parts_->one<record::ContactPoint>(viewer.tenant, id));
        if (point) {
            out.push_back(CustomerId::fromBytes(point->value.customer_id()).value_or(CustomerId()));
        }
    }
    return out;
}

Result<std::vector<CustomerRow>> Reader::customersLike(const Viewer& viewer,
                                                       const std::string& typed, int limit) {
    VF_TRY(const SearchAnswer answer,
           search(viewer, {.text = typed, .only = SearchGroup::Customers, .perGroup = limit}));
    std::vector<CustomerId> ids;
    for (const SearchGroupAnswer& group : answer.groups) {
        for (const SearchHit& hit : group.hits) {
            ids.push_back(hit.customer);
        }
    }
    return customerRows(viewer, ids);
}

Result<std::optional<CustomerDetail>> Reader::customer(const Viewer& viewer, CustomerId id) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    const RowId rowId(id.uuid());
    VF_TRY(const auto customer, parts_->one<record::Customer>(viewer.tenant, rowId));
    if (!customer) {
        return std::nullopt;
    }
    CustomerDetail detail;
    detail.id = id;
    detail.customer = customer->value;
    detail.rev = customer->rev;
    VF_TRY(const auto state,
           parts_->edited(viewer.tenant, schema::recordOf<record::Customer>().number, rowId));
    detail.pending = state.pending;
    VF_TRY(detail.contactPoints,
           parts_->where<record::ContactPoint>(viewer.tenant, "customer_id", rowId));
    for (auto& point : detail.contactPoints) {
        VF_TRY(const auto edit,
               parts_->edited(viewer.tenant, schema::recordOf<record::ContactPoint>().number,
                              point.id));
        point.pending = edit.pending;
    }
    VF_TRY(detail.vehicles, parts_->where<record::Vehicle>(viewer.tenant, "customer_id", rowId));
    for (auto& vehicle : detail.vehicles) {
        VF_TRY(
            const auto edit,
            parts_->edited(viewer.tenant, schema::recordOf<record::Vehicle>().number, vehicle.id));
        vehicle.pending = edit.pending;
    }
    auto& leads = parts_->table<record::Lead>();
    VF_TRY(Statement * statement,
           parts_->db.cached(leads.selectText() + " WHERE tenant=? AND c_customer_id=?" +
                             shown(leads.info()) + " ORDER BY +c_received_ms DESC, id LIMIT 200"));
    statement->bindBlob(1, viewer.tenant.view()).bindBlob(2, rowId.view());
    std::vector<sql::StoredRow> stored;
    for (;;) {
        VF_TRY(const bool more, statement->step());
        if (!more) {
            break;
        }
        VF_TRY(auto row, leads.fromStatement(*statement));
        stored.push_back(std::move(row));
    }
    VF_TRY(const auto names, parts_->names(viewer.tenant));
    for (const auto& row : stored) {
        VF_TRY(LeadRow lead, parts_->leadRow(viewer, names, row));
        detail.leads.push_back(std::move(lead));
    }
    return std::optional(std::move(detail));
}

}  // namespace vorfahrt::client::replica
