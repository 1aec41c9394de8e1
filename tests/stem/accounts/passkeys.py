"""A device that keeps passkeys, as Chromium pretends to have one."""

from playwright.sync_api import CDPSession, Page


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
