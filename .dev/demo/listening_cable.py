# SPDX-License-Identifier: GPL-3.0-or-later
"""A Cable that hears what passes: it ends the desk's TLS with a certificate of its own and opens one to the server.

The desk is started with the fingerprint of this certificate; the server's fingerprint is checked here.
"""
import asyncio
import contextlib
import hashlib
import re
import ssl
import threading

from recorder import Ear

HEAD_END = b"\r\n\r\n"


def abort(writers):
    for writer in writers:
        # Python 3.11 raises when the other end was faster.
        with contextlib.suppress(AttributeError):
            writer.transport.abort()


class ListeningCable:
    """Same use as proxy.Cable. One thread with an event loop: TLS objects are not shared between threads."""

    def __init__(self, target_port, target_fingerprint, certificate, key, recorder, name):
        self.target_port = target_port
        self.target_fingerprint = target_fingerprint.replace(":", "").lower()
        self.recorder = recorder
        self.name = name
        self.count = 0
        self.connected = True
        self.open = set()
        self.near_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.near_tls.load_cert_chain(certificate, key)
        self.far_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.far_tls.check_hostname = False
        self.far_tls.verify_mode = ssl.CERT_NONE  # the fingerprint below is what counts
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        listening = asyncio.start_server(self._join, "127.0.0.1", 0, ssl=self.near_tls)
        self.listener = asyncio.run_coroutine_threadsafe(listening, self.loop).result(10)
        self.port = self.listener.sockets[0].getsockname()[1]

    async def _join(self, near_in, near_out):
        if not self.connected:
            abort([near_out])
            return
        self.count += 1
        connection = f"{self.name}{self.count}"
        ends = {near_out}
        self.open |= ends
        self.recorder.event(connection, "open")
        try:
            far_in, far_out = await asyncio.open_connection("127.0.0.1", self.target_port, ssl=self.far_tls)
            ends.add(far_out)
            self.open |= ends
            shown = far_out.get_extra_info("ssl_object").getpeercert(binary_form=True)
            if hashlib.sha256(shown).hexdigest() != self.target_fingerprint:
                self.recorder.fault(connection, "another certificate than the server's")
                return
            far_out.write(self._without_extensions(await near_in.readuntil(HEAD_END)))
            near_out.write(await far_in.readuntil(HEAD_END))
            await asyncio.gather(self._pump(near_in, far_out, connection, "up"),
                                 self._pump(far_in, near_out, connection, "down"))
        except (OSError, asyncio.IncompleteReadError):
            pass  # cut, or a program that went away
        finally:
            self.open -= ends
            abort(ends)
            self.recorder.event(connection, "close")

    @staticmethod
    def _without_extensions(head):
        """Frames are kept as they are meant: nobody offers to compress them."""
        return re.sub(rb"(?im)^sec-websocket-extensions:.*\r\n", b"", head)

    async def _pump(self, source, sink, connection, direction):
        ear = Ear(self.recorder, connection, direction)
        try:
            while data := await source.read(65536):
                ear.hear(data)
                sink.write(data)
                await sink.drain()
        finally:
            sink.close()  # what was written still goes out

    def cut(self):
        self.connected = False
        self.loop.call_soon_threadsafe(lambda: abort(list(self.open)))

    def plug_in(self):
        self.connected = True
