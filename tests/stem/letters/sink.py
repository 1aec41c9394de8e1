"""A mail server that writes down the Message-ID of all it takes: `python -m tests.stem.letters.sink RECORD`."""

import asyncio
import sys
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

# As long as a mail server may think about a letter that it has taken: the instant at which a kill costs a repeat.
THINKS_FOR = 0.004


class Recorder:
    def __init__(self, record: Path) -> None:
        self.record = record

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's
        with self.record.open("a") as record:
            record.write(f"{message_from_bytes(envelope.content)['Message-ID']}\n")
        await asyncio.sleep(THINKS_FOR)
        return "250 taken"


async def serve(record: Path) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Recorder(record), loop=loop), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
