// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/draft.h"

#include "client/viewmodel/words.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace vorfahrt::client::viewmodel {
namespace {

constexpr int kWriteMs = 150;
constexpr int kMaxRemembered = 64;

// Empty where there is nothing to keep.
QString encoded(const QMap<QString, QString>& texts) {
    if (texts.isEmpty()) {
        return {};
    }
    QJsonObject object;
    for (auto it = texts.begin(); it != texts.end(); ++it) {
        object.insert(it.key(), it.value());
    }
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

}  // namespace

Draft::Draft(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk) {
    timer_.setSingleShot(true);
    timer_.setInterval(kWriteMs);
    // While the replica of who typed it is still open.
    connect(&desk, &Desk::leaving, this, &Draft::flush);
    connect(&desk, &Desk::stageChanged, this, [this] {
        if (desk_.stage() != Desk::Stage::Working) {
            // What comes next is of another business or person.
            flush();
            key_.clear();
            texts_.clear();
            written_.clear();
        }
    });
    connect(&timer_, &QTimer::timeout, this, &Draft::flush);
}

Draft::~Draft() {
    flush();
}

void Draft::open(const QString& key) {
    if (key == key_) {
        return;
    }
    flush();
    key_ = key;
    texts_.clear();
    savedMs_ = 0;
    loading_ = !key.isEmpty();
    if (const auto known = written_.constFind(key); known != written_.constEnd()) {
        loading_ = false;
        texts_ = *known;
        Q_EMIT loaded();
    } else if (loading_) {
        read();
    }
}

void Draft::read() {
    desk_.reader().ask(
        QStringLiteral("draft:") + key_, this,
        [key = key_.toStdString()](replica::Reader& reader) { return reader.draft(key); },
        [this, key = key_](const std::optional<std::string>& text) {
            if (key != key_) {
                return;
            }
            loading_ = false;
            const QJsonObject object =
                QJsonDocument::fromJson(QByteArray::fromStdString(text.value_or(""))).object();
            for (auto it = object.begin(); it != object.end(); ++it) {
                // What is typed meanwhile is newer than what was stored.
                if (!texts_.contains(it.key())) {
                    texts_.insert(it.key(), it.value().toString());
                }
            }
            Q_EMIT loaded();
        });
}

void Draft::set(const QString& field, const std::optional<QString>& text) {
    if (key_.isEmpty() || this->text(field) == text) {
        return;
    }
    if (text) {
        texts_.insert(field, *text);
    } else {
        texts_.remove(field);
    }
    touch();
}

std::optional<QString> Draft::text(const QString& field) const {
    const auto it = texts_.find(field);
    return it == texts_.end() ? std::nullopt : std::optional(*it);
}

void Draft::discard() {
    if (!texts_.isEmpty()) {
        texts_.clear();
        touch();
        flush();
    }
}

void Draft::settle(const QString& key, const QMap<QString, QString>& stored) {
    const auto known = written_.find(key);
    if (known == written_.end() || key == key_) {
        return;
    }
    for (auto it = stored.begin(); it != stored.end(); ++it) {
        if (known->value(it.key()) == *it) {
            known->remove(it.key());
        }
    }
    desk_.port().saveDraft(key, encoded(*known));
}

void Draft::restore(const QMap<QString, QString>& texts) {
    if (!key_.isEmpty()) {
        texts_ = texts;
        touch();
        flush();
        Q_EMIT loaded();
    }
}

void Draft::touch() {
    dirty_ = true;
    if (!timer_.isActive()) {
        timer_.start();
    }
}

void Draft::flush() {
    timer_.stop();
    if (!dirty_ || key_.isEmpty()) {
        return;
    }
    dirty_ = false;
    desk_.port().saveDraft(key_, encoded(texts_));
    if (written_.size() >= kMaxRemembered) {
        written_.clear();
    }
    written_.insert(key_, texts_);
    savedMs_ = texts_.isEmpty() ? 0 : desk_.nowMs();
    Q_EMIT saved();
}

}  // namespace vorfahrt::client::viewmodel
