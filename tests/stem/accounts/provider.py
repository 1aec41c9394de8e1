"""A service that signs people in, in a process of its own (tests/stem/accounts/service.py)."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Service:
    """The service as its visitors and its keepers see it."""

    address: str

    def knows(self, subject: str, **claims: Any) -> None:
        """From now on it says this of somebody."""
        requests.put(f"{self.address}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def answers(self, question: str, subject: str = "", **instead: str) -> str:
        """What it sends back of one who signs in there, or who will not; as the path and words of our own page."""
        address = urlsplit(question)
        asked = {key: values[0] for key, values in parse_qs(address.query).items()} | instead
        pressed = {"sub": subject} if subject else {"action": "deny"}
        answer = requests.post(
            f"{self.address}{address.path}", params=asked, data=pressed, timeout=5, allow_redirects=False
        )
        back = urlsplit(answer.headers["Location"])
        given = f"{back.path}?{back.query}"
        # It does not repeat the state when somebody declines, as it should.
        return given if "state=" in given else f"{given}&state={asked['state']}"

    def as_setting(self, **more: Any) -> dict[str, Any]:
        """How an installation names it."""
        app = {
            "provider_id": "school",
            "name": "School sign-in",
            "client_id": "rolemodel",
            "secret": "told to nobody",
            "settings": {"server_url": self.address, "believe_email": True, **more},
        }
        return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


@contextmanager
def running(*, life: int = 3600) -> Iterator[Service]:
    """Such a service, on a port of its own, whose answers are good for so many seconds."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.stem.accounts.service", str(life)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin and process.stdout
        port = process.stdout.readline().strip()
        assert port, "The service did not start."
        yield Service(f"http://localhost:{port}")
        process.stdin.close()
        process.wait(timeout=10)
