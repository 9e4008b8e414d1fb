# SPDX-License-Identifier: GPL-3.0-or-later
"""A network cable that can be pulled: forwards one loopback port to another until cut()."""
import socket
import threading


class Cable:
    def __init__(self, target_port):
        self.target_port = target_port
        self.connected = True
        self.lock = threading.Lock()
        self.open = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if not self.connected:
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self.target_port), 5)
            except OSError:
                near.close()
                continue
            with self.lock:
                self.open.update((near, far))
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        self._close(source, sink)

    def _close(self, *sockets):
        with self.lock:
            for each in sockets:
                self.open.discard(each)
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
                each.close()

    def cut(self):
        self.connected = False
        self._close(*list(self.open))

    def plug_in(self):
        self.connected = True
