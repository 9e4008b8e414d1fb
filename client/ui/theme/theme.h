// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/system_look.h"
#include "client/ui/theme/tokens_gen.h"

#include <QCache>
#include <QColor>
#include <QFont>
#include <QFontMetricsF>
#include <QObject>
#include <QPixmap>

#include <memory>
#include <optional>

class QApplication;

namespace vorfahrt::client::ui {

class TextProbe;

// Colours, fonts, sizes and icons of the desk: the only place that knows token values. One object,
// made before the first widget and outliving the last; GUI thread. A change of mode or zoom sets
// palette and QSS once and then emits changed(), so that a frame never mixes two themes.
class Theme final : public QObject {
    Q_OBJECT

public:
    enum class Mode : std::uint8_t { Light, Dark, System };
    static constexpr int kMinZoom = 90;
    static constexpr int kMaxZoom = 150;

    explicit Theme(QApplication& app, QObject* parent = nullptr);
    ~Theme() override;

    Mode mode() const { return mode_; }
    void setMode(Mode mode);
    bool isDark() const { return tokens_ == &kDarkTokens; }

    // The system's own settings: they decide in Mode::System, still all motion, and while its
    // contrast is high its palette takes the place of the tokens' colours.
    const SystemLook& system() const { return system_; }
    void setSystem(const SystemLook& system);
    // Width of the edges of boxes: 1 px, 2 px while the contrast is high.
    int edge() const { return system_.highContrast ? stroke::kFocus : stroke::kHairline; }

    // Percent, clamped to 90..150 (requirement: text scale).
    int zoom() const { return zoom_; }
    void setZoom(int percent);

    bool reducedMotion() const { return reducedMotion_ || system_.reducedMotion; }
    void setReducedMotion(bool reduced) { reducedMotion_ = reduced; }
    // Milliseconds of a motion token, 0 when motion is reduced.
    int duration(int milliseconds) const { return reducedMotion() ? 0 : milliseconds; }

    bool keyCapsVisible() const { return keyCapsVisible_; }
    void setKeyCapsVisible(bool visible);

    QColor color(Role role) const;
    QColor color(Role role, Alpha alpha) const;
    const QFont& font(TextStyle style) const;
    const QFontMetricsF& metrics(TextStyle style) const;
    // Design pixels at 100 % to pixels at the current zoom.
    int px(int design) const { return (design * zoom_ + 50) / 100; }
    int line(TextStyle style) const;

    QString elided(TextStyle style, const QString& text, qreal width,
                   Qt::TextElideMode mode = Qt::ElideRight) const;
    qreal textWidth(TextStyle style, const QString& text) const;

    // Hears what is painted while it is set; not owned.
    void setTextProbe(TextProbe* probe) const { probe_ = probe; }
    TextProbe* textProbe() const { return probe_; }

    // Tinted pixmap at a design size, cached per icon, size, role and device pixel ratio.
    QPixmap icon(Icon icon, int designSize, Role role, qreal devicePixelRatio) const;

Q_SIGNALS:
    void changed();

private:
    void apply();
    QString styleSheet() const;
    void rebuildFonts();

    QApplication& app_;
    Mode mode_ = Mode::Light;
    SystemLook system_;
    int zoom_ = 100;
    bool reducedMotion_ = false;
    bool keyCapsVisible_ = true;
    const Tokens* tokens_ = &kLightTokens;
    mutable TextProbe* probe_ = nullptr;
    std::array<QFont, kTextStyleCount> fonts_;
    std::array<std::optional<QFontMetricsF>, kTextStyleCount> metrics_;
    mutable QCache<QString, QPixmap> icons_;
    mutable QCache<QString, QString> elisions_;
};

// Loads the embedded fonts; false when one is missing or a weight does not resolve to its own file.
bool loadFonts();

// Relayouts and repaints the widget on each theme change, and tells in its tooltip what it had to
// cut; for widgets that paint themselves.
void followTheme(QWidget& widget, const Theme& theme);

}  // namespace vorfahrt::client::ui
