"""The part of an e-mail address behind the @, and what it can prove: pure reckoning, without rows.

Domains are compared whole and in lower case. A subdomain is never taken for its parent, nor the parent for it:
`pupils.brook.sch.uk` is often the pupils', `mail.brook.sch.uk` a supplier's, and below `leeds.sch.uk` stand the schools
of a whole city. Whoever needs a second domain verified asks for it.
"""

import re


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Anyone can have an address here, so it says nothing of where a person works.
PUBLIC_PROVIDERS = _names(
    """
    gmail.com googlemail.com
    outlook.com outlook.co.uk hotmail.com hotmail.co.uk live.com live.co.uk msn.com windowslive.com passport.com
    yahoo.com yahoo.co.uk yahoo.ie ymail.com rocketmail.com myyahoo.com aol.com aol.co.uk aim.com
    icloud.com me.com mac.com privaterelay.appleid.com
    btinternet.com btopenworld.com btconnect.com bt.com sky.com talktalk.net talk21.com tiscali.co.uk lineone.net
    virginmedia.com virgin.net ntlworld.com blueyonder.co.uk plusnet.com plus.com plus.net o2.co.uk orange.net
    wanadoo.co.uk freeserve.co.uk fsmail.net supanet.com madasafish.com zoom.co.uk uwclub.net ee.co.uk
    proton.me protonmail.com protonmail.ch pm.me tutanota.com tuta.com tuta.io hey.com fastmail.com fastmail.fm
    gmx.com gmx.co.uk gmx.net gmx.de web.de mail.com email.com post.com zoho.com zohomail.eu hushmail.com
    yandex.com yandex.ru mail.ru qq.com 163.com duck.com simplelogin.com mozmail.com
    mailinator.com guerrillamail.com 10minutemail.com yopmail.com temp-mail.org
    """
)
# A nation's or a city's platform gives everyone in every school an address, pupils included.
SHARED_BY_MANY_SCHOOLS = _names(
    "hwbcymru.net hwbmail.net c2kni.net c2ken.net c2kni.org.uk glow.sch.uk glowmail.org.uk lgflmail.org lgfl.net"
)
# Names under which others are registered belong to nobody.
PUBLIC_SUFFIXES = _names(
    """
    ac.uk co.uk gov.uk ltd.uk me.uk mod.uk net.uk nhs.uk org.uk parliament.uk plc.uk police.uk sch.uk
    uk.com uk.net gb.com gb.net onmicrosoft.com co.je co.gg co.im ac.im sch.je sch.gg
    gov.scot gov.wales llyw.cymru
    """
)
LONGEST_DOMAIN = 253
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"{LABEL}(?:\.{LABEL})+")


def read_domain(text: str) -> str:
    """A domain as people type it, with an @ or a whole address before it, in the one spelling; "" when it is none.

    Only plain letters are read: a Cyrillic or a full-width letter that looks like one of ours makes another domain, and
    lowering its case could turn it into ours.
    """
    if len(text) > 2 * LONGEST_DOMAIN:
        return ""
    typed = text.strip().rpartition("@")[2].strip()
    if not typed.isascii():
        return ""
    domain = typed.lower().removesuffix(".")
    return domain if len(domain) <= LONGEST_DOMAIN and DOMAIN.fullmatch(domain) else ""


def domain_of(address: str) -> str:
    """The domain of an e-mail address; "" when it has none that could prove anything."""
    name, at, _domain = address.rpartition("@")
    return read_domain(address) if name and at else ""


def is_public(domain: str) -> bool:
    """Whether anyone could have an address here: a mail provider's, a shared platform's, or a bare public suffix."""
    return domain in PUBLIC_PROVIDERS or domain in SHARED_BY_MANY_SCHOOLS or domain in PUBLIC_SUFFIXES
