"""Which addresses of the network are anybody's, and which are this machine's, this house's or nobody's."""

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

# Of IPv6 only this part is given to anybody. What stands for IPv4 (mapped, translated, NAT64) is outside of it.
GIVEN = IPv6Network("2000::/3")
# What Python's `is_global` lets through: 6to4 and its relays, which lead to IPv4; protocols' own; documentation; and
# the address at which one provider's machines are told of themselves.
REFUSED_6 = tuple(map(IPv6Network, ("2001::/23", "2002::/16", "3fff::/20")))
REFUSED_4 = tuple(map(IPv4Network, ("192.88.99.0/24", "168.63.129.16/32")))


def is_public(address: str) -> bool:
    """Whether an address is of the public network, and leads to no other."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    # `is_global` leaves out private, loopback, link-local, shared (CGNAT), documentation and reserved ranges.
    if not found.is_global or found.is_multicast or found.is_reserved:
        return False
    if isinstance(found, IPv6Address):
        return found in GIVEN and not any(found in network for network in REFUSED_6)
    return not any(found in network for network in REFUSED_4)
