"""Processes of ours that are killed and started again, as a supervisor of services would."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass
class Standing:
    """One program and all the processes that it starts, which are a group of their own: no other is ever ended."""

    words: Sequence[str]
    environment: dict[str, str]
    said: Path
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def start(self) -> None:
        """Begin; what it says goes to its file."""
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, *self.words],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it at once, all of it, whatever it is doing."""
        if self.process is None:
            return
        # Its first process has not been waited for, so that the group's number is nobody else's.
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        self.process = None

    def kill_one(self, chance: random.Random) -> bool:
        """End one of the processes that its first process started; False where there is none yet."""
        assert self.process is not None
        first = self.process.pid
        with suppress(OSError):
            children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
            if children:
                os.kill(int(chance.choice(children)), signal.SIGKILL)
                return True
        return False
