"""A device that keeps passkeys, as Chromium pretends to have one; and a passkey that such a device once made."""

import json
from hashlib import sha256

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from fido2.utils import websafe_encode
from playwright.sync_api import CDPSession, Page

from stem.accounts.models import User

KEY_ID = "4Q1OAYyWuU8Z2nV3MacW0OASy1xgzTWgXYoDRC7JaGw"
MADE = {
    "name": "Phone",
    "credential": {
        "type": "public-key",
        "id": KEY_ID,
        "rawId": KEY_ID,
        "response": {
            "clientDataJSON": ""
            "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiNTNpT045WnNRc21zSHdFRm5GcHhhUFFzbnFPT0"
            "5rY2xxRjFzNlJ3ZWh5MCIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6MzQwOTciLCJjcm9zc09yaWdpbiI6ZmFs"
            "c2V9",
            "attestationObject": ""
            "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQ"
            "ECAwQFBgcIAQIDBAUGBwgAIOENTgGMlrlPGdp1dzGnFtDgEstcYM01oF2KA0QuyWhspQECAyYgASFYIHQaPnFHNlH9"
            "T61f-CCTJ5_wRIxVldW5SForDjew7RRUIlggsb_L1iQ58ZxJhQnEmKiqGlhHqPRFPRrSBDmL9kkSh0w",
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    },
}


def with_passkey(user: User) -> Authenticator:
    """This person has a passkey, in a device that nobody has any more."""
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=MADE)


def forged(user: User, challenge: str) -> str:
    """An answer to this challenge that is right in everything but the signature: its maker lacks the key."""
    told = {"type": "webauthn.get", "challenge": challenge, "origin": "http://testserver"}
    flags_and_count = bytes([0b101, 0, 0, 0, 1])
    answer = {
        "clientDataJSON": websafe_encode(json.dumps(told).encode()),
        "authenticatorData": websafe_encode(sha256(b"testserver").digest() + flags_and_count),
        "signature": websafe_encode(b"0\x06\x02\x01\x01\x02\x01\x01"),
        "userHandle": websafe_encode(user_pk_to_url_str(user).encode()),
    }
    return json.dumps({"type": "public-key", "id": KEY_ID, "rawId": KEY_ID, "response": answer})


def give_device(page: Page, *, verifies: bool = True) -> CDPSession:
    """Give this window a device that makes passkeys; `verifies` says whether it can know a finger or a face."""
    talk = page.context.new_cdp_session(page)
    talk.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": verifies,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    talk.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return talk
