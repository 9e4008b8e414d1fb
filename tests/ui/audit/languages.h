// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

#include <set>

namespace vorfahrt::test {

// A translator that remembers what it was asked for; GUI thread.
class RecordingTranslator : public QTranslator {
public:
    using QTranslator::QTranslator;
    QString translate(const char* context, const char* source, const char* disambiguation,
                      int n) const override;
    bool isEmpty() const override { return false; }

    // "context: source" of everything that was asked for and has no translation.
    const std::set<QString>& missing() const { return missing_; }
    // Words of three letters and more that are in sources, but in no translation.
    std::set<QString> foreignWords() const;

protected:
    virtual QString look(const char* context, const char* source, const char* disambiguation,
                         int n) const;

private:
    mutable std::set<QString> missing_;
    mutable std::set<QString> sourceWords_;
    mutable std::set<QString> translatedWords_;
};

// Every source with accents, 40 % longer and in brackets: "[Ćĺàíḿ~~]". Places and plural marks
// are kept.
QString pseudo(const QString& source);

class PseudoTranslator final : public RecordingTranslator {
protected:
    QString look(const char* context, const char* source, const char* disambiguation,
                 int n) const override;
};

}  // namespace vorfahrt::test
