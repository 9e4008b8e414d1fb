// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/audit/languages.h"

#include "tests/ui/audit/audit.h"

#include <cmath>

namespace vorfahrt::test {

QString RecordingTranslator::translate(const char* context, const char* source,
                                       const char* disambiguation, int n) const {
    // Qt asks for words of its own, which no page shows: the arrows of tab bars, its direction.
    if (context[0] == 'Q') {
        return {};
    }
    QString found = look(context, source, disambiguation, n);
    if (found.isNull()) {
        missing_.insert(
            QStringLiteral("%1: %2").arg(QString::fromUtf8(context), QString::fromUtf8(source)));
        return found;
    }
    sourceWords_.merge(wordsOf(QString::fromUtf8(source)));
    translatedWords_.merge(wordsOf(found));
    return found;
}

QString RecordingTranslator::look(const char* context, const char* source,
                                  const char* disambiguation, int n) const {
    return QTranslator::translate(context, source, disambiguation, n);
}

std::set<QString> RecordingTranslator::foreignWords() const {
    std::set<QString> words;
    for (const QString& word : sourceWords_) {
        if (!translatedWords_.contains(word)) {
            words.insert(word);
        }
    }
    return words;
}

QString pseudo(const QString& source) {
    const QString plain = QStringLiteral("aceginorsuyzACEGINORSUYZ");
    const QString accented = QStringLiteral("àćéĝíñöŕšüýžÀĆÉĜÍÑÖŔŠÜÝŽ");
    QString text;
    for (qsizetype i = 0; i < source.size(); ++i) {
        const qsizetype letter = plain.indexOf(source[i]);
        // %n and %Ln are places of numbers, not letters.
        const bool place = i > 0 && source[i - 1] == QLatin1Char('%');
        text += letter < 0 || place ? source[i] : accented[letter];
    }
    const auto more = static_cast<qsizetype>(std::ceil(0.4 * static_cast<double>(source.size())));
    // Brackets are two of the added letters; long padding is broken so that it can wrap.
    QString padding;
    for (qsizetype i = 2; i < more; ++i) {
        padding += i % 10 == 9 ? QLatin1Char(' ') : QLatin1Char('~');
    }
    return QLatin1Char('[') + text + padding + QLatin1Char(']');
}

QString PseudoTranslator::look(const char*, const char* source, const char*, int) const {
    return pseudo(QString::fromUtf8(source));
}

}  // namespace vorfahrt::test
