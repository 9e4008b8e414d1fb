// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"

#include <QStringList>
#include <QWidget>

#include <set>

namespace vorfahrt::test {

// What is wrong with a page as it stands, one line each: "clipped: Label nextStep: ...". The page
// is shown, laid out and the only one; GUI thread.

// No sibling over another, nothing outside its parent, nothing that is clicked smaller than 24 px.
QStringList auditGeometry(QWidget& page);

// No text that is cut, drawn over another or under a widget. What was elided must be whole in the
// tooltip at its place. Paints the page.
QStringList auditTexts(QWidget& page, client::ui::Theme& theme);

// What can have the focus has a name; a button without words has a name and a tooltip.
QStringList auditNames(QWidget& page);

// The Tab key goes from pane to pane in the order of the design and within a pane from the top left
// to the bottom right.
QStringList auditTabOrder(QWidget& page);

// Every text that can be seen or heard on the page: widgets, tooltips, names, and what was painted.
QStringList visibleTexts(QWidget& page, client::ui::Theme& theme);

// Texts that hold one of the words; words are compared in lower case and as a whole.
QStringList textsWithWords(const QStringList& texts, const std::set<QString>& words);
std::set<QString> wordsOf(const QString& text);

// The widget as a person reading the report would name it.
QString nameOf(const QWidget& widget);
// A child that is meant to lie over its siblings says so.
inline constexpr const char* kLiesOver = "liesOver";

}  // namespace vorfahrt::test
