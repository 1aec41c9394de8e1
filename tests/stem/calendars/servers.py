"""Servers on this machine that answer as nobody should, and the reach to ask them by made-up names."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stem.calendars.fetching import Reach

Behaviour = Callable[[BaseHTTPRequestHandler], None]
EMPTY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def says(body: bytes = EMPTY, *, status: int = 200, **headers: str) -> Behaviour:
    """Answer with this; an underscore stands for a header's dash."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return behave


def sends_on(to: str, status: int = 302) -> Behaviour:
    """Answer with another address."""
    return says(b"", status=status, Location=to)


@dataclass
class Server:
    """Its port, what it was asked, and how it answers by path."""

    port: int
    over: Event = field(default_factory=Event)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    paths: dict[str, Behaviour] = field(default_factory=dict)
    sent: int = 0

    def answers(self, behave: Behaviour, path: str = "/") -> str:
        """Answer so from now on; the address of it."""
        self.paths[path] = behave
        return f"http://calendar.example:{self.port}{path}"

    def pours(self, request: BaseHTTPRequestHandler) -> None:
        """A thousand million bytes, made as they go, and said to be ten."""
        request.send_response(200)
        request.send_header("Content-Length", "10")
        request.send_header("Connection", "close")
        request.end_headers()
        self._pour(request)

    def pours_without_end(self, request: BaseHTTPRequestHandler) -> None:
        """The same without a length, as old servers do."""
        request.send_response(200)
        request.end_headers()
        self._pour(request)

    def _pour(self, request: BaseHTTPRequestHandler) -> None:
        for _time in range(16_000):
            request.wfile.write(b"x" * 65_536)
            self.sent += 65_536

    def trickles(self, request: BaseHTTPRequestHandler) -> None:
        """So slowly that no single wait is long, and the whole never ends."""
        request.send_response(200)
        request.end_headers()
        while not self.over.wait(0.02):
            request.wfile.write(b"B")

    def trickles_headers(self, request: BaseHTTPRequestHandler) -> None:
        """The same before the answer has even begun."""
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.over.wait(0.02):
            request.wfile.write(b"x")

    def hangs(self, _request: BaseHTTPRequestHandler) -> None:
        """Say nothing."""
        self.over.wait(30)


@contextmanager
def server(certificate: Path | None = None) -> Iterator[Server]:
    """A server on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            told.asked.append((self.path, dict(self.headers.items())))
            try:
                told.paths.get(self.path, says(b"", status=404))(self)
            except OSError:
                return  # whoever asked has heard enough

        def log_message(self, *_words: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_who: object) -> None:
            """A handshake that is broken off is what some of the tests are about."""

    http = Quiet(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        http.socket = context.wrap_socket(http.socket, server_side=True)
    told = Server(http.server_address[1])
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        told.over.set()
        http.shutdown()
        http.server_close()
        thread.join(5)


def reach(*servers: Server, seconds: float = 5.0, **more: object) -> Reach:
    """The reach of whoever may ask these servers on this machine, by any name."""
    return Reach(
        **{
            "allows": lambda address: address == "127.0.0.1",
            "resolve": lambda _host, _port, _deadline: ["127.0.0.1"],
            "ports": frozenset(each.port for each in servers),
            "seconds": seconds,
            **more,
        }
    )


def certificate_for(name: str, path: Path, *, ended: bool = False) -> Path:
    """A certificate that its owner signed, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begins = datetime.now(UTC) - timedelta(days=20)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=10 if ended else 40))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    secret = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(secret + made.public_bytes(encoding))
    return path
