#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tokens.json -> vorfahrt.ico: the sign of the program in all sizes that Windows asks for. Usage: icon.py JSON ICO

The same shape as ThemePainter::diamond, framed: a rounded square on its corner, white rim, brand inside.
"""
import json
import pathlib
import struct
import sys
import zlib

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
SAMPLES = 4  # in each direction of a pixel


def in_square(x, y, edge, radius):
    """Of a rounded square of that edge around the origin, after turning by 45 degrees."""
    u, v = abs(x + y) / 2**0.5, abs(x - y) / 2**0.5
    inner = edge / 2 - radius
    if u > edge / 2 or v > edge / 2:
        return False
    return u <= inner or v <= inner or (u - inner) ** 2 + (v - inner) ** 2 <= radius**2


def pixel(column, row, size, layers):
    total = [0, 0, 0, 0]
    for i in range(SAMPLES * SAMPLES):
        x = column + (i % SAMPLES + 0.5) / SAMPLES - size / 2
        y = row + (i // SAMPLES + 0.5) / SAMPLES - size / 2
        colour = None
        for edge, radius, layer in layers:
            if in_square(x, y, edge, radius):
                colour = layer
        if colour is not None:
            total = [t + c for t, c in zip(total, (*colour, 255))]
    covered = total[3] // 255
    if covered == 0:
        return bytes(4)
    return bytes((*(channel // covered for channel in total[:3]), total[3] // (SAMPLES * SAMPLES)))


def png(size, colours):
    side = size * 0.69
    layers = [(side, side * 0.16, colours["borderControl"]),
              (side - max(1.0, size / 32), side * 0.15, colours["onAccent"]),
              (side * 0.72, side * 0.09, colours["brand"])]
    rows = b"".join(b"\0" + b"".join(pixel(c, r, size, layers) for c in range(size)) for r in range(size))

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def main():
    tokens = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    light = tokens["color"]["light"]
    colours = {name: tuple(bytes.fromhex(light[name].lstrip("#"))) for name in ("borderControl", "onAccent", "brand")}
    images = [png(size, colours) for size in SIZES]
    out, offset = struct.pack("<HHH", 0, 1, len(images)), 6 + 16 * len(images)
    for size, image in zip(SIZES, images):
        out += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
    pathlib.Path(sys.argv[2]).write_bytes(out + b"".join(images))


main()
