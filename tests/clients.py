"""Browsers that are signed in already. How people sign in is the subject of tests/stem/accounts."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from stem.accounts.models import User
from stem.accounts.session_store import DEVICE, SEEN, STARTED


def client_of(user: User | None, *, second_factor: bool = False) -> Client:
    """A browser in which this person has signed in, with a second factor or without; nobody, for None."""
    client = Client()
    if user is None:
        return client
    client.force_login(user)
    session = client.session
    used = ["password", "mfa"] if second_factor else ["password"]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time()} for method in used]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(user.pk)
    session[STARTED] = session[SEEN] = int(time.time())
    session[DEVICE] = "Firefox / Linux"
    session.save()
    return client


def another_window(client: Client) -> Client:
    """One more window of this browser, with what it has been given so far; what comes now it does not share."""
    window = Client()
    window.cookies.load(client.cookies.output(header=""))
    return window
