"""A mail server that writes down the Message-ID of all it takes: `python -m tests.stem.letters.sink RECORD`.

With a folder as well it keeps the letters there, for whoever reads them; with a number it thinks so many seconds about
each. Beside the record, in a file of its own, stand the letters that each message tells, by their numbers.
"""

import asyncio
import re
import sys
import time
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

# As long as a mail server may think about a letter that it has taken: the instant at which a kill costs a repeat.
THINKS_FOR = 0.004


class Recorder:
    def __init__(self, record: str, kept: str = "", thinks_for: str = "") -> None:
        self.record = Path(record)
        self.kept = Path(kept) if kept else None
        self.thinks_for = float(thinks_for or THINKS_FOR)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's
        message = message_from_bytes(envelope.content, policy=policy.default)
        body = message.get_body(("plain",))
        told = re.findall(r"as number (\d+)\.", body.get_content() if body else "")
        with self.record.with_suffix(".told").open("a") as numbers:
            numbers.write(f"{message['Message-ID']} {' '.join(told)}\n")
        with self.record.open("a") as record:
            record.write(f"{message['Message-ID']}\n")
        if self.kept is not None:
            self._keep(self.kept, envelope.content)
        await asyncio.sleep(self.thinks_for)
        return "250 taken"

    def _keep(self, folder: Path, content: bytes) -> None:
        """Nobody opens one that is half written."""
        begun = folder / f"{time.monotonic_ns()}.part"
        begun.write_bytes(content)
        begun.rename(begun.with_suffix(".eml"))


async def serve(*words: str) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Recorder(*words), loop=loop), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
