// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/customer_history.h"

#include "client/viewmodel/words.h"

#include <algorithm>

namespace vorfahrt::client::viewmodel {
namespace {

constexpr int kPage = 60;
constexpr int kMost = 1000;  // that a reload reads at once
const QString kText = QStringLiteral("text");

}  // namespace

CustomerHistory::CustomerHistory(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk),
      draft_(desk) {
    connect(&draft_, &Draft::loaded, this, &CustomerHistory::noteLoaded);
    connect(&desk.reader(), &model::ReplicaReader::failed, this,
            [this](const QString& key, ErrorCode code) {
                if (key == QStringLiteral("customer.timeline")) {
                    loading_ = false;
                    readError_ = code;
                    Q_EMIT changed();
                }
            });
}

void CustomerHistory::open(CustomerId customer) {
    if (customer == id_) {
        return;
    }
    id_ = customer;
    items_.clear();
    older_.reset();
    readError_ = ErrorCode::Ok;
    loading_ = false;
    draft_.open(customer.isNone() ? QString()
                                  : QStringLiteral("customer/%1/note").arg(qstr(customer.text())));
    Q_EMIT changed();
    Q_EMIT noteLoaded();
    if (!customer.isNone()) {
        read({}, kPage);
    }
}

void CustomerHistory::reload() {
    if (!id_.isNone()) {
        read({}, std::clamp(static_cast<int>(items_.size()) + kPage, kPage, kMost));
    }
}

void CustomerHistory::loadOlder() {
    if (older_ && !loading_) {
        read(older_, kPage);
    }
}

void CustomerHistory::read(const std::optional<replica::TimelineKey>& before, int limit) {
    loading_ = true;
    desk_.reader().ask(
        QStringLiteral("customer.timeline"), this,
        [viewer = desk_.viewer(), id = id_, before, limit](replica::Reader& reader) {
            return reader.customerTimeline(viewer, id, before, limit);
        },
        [this, id = id_, isOlder = before.has_value()](replica::TimelinePage page) {
            if (id != id_) {
                return;
            }
            loading_ = false;
            readError_ = ErrorCode::Ok;
            older_ = std::move(page.older);
            if (isOlder) {
                const int count = static_cast<int>(page.items.size());
                items_.insert(items_.begin(), std::make_move_iterator(page.items.begin()),
                              std::make_move_iterator(page.items.end()));
                Q_EMIT prepended(count);
            } else if (!(items_ == page.items)) {
                items_ = std::move(page.items);
                Q_EMIT changed();
            }
        });
}

QString CustomerHistory::note() const {
    return draft_.text(kText).value_or(QString());
}

void CustomerHistory::setNote(const QString& text) {
    draft_.set(kText, text.isEmpty() ? std::nullopt : std::optional(text));
}

void CustomerHistory::addNote(const replica::CustomerDetail& detail) {
    const QString sent = note();
    if (sent.trimmed().isEmpty() || savingNote_ || detail.id != id_) {
        return;
    }
    savingNote_ = true;
    draft_.flush();
    desk_.perform(command::addCustomerNote(desk_.viewer(), detail, desk_.newId(),
                                           sent.trimmed().toStdString()),
                  {}, this, [this, sent, key = draft_.key()](ErrorCode code) {
                      savingNote_ = false;
                      if (code != ErrorCode::Ok) {
                          return;
                      }
                      if (draft_.key() != key) {
                          draft_.settle(key, {{kText, sent}});
                          return;
                      }
                      // What was typed after it while it was being stored is the next draft.
                      setNote(note().startsWith(sent) ? note().mid(sent.size()) : note());
                      draft_.flush();
                      Q_EMIT noteLoaded();
                      Q_EMIT noteSaved();
                  });
}

}  // namespace vorfahrt::client::viewmodel
