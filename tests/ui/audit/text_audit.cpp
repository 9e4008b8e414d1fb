// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/theme/text_probe.h"
#include "tests/ui/audit/audit.h"
#include "tests/ui/audit/visible.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPointer>
#include <QRadioButton>
#include <QRegularExpression>
#include <QStyleOptionComboBox>
#include <QToolTip>

namespace vorfahrt::test {
namespace {

using client::ui::TextProbe;
using client::ui::Theme;

// Letters reach a little over the box of their font, and boxes are rounded to whole pixels.
constexpr qreal kSlack = 1.5;

struct Painted {
    QPointer<QWidget> on;
    TextProbe::Drawn text;
    QRectF ink;  // in the widget
};

// Paints a page and keeps what texts were drawn on which widget.
class Recorder final : public QObject, public TextProbe {
public:
    Recorder(QWidget& page, Theme& theme)
        : theme_(theme) {
        theme.setTextProbe(this);
        QApplication::instance()->installEventFilter(this);
        QPixmap picture(page.size());
        page.render(&picture);
        QApplication::instance()->removeEventFilter(this);
        theme.setTextProbe(nullptr);
    }
    const std::vector<Painted>& painted() const { return painted_; }

    void drawn(const QPainter& painter, const Drawn& text) override {
        // Icons are drawn into pixmaps of their own; words never are.
        painted_.push_back({on_, text, painter.transform().mapRect(text.ink)});
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            on_ = qobject_cast<QWidget*>(watched);
        }
        return false;
    }

private:
    Theme& theme_;
    QPointer<QWidget> on_;
    std::vector<Painted> painted_;
};

QString toolTipAt(QWidget& widget, const QPoint& at) {
    const QPoint global = widget.mapToGlobal(at);
    // A text of our own first: what shows no tooltip leaves it standing.
    const QString none = QStringLiteral("\u2400none");
    QToolTip::showText(global, none, &widget);
    QHelpEvent help(QEvent::ToolTip, at, global);
    QApplication::sendEvent(&widget, &help);
    const QString shown = QToolTip::text();
    return shown == none ? QString() : shown;
}

bool tooltipHas(QWidget& widget, const QPoint& at, const QString& text) {
    for (QWidget* asked = &widget; asked != nullptr; asked = asked->parentWidget()) {
        if (asked->toolTip().contains(text)) {
            return true;
        }
        if (asked->isWindow()) {
            break;
        }
    }
    return toolTipAt(widget, at).contains(text);
}

QAbstractScrollArea* areaOf(const QWidget& viewport) {
    auto* area = qobject_cast<QAbstractScrollArea*>(viewport.parentWidget());
    return area != nullptr && area->viewport() == &viewport ? area : nullptr;
}

// How the text sticks out of the widget it is drawn on; rows at the edge of a list may.
bool sticksOut(const Painted& painted) {
    const QRectF room = QRectF(painted.on->rect()).adjusted(-kSlack, -kSlack, kSlack, kSlack);
    if (areaOf(*painted.on) != nullptr) {
        return painted.ink.left() < room.left() || painted.ink.right() > room.right();
    }
    // Letters are lower than the box of the font: 2 px above and below are empty.
    const QRectF ink = painted.ink.adjusted(0, 2, 0, -2);
    return !room.contains(ink);
}

bool inSight(const Painted& painted) {
    return QRectF(painted.on->rect()).intersects(painted.ink);
}

QString place(const Painted& painted) {
    return QStringLiteral("'%1' on %2").arg(painted.text.text.left(60), nameOf(*painted.on));
}

void checkPainted(const Painted& painted, QStringList& findings) {
    if (painted.text.shown != painted.text.text &&
        !tooltipHas(*painted.on, painted.ink.center().toPoint(), painted.text.text)) {
        findings
            << QStringLiteral("clipped: %1 shows '%2'").arg(place(painted), painted.text.shown);
    }
    if (sticksOut(painted)) {
        findings << QStringLiteral("clipped: %1 is drawn outside").arg(place(painted));
    }
    for (const QWidget* child : visibleChildren(*painted.on)) {
        const QRectF covered = QRectF(child->geometry()) & painted.ink;
        if (covered.width() > kSlack && covered.height() > 2 * kSlack + 1 &&
            !child->property(kLiesOver).toBool()) {
            findings << QStringLiteral("covered: %1 by %2").arg(place(painted), nameOf(*child));
        }
    }
}

void checkPaintedOverPainted(const std::vector<Painted>& all, QStringList& findings) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            if (all[i].on != all[j].on) {
                continue;
            }
            const QRectF common = all[i].ink & all[j].ink;
            // Boxes of neighbouring lines overlap, letters do not.
            const qreal tall = std::min(all[i].ink.height(), all[j].ink.height());
            if (common.width() > kSlack && common.height() > tall * 0.4) {
                findings << QStringLiteral("overlap: %1 and '%2'")
                                .arg(place(all[i]), all[j].text.text.left(60));
            }
        }
    }
}

void checkLabel(QLabel& label, QStringList& findings) {
    if (label.text().isEmpty() || label.textFormat() == Qt::RichText) {
        return;
    }
    const QRect room = label.contentsRect();
    const int flags = label.wordWrap() ? Qt::TextWordWrap : 0;
    const QRect needed =
        label.fontMetrics().boundingRect(QRect(0, 0, room.width(), 10000), flags, label.text());
    // Half a pixel of each fraction is lost by rounding up twice.
    const bool fits = needed.width() <= room.width() + 1 && needed.height() <= room.height() + 2;
    if (!fits && !tooltipHas(label, label.rect().center(), label.text())) {
        findings << QStringLiteral("clipped: %1 needs %2x%3, has %4x%5")
                        .arg(nameOf(label))
                        .arg(needed.width())
                        .arg(needed.height())
                        .arg(room.width())
                        .arg(room.height());
    }
}

void checkLine(QLineEdit& edit, QStringList& findings) {
    const bool hidden = edit.echoMode() != QLineEdit::Normal;
    const QString shown = edit.text().isEmpty() ? edit.placeholderText() : edit.text();
    const int room = edit.contentsRect().width() - 4;
    if (!hidden && edit.fontMetrics().horizontalAdvance(shown) > room &&
        !tooltipHas(edit, edit.rect().center(), shown)) {
        findings << QStringLiteral("clipped: %1 shows '%2'").arg(nameOf(edit), shown);
    }
}

void checkText(QPlainTextEdit& edit, QStringList& findings) {
    if (!edit.toPlainText().isEmpty() || edit.placeholderText().isEmpty()) {
        return;
    }
    const QRect room = edit.viewport()->rect().adjusted(4, 4, -4, 0);
    const QRect needed = edit.fontMetrics().boundingRect(QRect(0, 0, room.width(), 10000),
                                                         Qt::TextWordWrap, edit.placeholderText());
    if (needed.height() > room.height() + 2 || needed.width() > room.width()) {
        findings
            << QStringLiteral("clipped: %1 shows '%2'").arg(nameOf(edit), edit.placeholderText());
    }
}

void checkCombo(QComboBox& combo, QStringList& findings) {
    QStyleOptionComboBox option;
    option.initFrom(&combo);
    option.editable = combo.isEditable();
    const QRect room = combo.style()->subControlRect(QStyle::CC_ComboBox, &option,
                                                     QStyle::SC_ComboBoxEditField, &combo);
    if (combo.fontMetrics().horizontalAdvance(combo.currentText()) > room.width() &&
        !combo.toolTip().contains(combo.currentText())) {
        findings
            << QStringLiteral("clipped: %1 shows '%2'").arg(nameOf(combo), combo.currentText());
    }
}

void checkWidget(QWidget& widget, QStringList& findings) {
    if (auto* label = qobject_cast<QLabel*>(&widget)) {
        checkLabel(*label, findings);
    } else if (auto* line = qobject_cast<QLineEdit*>(&widget)) {
        checkLine(*line, findings);
    } else if (auto* text = qobject_cast<QPlainTextEdit*>(&widget)) {
        checkText(*text, findings);
    } else if (auto* combo = qobject_cast<QComboBox*>(&widget)) {
        checkCombo(*combo, findings);
    } else if (qobject_cast<QCheckBox*>(&widget) != nullptr ||
               qobject_cast<QRadioButton*>(&widget) != nullptr) {
        // Painted by the style, which says what it needs.
        if (widget.sizeHint().width() > widget.width()) {
            findings << QStringLiteral("clipped: %1").arg(nameOf(widget));
        }
    }
}

}  // namespace

QStringList auditTexts(QWidget& page, Theme& theme) {
    QStringList findings;
    const Recorder recorder(page, theme);
    std::vector<Painted> seen;
    for (const Painted& painted : recorder.painted()) {
        if (painted.on != nullptr && inSight(painted)) {
            checkPainted(painted, findings);
            seen.push_back(painted);
        }
    }
    checkPaintedOverPainted(seen, findings);
    for (QWidget* widget : visibleWidgets(page)) {
        checkWidget(*widget, findings);
    }
    findings.removeDuplicates();
    return findings;
}

QStringList visibleTexts(QWidget& page, Theme& theme) {
    QStringList texts;
    const Recorder recorder(page, theme);
    for (const Painted& painted : recorder.painted()) {
        texts << painted.text.text;
    }
    for (QWidget* widget : visibleWidgets(page)) {
        texts << widget->toolTip() << widget->accessibleName() << widget->accessibleDescription();
        if (const auto* label = qobject_cast<QLabel*>(widget)) {
            texts << label->text();
        } else if (const auto* button = qobject_cast<QAbstractButton*>(widget)) {
            texts << button->text();
        } else if (const auto* line = qobject_cast<QLineEdit*>(widget)) {
            texts << line->placeholderText();
        } else if (const auto* text = qobject_cast<QPlainTextEdit*>(widget)) {
            texts << text->placeholderText();
        } else if (const auto* combo = qobject_cast<QComboBox*>(widget)) {
            for (int i = 0; i < combo->count(); ++i) {
                texts << combo->itemText(i);
            }
        }
    }
    texts.removeDuplicates();
    texts.removeAll(QString());
    return texts;
}

std::set<QString> wordsOf(const QString& text) {
    std::set<QString> words;
    QString plain = text;
    plain.remove(QLatin1Char('&'));
    static const QRegularExpression word(QStringLiteral("[\\p{L}\\p{M}]{3,}"),
                                         QRegularExpression::UseUnicodePropertiesOption);
    for (auto at = word.globalMatch(plain); at.hasNext();) {
        words.insert(at.next().captured().toLower());
    }
    return words;
}

QStringList textsWithWords(const QStringList& texts, const std::set<QString>& words) {
    QStringList found;
    for (const QString& text : texts) {
        for (const QString& word : wordsOf(text)) {
            if (words.contains(word)) {
                found << QStringLiteral("untranslated: '%1' has '%2'").arg(text.left(80), word);
                break;
            }
        }
    }
    return found;
}

}  // namespace vorfahrt::test
