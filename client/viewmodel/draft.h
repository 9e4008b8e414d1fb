// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/viewmodel/desk.h"

#include <QHash>
#include <QMap>
#include <QObject>
#include <QTimer>

namespace vorfahrt::client::viewmodel {

// What is being typed into one form or note: texts by the names of their fields, on the disk within
// 250 ms of the last key (rule 3 of the design), by the key of the form. A draft is discarded by a
// person, or by its owner once everything of it is stored. GUI thread.
class Draft final : public QObject {
    Q_OBJECT

public:
    explicit Draft(Desk& desk, QObject* parent = nullptr);
    ~Draft() override;

    // What was typed under the old key is written first; loaded() comes when the new one is read.
    // An empty key is no form.
    void open(const QString& key);
    const QString& key() const { return key_; }
    bool isLoading() const { return loading_; }

    // nullopt: the field has no draft of its own any more.
    void set(const QString& field, const std::optional<QString>& text);
    std::optional<QString> text(const QString& field) const;
    const QMap<QString, QString>& texts() const { return texts_; }
    bool isEmpty() const { return texts_.isEmpty(); }
    void discard();
    // Of a form that is not open any more: these texts are stored elsewhere now.
    void settle(const QString& key, const QMap<QString, QString>& stored);
    // After discard(): brings it back.
    void restore(const QMap<QString, QString>& texts);

    // 0: not written yet, or nothing to write.
    std::int64_t savedMs() const { return savedMs_; }
    void flush();

Q_SIGNALS:
    void loaded();
    void saved();

private:
    void touch();
    void read();

    Desk& desk_;
    QString key_;
    QMap<QString, QString> texts_;
    bool dirty_ = false;
    bool loading_ = false;
    std::int64_t savedMs_ = 0;
    QTimer timer_;
    // What was written last, by key: a reader may still see the file of before.
    QHash<QString, QMap<QString, QString>> written_;
};

}  // namespace vorfahrt::client::viewmodel
