// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/app/sound_player.h"

#ifdef VF_HAS_MULTIMEDIA
#include <QSoundEffect>
#include <QUrl>
#endif

namespace vorfahrt::client::app {

SoundPlayer::~SoundPlayer() {
    thread_.quit();
    thread_.wait();
}

void SoundPlayer::play() {
#ifdef VF_HAS_MULTIMEDIA
    if (effect_ == nullptr) {
        auto* effect = new QSoundEffect;
        effect_ = effect;
        effect->moveToThread(&thread_);
        QObject::connect(&thread_, &QThread::finished, effect, &QObject::deleteLater);
        thread_.setObjectName(QStringLiteral("sound"));
        thread_.start();
        QMetaObject::invokeMethod(
            effect,
            [effect] { effect->setSource(QUrl(QStringLiteral("qrc:/sounds/new-lead.wav"))); },
            Qt::QueuedConnection);
    }
    auto* effect = static_cast<QSoundEffect*>(effect_);
    QMetaObject::invokeMethod(effect, [effect] { effect->play(); }, Qt::QueuedConnection);
#endif
}

}  // namespace vorfahrt::client::app
