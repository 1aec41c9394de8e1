"""A service that signs people in, to run by itself: `python -m tests.stem.accounts.service LIFE_SECONDS`."""

import sys
from datetime import timedelta

import oidc_provider_mock


def serve(life: int) -> None:
    """Say the port on standard output, and serve until standard input ends."""
    server = oidc_provider_mock.run_server_in_thread(require_nonce=True, access_token_max_age=timedelta(seconds=life))
    with server as running_server:
        sys.stdout.write(f"{running_server.server_port}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
