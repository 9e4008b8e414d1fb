// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/desk/world.h"

#include "common/base/assert.h"
#include "common/schema/customer.pb.h"
#include "common/schema/lead.pb.h"
#include "common/schema/org.pb.h"
#include "common/schema/row.h"
#include "common/schema/work.pb.h"

#include <zstd.h>

#include <array>

namespace vorfahrt::bench {
namespace {

using client::replica::Replica;
using schema::Facet;

constexpr std::uint32_t kBase = 1;
constexpr std::uint32_t kSite = 2;
constexpr std::uint32_t kPool = 3;
constexpr std::uint32_t kUser = 4;
constexpr std::uint32_t kMore = 5;
constexpr std::size_t kChunk = 100'000;
constexpr int kMine = 80;     // open leads of the person at the desk
constexpr int kToClaim = 30;  // that wait for somebody
constexpr int kMoreRows = 200;

}  // namespace

std::string DeskPlan::key() const {
    // The last part is raised with what the generator makes.
    return std::to_string(customers) + "-" + std::to_string(leads) + "-" +
           std::to_string(activities) + "-" + std::to_string(words) + "-" + std::to_string(names) +
           "-v1";
}

DeskWorldMaker::DeskWorldMaker(const DeskPlan& plan)
    : plan_(plan),
      words_(plan.words, 2, random_),
      names_(plan.names, 2, random_),
      tenant_(Uuid::v7(fromUnixMs(1), random_)),
      me_(Uuid::v7(fromUnixMs(2), random_)),
      account_(Uuid::v7(fromUnixMs(3), random_)),
      site_(newId()),
      source_(newId()),
      colleague_(newId()) {}

client::sync::Account DeskWorldMaker::account() const {
    client::sync::Account account;
    account.login = "bench";
    account.id = account_;
    account.tenants.push_back({tenant_, me_, "Autohaus Bench", "Jonas Martens"});
    return account;
}

std::string DeskWorldMaker::newId() {
    return Uuid::v7(fromUnixMs(1'700'000'000'000 + ++time_), random_).bytes();
}

template <class Record>
void DeskWorldMaker::add(std::uint32_t scope, const std::string& id, const Record& record) {
    schema::Row row(schema::recordOf<Record>(), *RowId::fromBytes(id));
    row.assign(record);
    const bool priv = scope == kUser;
    wire::SnapshotRow& out = *rows_.add_rows();
    out.set_id(id);
    out.set_rev(1);
    out.set_facet(priv ? Facet::PRIVATE : Facet::MAIN);
    out.set_body(row.body(priv ? Facet::PRIVATE : Facet::MAIN));
    bytes_ += out.body().size() + 24;
    last_ = id;
}

void DeskWorldMaker::cut(std::uint32_t scope, std::uint32_t table, bool last, const Take& take) {
    const std::string raw = rows_.SerializeAsString();
    std::string packed(ZSTD_compressBound(raw.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 1));
    wire::Snapshot chunk;
    chunk.set_tenant(tenant_.bytes());
    chunk.set_scope(scope);
    chunk.set_table(table);
    chunk.set_rows_zstd(packed);
    chunk.set_raw_bytes(static_cast<std::uint32_t>(raw.size()));
    chunk.set_next_after_id(last_);
    chunk.set_last(last);
    chunk.set_row_count(static_cast<std::uint32_t>(rows_.rows_size()));
    rows_.Clear();
    bytes_ = 0;
    take(chunk);
}

void DeskWorldMaker::addBase(const Take& take) {
    record::Site site;
    site.set_name("Hamburg-Wandsbek");
    site.set_return_seconds(300);
    add(kBase, site_, site);
    cut(kBase, schema::recordOf<record::Site>().number, false, take);
    const auto person = [&](const std::string& id, const char* name) {
        record::User user;
        user.set_display_name(name);
        user.set_site_id(site_);
        add(kBase, id, user);
    };
    person(me_.bytes(), "Jonas Martens");
    person(colleague_, "Murat Aydın");
    cut(kBase, schema::recordOf<record::User>().number, false, take);
    record::Source source;
    source.set_name("Boerse");
    source.set_kind(record::MOBILE_DE);
    source.set_site_id(site_);
    add(kBase, source_, source);
    cut(kBase, schema::recordOf<record::Source>().number, false, take);
    record::Grant grant;
    grant.set_user_id(me_.bytes());
    grant.set_role(record::MANAGER);
    grant.set_site_id(site_);
    add(kBase, newId(), grant);
    cut(kBase, schema::recordOf<record::Grant>().number, true, take);
}

void DeskWorldMaker::addCustomers(int count, const Take& take) {
    const std::uint32_t scope = more_ != 0 ? more_ : kSite;
    const auto first = customers_.size();
    const auto full = [&](std::uint32_t table) {
        if (bytes_ > kChunk) {
            cut(scope, table, false, take);
        }
    };
    for (int i = 0; i < count; ++i) {
        customers_.push_back(newId());
        record::Customer customer;
        customer.set_first_name(words_.any());
        customer.set_last_name(names_.any());
        customer.mutable_address()->set_city(std::string(kCities[random_.below(kCities.size())]));
        customer.mutable_address()->set_street(words_.any() + "weg 12");
        customer.set_site_id(site_);
        add(scope, customers_.back(), customer);
        full(schema::recordOf<record::Customer>().number);
    }
    cut(scope, schema::recordOf<record::Customer>().number, false, take);
    for (auto i = first; i < customers_.size(); ++i) {
        record::ContactPoint point;
        point.set_customer_id(customers_[i]);
        point.set_kind(record::MOBILE);
        point.set_value("0171 " + std::to_string(1'000'000 + random_.below(9'000'000)));
        point.set_site_id(site_);
        add(scope, newId(), point);
        full(schema::recordOf<record::ContactPoint>().number);
    }
    cut(scope, schema::recordOf<record::ContactPoint>().number, false, take);
    for (auto i = first; i < customers_.size(); i += 2) {
        record::Vehicle vehicle;
        vehicle.set_customer_id(customers_[i]);
        vehicle.set_make("VW");
        vehicle.set_model(std::string(kModels[random_.below(kModels.size())]));
        vehicle.set_plate("HH-" + std::string(1, static_cast<char>('A' + random_.below(26))) +
                          "K " + std::to_string(100 + random_.below(9'000)));
        vehicle.set_vin("WVWZZZ1KZ" + std::to_string(10'000'000 + random_.below(90'000'000)));
        vehicle.set_site_id(site_);
        add(scope, newId(), vehicle);
        full(schema::recordOf<record::Vehicle>().number);
    }
    cut(scope, schema::recordOf<record::Vehicle>().number, false, take);
}

// The first ones are the person's own, then those that wait, then colleagues' and closed ones.
void DeskWorldMaker::addLeads(int count, const Take& take) {
    const std::uint32_t number = schema::recordOf<record::Lead>().number;
    const std::uint32_t scope = more_ != 0 ? more_ : kSite;
    const std::int64_t now = toUnixMs(clock_.now());
    struct Private {
        std::string id;
        record::Lead lead;
    };
    std::vector<Private> mine;
    for (int i = 0; i < count; ++i) {
        const int nth = leadNumber_++;
        record::Lead lead;
        lead.set_number(static_cast<std::uint64_t>(nth) + 1);
        lead.set_site_id(site_);
        lead.set_source_id(source_);
        lead.mutable_wish()->set_make("VW");
        lead.mutable_wish()->set_model(std::string(kModels[random_.below(kModels.size())]));
        lead.set_region(std::string(kCities[random_.below(kCities.size())]));
        lead.set_received_ms(now - static_cast<std::int64_t>(random_.below(90)) * 86'400'000);
        const bool own = nth < kMine || (more_ != 0 && i % 50 == 0);
        const bool waits = !own && (nth < kMine + kToClaim || (more_ != 0 && i % 50 == 1));
        lead.set_status(own ? record::CONTACTED : waits ? record::NEW : record::WON);
        if (!waits) {
            lead.set_owner_id(own ? me_.bytes() : colleague_);
        }
        if (own) {
            lead.mutable_next_step()->set_text("Rückruf");
            lead.mutable_next_step()->set_due_ms(now + nth * 600'000LL);
        } else if (!waits) {
            lead.set_closed_ms(now - 1);
        }
        leads_.push_back(newId());
        if (own) {
            record::Lead hidden = lead;
            hidden.set_customer_id(customers_[random_.below(customers_.size())]);
            hidden.set_message(words_.any() + " " + words_.any());
            mine.push_back({leads_.back(), hidden});
        }
        add(scope, leads_.back(), lead);
        if (bytes_ > kChunk) {
            cut(scope, number, false, take);
        }
    }
    cut(scope, number, false, take);
    if (more_ == 0) {
        for (const Private& one : mine) {
            add(kUser, one.id, one.lead);
        }
        cut(kUser, number, true, take);
        cut(kPool, number, true, take);
    }
}

void DeskWorldMaker::addActivities(int count, const Take& take) {
    const std::uint32_t number = schema::recordOf<record::Activity>().number;
    const std::uint32_t scope = more_ != 0 ? more_ : kSite;
    for (int i = 0; i < count; ++i) {
        record::Activity activity;
        activity.set_customer_id(customers_[random_.below(customers_.size())]);
        if (random_.below(4) == 0) {
            activity.set_lead_id(leads_[random_.below(leads_.size())]);
        }
        activity.set_site_id(site_);
        activity.set_kind(record::NOTE);
        activity.set_at_ms(1'700'000'000'000 + i);
        activity.set_author_id(me_.bytes());
        std::string text;
        for (std::uint64_t k = 6 + random_.below(8); k > 0; --k) {
            text += words_.any() + " ";
        }
        activity.set_text(text);
        add(scope, newId(), activity);
        if (bytes_ > kChunk) {
            cut(scope, number, false, take);
        }
    }
    cut(scope, number, more_ == 0, take);
}

void DeskWorldMaker::fill(const std::filesystem::path& file) {
    auto opened = Replica::open(file, clock_, random_);
    VF_ASSERT(opened.has_value());
    Replica& replica = **opened;
    wire::AccountTenant tenant;
    tenant.set_tenant(tenant_.bytes());
    tenant.set_user_id(me_.bytes());
    tenant.set_name("Autohaus Bench");
    tenant.set_user_name("Jonas Martens");
    VF_ASSERT(replica.setTenants(std::span(&tenant, 1)).has_value());
    wire::TenantWelcome welcome;
    welcome.set_tenant(tenant_.bytes());
    welcome.set_epoch(std::string(16, 'e'));
    welcome.set_head(1);
    welcome.set_user_id(me_.bytes());
    const std::array<std::pair<const char*, std::uint32_t>, 4> scopes{
        {{"base", kBase}, {"site", kSite}, {"leads", kPool}, {"user", kUser}}};
    for (const auto& [name, number] : scopes) {
        wire::ScopeState& scope = *welcome.add_scopes();
        scope.set_name(name);
        scope.set_number(number);
        scope.set_action(wire::BACKFILL);
    }
    VF_ASSERT(replica.applyWelcome(welcome, true).has_value());
    const Take take = [&](const wire::Snapshot& chunk) {
        VF_ASSERT(replica.applySnapshot(chunk).has_value());
    };
    addBase(take);
    addCustomers(plan_.customers, take);
    addLeads(plan_.leads, take);
    addActivities(plan_.activities, take);
    for (;;) {
        const auto changes = replica.indexMore();
        VF_ASSERT(changes.has_value());
        if (changes->empty()) {
            break;
        }
    }
    VF_ASSERT(replica.endSession().has_value());
    VF_ASSERT(replica.purge());
}

void DeskWorldMaker::beginMore(Replica& replica) {
    more_ = kMore;
    wire::TenantWelcome welcome;
    welcome.set_tenant(tenant_.bytes());
    welcome.set_epoch(std::string(16, 'e'));
    welcome.set_head(1);
    welcome.set_user_id(me_.bytes());
    const std::array<std::pair<const char*, std::uint32_t>, 5> scopes{
        {{"base", kBase}, {"site", kSite}, {"leads", kPool}, {"user", kUser}, {"more", kMore}}};
    for (const auto& [name, number] : scopes) {
        wire::ScopeState& scope = *welcome.add_scopes();
        scope.set_name(name);
        scope.set_number(number);
        scope.set_action(number == kMore ? wire::BACKFILL : wire::KEEP);
    }
    VF_ASSERT(replica.applyWelcome(welcome, true).has_value());
    customers_.clear();
    leads_.clear();
    leadNumber_ = plan_.leads;
}

wire::Snapshot DeskWorldMaker::nextChunk() {
    // Parts of one kind each, as a server sends them: half of all rows are entries.
    wire::Snapshot found;
    const Take keep = [&](const wire::Snapshot& chunk) {
        if (chunk.row_count() > found.row_count()) {
            found = chunk;
        }
    };
    const int turn = turn_++ % 4;
    if (turn == 0 || customers_.empty()) {
        addCustomers(kMoreRows * 2, keep);
    } else if (turn == 1 || leads_.empty()) {
        addLeads(kMoreRows, keep);
    } else {
        addActivities(kMoreRows * 3, keep);
    }
    return found;
}

std::string DeskWorldMaker::question(int n) {
    switch (n % 4) {
        case 0: return names_.any();
        case 1: return names_.any() + " " + std::string(kModels[random_.below(kModels.size())]);
        case 2: return "0171 " + std::to_string(random_.below(10'000));
        default: return words_.any() + " " + words_.any();
    }
}

}  // namespace vorfahrt::bench
