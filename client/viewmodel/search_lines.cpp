// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/search_lines.h"

#include "client/viewmodel/words.h"

namespace vorfahrt::client::viewmodel {
namespace {

using model::SearchEntry;
using model::SearchText;
using replica::FactKind;

void append(SearchText& to, const SearchText& part, const QString& separator) {
    if (part.text.isEmpty()) {
        return;
    }
    if (!to.text.isEmpty()) {
        to.text += separator;
    }
    const int shift = static_cast<int>(to.text.size());
    to.text += part.text;
    for (const auto& [begin, length] : part.marks) {
        to.marks.append({begin + shift, length});
    }
}

model::SearchSection sectionOf(replica::SearchGroup group) {
    switch (group) {
        case replica::SearchGroup::Customers: return model::SearchSection::Customers;
        case replica::SearchGroup::Vehicles: return model::SearchSection::Vehicles;
        case replica::SearchGroup::Leads: return model::SearchSection::Leads;
        case replica::SearchGroup::Activities: break;
    }
    return model::SearchSection::Activities;
}

}  // namespace

SearchText SearchLines::marked(const replica::MarkedText& text) {
    SearchText out{qstr(text.text), {}};
    const auto place = [&](std::size_t bytes) {
        return static_cast<int>(qstr(std::string_view(text.text).substr(0, bytes)).size());
    };
    for (const auto& [begin, end] : text.marks) {
        out.marks.append({place(begin), place(end) - place(begin)});
    }
    return out;
}

SearchEntry SearchLines::hit(const replica::SearchHit& hit, std::int64_t nowMs) {
    const QString dot = QStringLiteral(" · ");
    SearchEntry entry;
    entry.section = sectionOf(hit.group);
    entry.key = QByteArray::number(static_cast<int>(entry.section)) +
                QByteArray::fromStdString(hit.id.bytes());
    entry.hit = std::make_shared<const replica::SearchHit>(hit);
    entry.title = marked(hit.title);
    if (entry.section == model::SearchSection::Activities) {
        entry.title = {activity(hit.activity), {}};
        entry.badge.text = Words::moment(nowMs, hit.atMs);
    } else if (entry.section == model::SearchSection::Leads) {
        entry.badge.text = Words::status(hit.status);
    }
    for (const replica::SearchFact& fact : hit.facts) {
        const SearchText text = marked(fact.text);
        if (fact.kind == FactKind::Plate && entry.section == model::SearchSection::Vehicles) {
            entry.badge = text;
        } else if (fact.kind == FactKind::Customer &&
                   entry.section == model::SearchSection::Activities) {
            append(entry.title, text, QStringLiteral(", "));
        } else {
            append(entry.detail, text, dot);
        }
    }
    if (hit.soundsAlike) {
        append(entry.detail, {tr("sounds alike"), {}}, dot);
    }
    return entry;
}

QString SearchLines::activity(record::ActivityKind kind) {
    switch (kind) {
        case record::NOTE: return tr("Note");
        case record::MESSAGE_IN: return tr("Message received");
        case record::MESSAGE_OUT: return tr("Message sent");
        case record::CALL: return tr("Call");
        case record::STATUS_CHANGE: return tr("Status");
        default: return tr("Entry");
    }
}

}  // namespace vorfahrt::client::viewmodel
