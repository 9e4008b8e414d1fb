// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/search.h"

#include "client/viewmodel/search_lines.h"
#include "client/viewmodel/words.h"
#include "common/domain/search_terms.h"

#include <algorithm>
#include <numeric>

namespace vorfahrt::client::viewmodel {
namespace {

using model::SearchEntry;
using replica::SearchGroup;

constexpr int kFew = 5;
constexpr int kMany = 60;
constexpr int kFewCommands = 4;

std::optional<SearchGroup> groupOf(Search::Section section) {
    switch (section) {
        case Search::Section::Customers: return SearchGroup::Customers;
        case Search::Section::Vehicles: return SearchGroup::Vehicles;
        case Search::Section::Leads: return SearchGroup::Leads;
        case Search::Section::Activities: return SearchGroup::Activities;
        case Search::Section::Commands: break;
    }
    return std::nullopt;
}

Search::Section sectionOf(SearchGroup group) {
    return static_cast<Search::Section>(static_cast<int>(group));
}
static_assert(static_cast<int>(Search::Section::Activities) ==
              static_cast<int>(SearchGroup::Activities));

SearchEntry heading(Search::Section section, int count) {
    SearchEntry entry;
    entry.key = "heading" + QByteArray::number(static_cast<int>(section));
    entry.heading = true;
    entry.section = section;
    entry.title.text = Search::sectionName(section);
    entry.count = count;
    return entry;
}

// nullopt: not every word is in it.
std::optional<replica::MarkedText> matchTitle(const QString& title, const QString& typed) {
    replica::MarkedText out{title.toStdString(), {}};
    for (const QString& piece : typed.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const domain::SearchTerm term(piece.toStdString());
        const auto match = term.matchText(schema::SEARCH_NAME, out.text);
        if (!match || match->soundsAlike) {
            return std::nullopt;
        }
        out.marks.insert(out.marks.end(), match->ranges.begin(), match->ranges.end());
    }
    std::ranges::sort(out.marks);
    return out;
}

}  // namespace

Search::Search(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk) {
    connect(&desk, &Desk::changed, this, [this](const replica::ChangeSet& changes) {
        if (!text_.isEmpty() && (!changes.tables.empty() || changes.searchChanged)) {
            ask();
        }
    });
    connect(&desk, &Desk::stageChanged, this, [this] {
        text_.clear();
        show({});
    });
}

void Search::setText(const QString& text) {
    if (text == text_) {
        return;
    }
    text_ = text;
    ask();
}

void Search::setSection(std::optional<Section> section) {
    if (section == section_) {
        return;
    }
    section_ = section;
    ask();
}

void Search::setCommands(std::function<QList<SearchCommand>()> commands) {
    commands_ = std::move(commands);
    ask();
}

void Search::ask() {
    const bool commandsOnly =
        text_.trimmed().startsWith(QLatin1Char('>')) || section_ == Section::Commands;
    if (text_.trimmed().isEmpty() || commandsOnly || desk_.stage() == Desk::Stage::SignedOut) {
        searching_ = false;
        // Nothing of an older question may come after this.
        desk_.reader().ask(
            QStringLiteral("search"), this, [](replica::Reader&) -> Result<int> { return 0; },
            [](int) {});
        show({});
        return;
    }
    searching_ = true;
    since_.start();
    replica::SearchQuestion question;
    question.text = text_.toStdString();
    question.only = section_ ? groupOf(*section_) : std::nullopt;
    question.perGroup = section_ ? kMany : kFew;
    desk_.reader().ask(
        QStringLiteral("search"), this,
        [viewer = desk_.viewer(), question](replica::Reader& reader) {
            return reader.search(viewer, question);
        },
        [this](replica::SearchAnswer found) { answer(found); });
    Q_EMIT changed();
}

void Search::answer(const replica::SearchAnswer& found) {
    searching_ = false;
    tookMs_ = since_.elapsed();
    show(found);
}

void Search::show(const replica::SearchAnswer& found) {
    std::vector<SearchEntry> lines;
    counts_ = {};
    complete_ = found.complete;
    for (const replica::SearchGroupAnswer& group : found.groups) {
        const Section section = sectionOf(group.group);
        const int count = static_cast<int>(std::min<std::int64_t>(group.total, INT32_MAX));
        counts_.at(static_cast<std::size_t>(section)) = count;
        lines.push_back(heading(section, count));
        for (const replica::SearchHit& hit : group.hits) {
            lines.push_back(SearchLines::hit(hit, desk_.nowMs()));
        }
    }
    if (!section_ || section_ == Section::Commands) {
        addCommands(lines);
    }
    lines_.show(std::move(lines));
    Q_EMIT changed();
}

void Search::addCommands(std::vector<SearchEntry>& lines) {
    QString typed = text_.trimmed();
    const bool only = typed.startsWith(QLatin1Char('>')) || section_ == Section::Commands;
    if (typed.startsWith(QLatin1Char('>'))) {
        typed = typed.mid(1);
    }
    if (typed.startsWith(QLatin1Char('#')) || !commands_) {
        return;
    }
    std::vector<SearchEntry> found;
    for (const SearchCommand& command : commands_()) {
        const auto title = matchTitle(command.title, typed);
        if (!title) {
            continue;
        }
        SearchEntry& entry = found.emplace_back();
        entry.key = "command " + command.id.toUtf8();
        entry.section = Section::Commands;
        entry.title = SearchLines::marked(*title);
        entry.badge.text = command.shortcut;
        entry.command = command.id;
    }
    if (found.empty()) {
        return;
    }
    counts_.at(static_cast<std::size_t>(Section::Commands)) = static_cast<int>(found.size());
    lines.push_back(heading(Section::Commands, static_cast<int>(found.size())));
    const std::size_t shown =
        only ? found.size() : std::min<std::size_t>(found.size(), kFewCommands);
    std::move(found.begin(), found.begin() + static_cast<long>(shown), std::back_inserter(lines));
}

int Search::total() const {
    return std::accumulate(counts_.begin(), counts_.end(), 0);
}

std::optional<Search::Target> Search::target(int line) const {
    if (line < 0 || line >= lines_.rowCount() || lines_.at(line).heading) {
        return std::nullopt;
    }
    const SearchEntry& entry = lines_.at(line);
    Target target{
        .section = entry.section, .row = {}, .customer = {}, .lead = {}, .command = entry.command};
    if (entry.hit) {
        target.row = entry.hit->id;
        target.customer = entry.hit->customer;
        target.lead = entry.hit->lead;
    }
    return target;
}

QString Search::sectionName(Section section) {
    switch (section) {
        case Section::Customers: return tr("Customers");
        case Section::Vehicles: return tr("Vehicles");
        case Section::Leads: return tr("Sales opportunities");
        case Section::Activities: return tr("Timeline");
        case Section::Commands: break;
    }
    return tr("Commands");
}

}  // namespace vorfahrt::client::viewmodel
