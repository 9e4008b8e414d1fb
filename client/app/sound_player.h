// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

namespace vorfahrt::client::app {

// Plays the one short tone of the program. Opening an audio device may take long: it is done on a
// thread of its own, with the first tone. Without Qt Multimedia, or without a device, it is silent;
// a tone always has a visible twin.
class SoundPlayer final {
public:
    SoundPlayer() = default;
    ~SoundPlayer();
    SoundPlayer(const SoundPlayer&) = delete;
    SoundPlayer& operator=(const SoundPlayer&) = delete;

    // GUI thread.
    void play();

private:
    QThread thread_;
    QObject* effect_ = nullptr;  // lives in thread_
};

}  // namespace vorfahrt::client::app
