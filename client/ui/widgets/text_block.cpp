// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/widgets/text_block.h"

#include "client/ui/theme/text_probe.h"

#include <cmath>

namespace vorfahrt::client::ui {

QString TextBlock::plainText() const {
    QString text;
    for (const Part& part : parts_) {
        text += part.text;
    }
    return text;
}

qreal TextBlock::layout(const Theme& theme, qreal width, int maxLines) {
    height_ = 0;
    layout_.reset();
    if (parts_.empty()) {
        return 0;
    }
    const TextStyle base = parts_.front().style;
    QString text = plainText();
    text.replace(QLatin1Char('\n'), QChar::LineSeparator);
    layout_ = std::make_unique<QTextLayout>(text, theme.font(base));
    QList<QTextLayout::FormatRange> ranges;
    int at = 0;
    for (const Part& part : parts_) {
        QTextLayout::FormatRange range;
        range.start = at;
        range.length = static_cast<int>(part.text.size());
        range.format.setFont(theme.font(part.style));
        range.format.setForeground(theme.color(part.role));
        ranges.append(range);
        at += range.length;
    }
    layout_->setFormats(ranges);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout_->setTextOption(option);
    const qreal lineHeight = theme.line(base);
    layout_->beginLayout();
    for (int count = 0; maxLines == 0 || count < maxLines; ++count) {
        QTextLine line = layout_->createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(std::max(1.0, width));
        line.setPosition(QPointF(0, std::round(height_ + (lineHeight - line.height()) / 2)));
        height_ += lineHeight;
    }
    layout_->endLayout();
    return height_;
}

void TextBlock::draw(ThemePainter& paint, const QPointF& topLeft) const {
    if (layout_ == nullptr) {
        return;
    }
    layout_->draw(&paint.raw(), topLeft);
    TextProbe* probe = paint.theme().textProbe();
    for (int i = 0; probe != nullptr && i < layout_->lineCount(); ++i) {
        const QTextLine line = layout_->lineAt(i);
        const QString words = layout_->text().mid(line.textStart(), line.textLength());
        // What maxLines left out counts as cut from the last line.
        const bool last = i + 1 == layout_->lineCount();
        const QString whole = last ? layout_->text().mid(line.textStart()) : words;
        probe->drawn(paint.raw(), {whole, words, line.naturalTextRect().translated(topLeft),
                                   parts_.front().role});
    }
}

}  // namespace vorfahrt::client::ui
