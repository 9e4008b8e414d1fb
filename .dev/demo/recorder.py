# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what desks and server say to each other, one line a WebSocket message: `./dev demo --record FILE`.

    # ...                            a remark: the header, or the step of the demo that begins
    A1 open                          desk A's first connection
    A1 up Login BASE64               one message; the kind is the name in the oneof of sync.proto
    A1 close

The programs know nothing of it. Lines stand in the order in which the cable passed the messages on, so an answer is
always below its question. Passwords, tokens and the machine's name are replaced by fixed text of the same length.
"""
import base64
import os
import re
import threading

TOKEN_BYTES = 32
MAX_MESSAGE = 256 * 1024  # PROTOCOL.md, "Bounds"


def placeholder(name, length):
    return (f"{name}-of-the-demo-".encode() * length)[:length]


def kinds(proto, message):
    """The oneof of `message` in sync.proto: field number -> name of the field's type."""
    body = re.search(r"message %s \{(.*?)\n\}" % message, proto, re.S).group(1)
    return {int(number): field if kind == "Reserved" else kind
            for kind, field, number in re.findall(r"^\s+(\w+) (\w+) = (\d+);", body, re.M)}


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def fields(data):
    """(number, value) of each field of an encoded message: int, or bytes."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        elif key & 7 == 2:
            length, at = varint(data, at)
            value, at = data[at:at + length], at + length
        else:
            length = {1: 8, 5: 4}[key & 7]
            value, at = data[at:at + length], at + length
        yield key >> 3, value


class Recorder:
    """One file for all cables. Any thread."""

    def __init__(self, path, root, header, secrets):
        with open(os.path.join(root, "common", "schema", "sync.proto"), encoding="utf-8") as file:
            proto = file.read()
        self.kinds = {"up": kinds(proto, "Up"), "down": kinds(proto, "Down")}
        self.lock = threading.Lock()
        self.replacements = {secret.encode(): placeholder("password", len(secret)) for secret in secrets}
        self.faults = []
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        self.file = open(path, "w", encoding="utf-8")
        for line in header:
            self.remark(line)

    def remark(self, text):
        self._write(f"# {text}".rstrip())

    def event(self, connection, text):
        self._write(f"{connection} {text}")

    def fault(self, connection, text):
        with self.lock:
            self.faults.append(f"{connection}: {text}")

    def message(self, connection, direction, data):
        number, body = next(fields(data))
        kind = self.kinds[direction][number]
        with self.lock:
            if kind == "Login":  # its last field is the name of this machine
                name = dict(fields(body)).get(4, b"")
                data = data[:len(data) - len(name)] + placeholder("desk", len(name))
            if kind == "LoginResult":
                for token in (value for field, value in fields(body) if field == 2):
                    if len(token) == TOKEN_BYTES:
                        self.replacements[token] = placeholder("token", TOKEN_BYTES)
            for secret, instead in self.replacements.items():
                data = data.replace(secret, instead)
        self._write(f"{connection} {direction} {kind} {base64.b64encode(data).decode()}")

    def _write(self, line):
        with self.lock:
            if not self.file.closed:
                self.file.write(line + "\n")

    def close(self):
        """What made the recording worthless raises here."""
        with self.lock:
            self.file.close()
            if self.faults:
                raise RuntimeError("; ".join(self.faults[:5]))


class Ear:
    """One direction of one connection: the HTTP head, then RFC 6455 frames."""

    CONTINUATION, TEXT, BINARY, CLOSE = 0x0, 0x1, 0x2, 0x8

    def __init__(self, recorder, connection, direction):
        self.recorder = recorder
        self.connection = connection
        self.direction = direction
        self.buffer = bytearray()
        self.parts = None  # of a fragmented message

    def hear(self, data):
        try:
            self.buffer += data
            while self._frame():
                pass
        except (ValueError, KeyError, IndexError, StopIteration) as error:
            self.recorder.fault(self.connection, f"{self.direction}: {type(error).__name__} {error}")

    def _frame(self):
        buffer = self.buffer
        if len(buffer) < 2:
            return False
        final, code = buffer[0] & 0x80, buffer[0] & 0x0F
        if buffer[0] & 0x70:
            raise ValueError("an extension nobody offered")
        masked, length, at = buffer[1] & 0x80, buffer[1] & 0x7F, 2
        if bool(masked) != (self.direction == "up"):
            raise ValueError("only the desk masks")
        extra = {126: 2, 127: 8}.get(length, 0)
        if len(buffer) < at + extra:
            return False
        if extra:
            length, at = int.from_bytes(buffer[at:at + extra], "big"), at + extra
        if length > MAX_MESSAGE:
            raise ValueError(f"a frame of {length} bytes")
        end = at + (4 if masked else 0) + length
        if len(buffer) < end:
            return False
        payload = bytes(buffer[end - length:end])
        if masked:
            mask = bytes(buffer[at:at + 4])
            pad = (mask * (length // 4 + 1))[:length]
            payload = (int.from_bytes(payload, "big") ^ int.from_bytes(pad, "big")).to_bytes(length, "big")
        del buffer[:end]
        self._payload(code, bool(final), payload)
        return True

    def _payload(self, code, final, payload):
        if code == self.CLOSE:
            self.recorder.event(self.connection, f"{self.direction} close-frame")
            return
        if code > self.CLOSE:
            return  # ping and pong
        if code == self.TEXT or (code == self.CONTINUATION) == (self.parts is None):
            raise ValueError(f"opcode {code} out of place")
        self.parts = (self.parts or b"") + payload
        if final:
            self.recorder.message(self.connection, self.direction, self.parts)
            self.parts = None
