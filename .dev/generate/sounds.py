#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tones of the program, computed. Usage: sounds.py OUTDIR; writes new-lead.wav (mono, 16 bit, 44.1 kHz)."""
import math
import pathlib
import struct
import sys
import wave

RATE = 44_100
SECONDS = 0.45
# Frequency in Hz, begin in seconds: a fourth upwards, quiet enough for an office.
NOTES = [(659.26, 0.0), (880.0, 0.12)]
LEVEL = 0.22


def sample(index):
    now, value = index / RATE, 0.0
    for frequency, begin in NOTES:
        age = now - begin
        if age >= 0:
            rise = min(1.0, age / 0.008)
            value += LEVEL * rise * math.exp(-9.0 * age) * math.sin(2 * math.pi * frequency * age)
    fall = min(1.0, (SECONDS - now) / 0.02)
    return int(32_767 * max(-1.0, min(1.0, value * fall)))


def main():
    target = pathlib.Path(sys.argv[1]) / "new-lead.wav"
    target.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", sample(i)) for i in range(int(RATE * SECONDS))))


if __name__ == "__main__":
    main()
