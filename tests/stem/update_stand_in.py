"""Something that answers as the update service does, on this machine, and can be told to answer as nobody should."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

WORDS = ("BLANK_NO_NEW_INFO", "NON_BLANK_NO_NEW_INFO", "NEW_INFO", "NO_MATCH_FOUND")

Behaviour = Callable[[BaseHTTPRequestHandler], None]


def document(word: str = WORDS[0], *, outcome: str = "SUCCESS", more: str = "") -> bytes:
    """An answer in the documented form."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<statusCheckResult><statusCheckResultType>{outcome}</statusCheckResultType><status>{word}</status>"
        "<forename>WANDA</forename><surname>WÖRMLEIGHTON</surname>"
        f'<printDate class="sql-date">2026-10-20</printDate>{more}</statusCheckResult>'
    ).encode()


def says(body: bytes, *, status: int = 200, headers: dict[str, str] | None = None) -> Behaviour:
    """Answer with this."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return behave


class StandIn:
    """Its address, what it was asked, and how it answers."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/crsc/api/status"
        self.behave: Behaviour = says(document())
        # what it was asked: the number in the path, and the rest
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = Event()

    def answers(self, word: str) -> None:
        """From now on this is its answer."""
        self.behave = says(document(word))

    def hangs(self, request: BaseHTTPRequestHandler) -> None:
        """Take the question, and say nothing."""
        self.over.wait(30)

    def trickles(self, request: BaseHTTPRequestHandler) -> None:
        """Answer so slowly that no single wait is long, and the whole never ends."""
        request.send_response(200)
        request.end_headers()
        while not self.over.wait(0.02):
            request.wfile.write(b" ")
            request.wfile.flush()


@contextmanager
def running() -> Iterator[StandIn]:
    """A stand-in on a free port of this machine, in a thread that ends with it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            stand_in.asked.append((parts.path.rpartition("/")[2], asked))
            try:
                stand_in.behave(self)
            except OSError:
                self.close_connection = True  # whoever asked has hung up

        def log_message(self, *args: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stand_in = StandIn(server.server_port)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield stand_in
        finally:
            stand_in.over.set()
            server.shutdown()
            thread.join()
