"""A gateway on this machine, by https, that can be told to answer as nobody should.

In a process of its own it writes down the reference of each text: `python -m tests.stem.texts.gateway_stand_in FOLDER`.
"""

import json
import ssl
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Behaviour = Callable[[BaseHTTPRequestHandler], None]
# As long as a gateway may think about a text that it has taken: the instant at which a kill costs a repeat.
THINKS_FOR = 0.004
DAY = timedelta(days=1)


def make_certificate(folder: Path) -> Path:
    """A certificate for this machine, signed by itself, in a file with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gateway.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 400 * DAY)
        .not_valid_after(now + 400 * DAY)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "gateway.pem"
    kept = serialization.NoEncryption()
    written = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, kept)
    path.write_bytes(written + made.public_bytes(serialization.Encoding.PEM))
    return path


def says(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    """Answer with this."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return behave


class StandIn:
    """Its address, what it was sent, and how it answers."""

    def __init__(self, port: int) -> None:
        self.address = f"https://127.0.0.1:{port}/v1/messages?tier=2"
        self.behave: Behaviour = says(202)
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []
        self.over = Event()

    def hangs(self, request: BaseHTTPRequestHandler) -> None:
        """Take the text, and say nothing."""
        self.over.wait(30)

    def trickles_its_head(self, request: BaseHTTPRequestHandler) -> None:
        """Answer so slowly that no single wait is long, and never come to the end of the head."""
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.over.wait(0.02):
            request.wfile.write(b"z")
            request.wfile.flush()

    def trickles_its_body(self, request: BaseHTTPRequestHandler) -> None:
        """Say that it is taken, and never come to the end of the rest."""
        request.send_response(200)
        request.end_headers()
        while not self.over.wait(0.02):
            request.wfile.write(b"z")
            request.wfile.flush()


@contextmanager
def running(certificate: Path, *, at: type[StandIn] = StandIn) -> Iterator[StandIn]:
    """A stand-in on a free port of this machine, in threads that end with it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stand_in.asked.append((self.path, dict(self.headers), json.loads(body)))
            try:
                stand_in.behave(self)
            except OSError:
                self.close_connection = True  # whoever asked has hung up

        def log_message(self, *args: object) -> None:
            """Nothing is printed."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            """Who hangs up in the middle is no error of ours."""

    with Server(("127.0.0.1", 0), Handler) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # not as the connection is accepted: one that says nothing would keep all others waiting
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        stand_in = at(server.server_port)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield stand_in
        finally:
            stand_in.over.set()
            server.shutdown()
            thread.join()


def serve(folder: Path) -> None:
    """Write down what comes, think about it, and take it; for ever."""
    record = folder / "taken.txt"

    def take(request: BaseHTTPRequestHandler) -> None:
        with record.open("a") as file:
            file.write(f"{request.headers['Idempotency-Key']}\n")
        time.sleep(THINKS_FOR)
        says(202)(request)

    with running(folder / "gateway.pem") as stand_in:
        stand_in.behave = take
        sys.stdout.write(f"{stand_in.address}\n")
        sys.stdout.flush()
        Event().wait()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
