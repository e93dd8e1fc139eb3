"""A line between a browser and a server that breaks in the ways that lines break."""

import socket
import threading
from contextlib import suppress

CHUNK = 65536


class Line:
    """A TCP proxy in front of a port; it can be cut, fall silent, and be mended.

    A cut line drops its connections and refuses new ones. A silent one keeps them open and
    swallows what is sent: neither end is told. When it is mended, a connection of before is
    refused as soon as something is sent on it, as by a router that has forgotten it.
    """

    def __init__(self, port: int):
        self.port = port
        self.state = "up"
        self.connections: list[Connection] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def cut(self) -> None:
        self.state = "cut"
        self._hang_up()

    def fall_silent(self) -> None:
        self.state = "silent"
        for connection in self.connections:
            connection.dead = True

    def mend(self) -> None:
        self.state = "up"

    def close(self) -> None:
        # Shut down first: closing alone does not wake the thread that accepts.
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self._hang_up()

    def _hang_up(self) -> None:
        while self.connections:
            self.connections.pop().hang_up()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                self._connect(near)

    def _connect(self, near: socket.socket) -> None:
        if self.state == "cut":
            near.close()
            return
        try:
            far = socket.create_connection(("127.0.0.1", self.port))
        except OSError:
            near.close()
            return
        self.connections.append(Connection(self, near, far))


class Connection:
    """One connection, in both directions; a dead one swallows what it is given."""

    def __init__(self, line: Line, near: socket.socket, far: socket.socket):
        self.line, self.ends, self.dead = line, (near, far), line.state == "silent"
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def hang_up(self) -> None:
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                if not self.dead:
                    target.sendall(data)
                elif self.line.state == "up":
                    break
        if not self.dead or self.line.state == "up":
            self.hang_up()
