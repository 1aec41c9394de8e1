"""Connections that are over at a set moment, however little comes at a time, and lead to a checked address."""

import io
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import cast

# Where a server has several addresses, none of them is waited for longer than this.
SECONDS_TO_CONNECT = 4.0


class NotFound(Exception):
    """Nobody knows the server's name."""


class Deadline:
    """The moment at which everything has to be over."""

    def __init__(self, ends: float) -> None:
        self.ends = ends

    @property
    def left(self) -> float:
        """The seconds that are left, always some. Raises `TimeoutError` when none are."""
        left = self.ends - monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def check(self) -> None:
        """Raises `TimeoutError` when it is past."""
        assert self.left


class DeadlineSocket:
    """A socket of which each single wait ends when the whole has to; as much of one as `http.client` uses."""

    def __init__(self, inner: socket.socket, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def as_socket(self) -> socket.socket:
        """Itself, to be handed where a socket is asked for."""
        return cast("socket.socket", self)

    def sendall(self, data: bytes) -> None:
        """Send all of it."""
        self._inner.settimeout(self._deadline.left)
        self._inner.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What is received, as a file."""
        return io.BufferedReader(_Received(self._inner, self._deadline))

    def close(self) -> None:
        """Nothing: `connect` closes it, when the answer has been read."""


class _Received(io.RawIOBase):
    def __init__(self, inner: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._inner, self._deadline = inner, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        self._inner.settimeout(self._deadline.left)
        return self._inner.recv_into(buffer)


def resolve(host: str, port: int, deadline: Deadline) -> list[str]:
    """Every address of a name. Raises `NotFound`, and `TimeoutError` when the look-up takes too long.

    The system's look-up cannot be stopped, so it is left behind in a thread of its own.
    """
    answers: Queue[list[str] | None] = Queue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            answers.put(None)
        else:
            answers.put(list(dict.fromkeys(str(address[0]) for *_rest, address in found)))

    Thread(target=look_up, daemon=True).start()
    try:
        addresses = answers.get(timeout=deadline.left)
    except Empty as error:
        raise TimeoutError from error
    if not addresses:
        raise NotFound(host)
    return addresses


@contextmanager
def connect(
    addresses: list[str], port: int, host: str, secured: ssl.SSLContext | None, deadline: Deadline
) -> Iterator[DeadlineSocket]:
    """A connection to the first of these addresses that answers, in the name of the host if it is to be secured."""
    with closing(_first(addresses, port, deadline)) as plain:
        plain.settimeout(deadline.left)
        if secured is None:
            yield DeadlineSocket(plain, deadline)
            return
        with secured.wrap_socket(plain, server_hostname=host) as inner:
            yield DeadlineSocket(inner, deadline)


def _first(addresses: list[str], port: int, deadline: Deadline) -> socket.socket:
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), timeout=min(deadline.left, SECONDS_TO_CONNECT))
        except OSError:
            deadline.check()
    return socket.create_connection((addresses[-1], port), timeout=deadline.left)
