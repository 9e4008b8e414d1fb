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
constexpr std::size_t kFrequent = 8;
const QByteArray kCreateKey = QByteArrayLiteral("create");

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

SearchEntry heading(const QByteArray& key, const QString& title, int count) {
    SearchEntry entry;
    entry.key = "heading" + key;
    entry.heading = true;
    entry.title.text = title;
    entry.count = count;
    return entry;
}

SearchEntry heading(Search::Section section, int count) {
    SearchEntry entry =
        heading(QByteArray::number(static_cast<int>(section)), Search::sectionName(section), count);
    entry.section = section;
    return entry;
}

SearchEntry commandEntry(const SearchCommand& command) {
    SearchEntry entry;
    entry.key = "command " + command.id.toUtf8();
    entry.section = Search::Section::Commands;
    entry.title.text = command.title;
    entry.badge.text = command.shortcut;
    entry.command = command.id;
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
      desk_(desk),
      recents_(desk) {
    connect(&desk, &Desk::changed, this, [this](const replica::ChangeSet& changes) {
        if (!text_.isEmpty() && (!changes.tables.empty() || changes.searchChanged)) {
            ask();
        }
    });
    connect(&desk, &Desk::stageChanged, this, [this] {
        text_.clear();
        section_.reset();
        ask();
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
        if (text_.trimmed().isEmpty() && !commandsOnly) {
            askRecents();
        } else {
            show({});
        }
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
    const QString typed = text_.trimmed();
    const bool words = !typed.isEmpty() && !typed.startsWith(QLatin1Char('>')) &&
                       !typed.startsWith(QLatin1Char('#'));
    if (lines.empty() && words && !searching_ && canCreate_ && canCreate_()) {
        SearchEntry& offer = lines.emplace_back();
        offer.key = kCreateKey;
        offer.section = Section::Commands;
        offer.title.text = tr("New customer “%1”").arg(typed);
    }
    lines_.show(std::move(lines));
    Q_EMIT changed();
}

void Search::askRecents() {
    if (desk_.stage() == Desk::Stage::SignedOut) {
        showRecents({});
        return;
    }
    std::vector<replica::SearchRef> rows;
    for (const replica::SearchRef& row : recents_.rows()) {
        if (!section_ || groupOf(*section_) == row.group) {
            rows.push_back(row);
        }
    }
    // What was there stays until the answer, so that nothing flickers; without rows there is none.
    if (rows.empty()) {
        showRecents({});
        return;
    }
    desk_.reader().ask(
        QStringLiteral("search"), this,
        [viewer = desk_.viewer(), rows](replica::Reader& reader) {
            return reader.recall(viewer, rows);
        },
        [this](const std::vector<replica::SearchHit>& hits) { showRecents(hits); });
}

void Search::showRecents(const std::vector<replica::SearchHit>& hits) {
    std::vector<SearchEntry> lines;
    counts_ = {};
    complete_ = true;
    if (!hits.empty()) {
        lines.push_back(heading("recent", tr("Recently opened"), 0));
        for (const replica::SearchHit& hit : hits) {
            lines.push_back(SearchLines::hit(hit, desk_.nowMs()));
        }
    }
    if (!section_) {
        addFrequent(lines);
    }
    lines_.show(std::move(lines));
    Q_EMIT changed();
}

// Those that are used most, then the others in their order.
void Search::addFrequent(std::vector<SearchEntry>& lines) {
    if (!commands_) {
        return;
    }
    const QStringList used = recents_.commands();
    QList<SearchCommand> all = commands_();
    const auto rank = [&](const SearchCommand& command) {
        const qsizetype at = used.indexOf(command.id);
        return at < 0 ? used.size() : at;
    };
    std::ranges::stable_sort(all, std::ranges::less(), rank);
    if (all.isEmpty()) {
        return;
    }
    lines.push_back(heading("frequent", tr("Frequent commands"), 0));
    for (qsizetype i = 0; i < std::min<qsizetype>(all.size(), kFrequent); ++i) {
        lines.push_back(commandEntry(all[i]));
    }
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
        found.push_back(commandEntry(command));
        found.back().title = SearchLines::marked(*title);
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
    Target target{.section = entry.section,
                  .row = {},
                  .customer = {},
                  .lead = {},
                  .command = entry.command,
                  .create = entry.key == kCreateKey};
    if (entry.hit) {
        target.row = entry.hit->id;
        target.customer = entry.hit->customer;
        target.lead = entry.hit->lead;
    }
    return target;
}

void Search::opened(int line) {
    const auto target = this->target(line);
    if (!target) {
        return;
    }
    if (!target->command.isEmpty()) {
        recents_.ran(target->command);
    } else if (const auto group = groupOf(target->section)) {
        recents_.opened({*group, target->row});
    }
}

bool Search::isNothingFound() const {
    return !searching_ && !text_.trimmed().isEmpty() && total() == 0;
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
