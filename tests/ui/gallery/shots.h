// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/theme/theme.h"

#include <QSize>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

namespace vorfahrt::test {

struct ShotContext {
    client::ui::Theme& theme;
    bool german;

    // Sample text of a page that does not come from tr().
    QString text(const char* english, const char* translated) const {
        return QString::fromUtf8(german ? translated : english);
    }
};

using ShotFactory = std::function<std::unique_ptr<QWidget>(const ShotContext&)>;

// The pages vf_shots can draw. A folder with pages of its own adds a function
// registerXxxShots(ShotRegistry&) and a call in shots_main.cpp.
class ShotRegistry {
public:
    struct Page {
        QString name;
        QSize size;
        ShotFactory factory;
    };
    void registerShot(const QString& name, QSize size, ShotFactory factory) {
        pages_.push_back({name, size, std::move(factory)});
    }
    const std::vector<Page>& pages() const { return pages_; }

private:
    std::vector<Page> pages_;
};

void registerGalleryShots(ShotRegistry& registry);
void registerAppShots(ShotRegistry& registry);
void registerComponentShots(ShotRegistry& registry);

}  // namespace vorfahrt::test
