// SPDX-License-Identifier: GPL-3.0-or-later
// Customers with what belongs to them.
#include "client/replica/reader_parts.h"

#include <algorithm>

namespace vorfahrt::client::replica {

using sql::Statement;
using sql::Transaction;

namespace {

constexpr int kMaxPage = 1000;

std::string_view salutationOf(const record::Customer& customer) {
    return customer.salutation() == record::FAMILIE ? "Familie" : "";
}

void append(std::string& out, std::string_view part) {
    if (!part.empty()) {
        out += (out.empty() ? "" : " ");
        out += part;
    }
}

// As the two streams of the list are sorted.
std::string sortName(const record::Customer& customer) {
    return customer.company().empty() ? customer.last_name() : customer.company();
}

}  // namespace

std::string displayName(const record::Customer& customer) {
    if (!customer.company().empty()) {
        return customer.company();
    }
    std::string out;
    append(out, salutationOf(customer));
    append(out, customer.title());
    append(out, customer.first_name());
    append(out, customer.last_name());
    return out;
}

namespace {

Result<CustomerRow> rowOf(Reader::Parts& parts, TenantId tenant,
                          const Item<record::Customer>& item) {
    CustomerRow row;
    row.id = CustomerId(item.id.uuid());
    row.name = displayName(item.value);
    row.kind = item.value.kind();
    row.city = item.value.address().city();
    row.site = SiteId::fromBytes(item.value.site_id()).value_or(SiteId());
    VF_TRY(const auto points, parts.where<record::ContactPoint>(tenant, "customer_id", item.id));
    for (const auto& point : points) {
        const bool mail = point.value.kind() == record::EMAIL_ADDRESS;
        std::string& target = mail ? row.email : row.phone;
        if (target.empty() || point.value.preferred()) {
            target = point.value.value();
        }
    }
    VF_TRY(const auto state,
           parts.edited(tenant, schema::recordOf<record::Customer>().number, item.id));
    row.pending = state.pending;
    return row;
}

// One of the two streams: persons by last name or companies by company; both have an index.
Result<std::vector<Item<record::Customer>>> stream(Reader::Parts& parts, TenantId tenant,
                                                   bool companies,
                                                   const std::optional<CustomerKey>& after,
                                                   int limit) {
    const std::string name = companies ? "c_company" : "c_last_name";
    std::string text = parts.table<record::Customer>().selectText() + " WHERE tenant=?1 AND (" +
                       name + ",id)>(?2,?3) AND deleted=0 AND c_company" +
                       (companies ? "<>''" : "=''") + " ORDER BY " + name + ",id LIMIT ?4";
    VF_TRY(Statement * statement, parts.db.cached(text));
    statement->bindBlob(1, tenant.view())
        .bindText(2, after ? after->name : std::string_view())
        .bindBlob(3, after ? after->id.view() : std::string_view())
        .bindInt(4, limit);
    return parts.collect<record::Customer>(*statement);
}

}  // namespace

Result<CustomerPage> Reader::customers(const Viewer& viewer,
                                       const std::optional<CustomerKey>& after, int limit) {
    VF_TRY(auto transaction, Transaction::begin(parts_->db, Transaction::Kind::Read));
    const int count = std::clamp(limit, 1, kMaxPage);
    VF_TRY(auto items, stream(*parts_, viewer.tenant, false, after, count + 1));
    VF_TRY(auto companies, stream(*parts_, viewer.tenant, true, after, count + 1));
    std::ranges::move(companies, std::back_inserter(items));
    std::ranges::sort(items, [](const auto& a, const auto& b) {
        return std::pair(sortName(a.value), a.id) < std::pair(sortName(b.value), b.id);
    });
    CustomerPage page;
    const std::size_t shownCount =
        std::min<std::size_t>(items.size(), static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < shownCount; ++i) {
        VF_TRY(CustomerRow row, rowOf(*parts_, viewer.tenant, items[i]));
        page.rows.push_back(std::move(row));
    }
    if (items.size() > shownCount) {
        const auto& last = items[shownCount - 1];
        page.next = CustomerKey{.name = sortName(last.value), .id = CustomerId(last.id.uuid())};
    }
    return page;
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
