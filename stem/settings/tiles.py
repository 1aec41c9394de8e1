"""Where the pictures of a map come from, for those who name a server of tiles in the environment."""

from urllib.parse import urlsplit


def tile_hosts(address: str) -> list[str]:
    """The origin that pages may load tiles from, for the policy; none without an address of the web.

    Leaflet's `{s}` stands for one of several hosts of one name.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return []
    host = parts.netloc.rpartition("@")[2].replace("{s}", "*")
    return [] if set(host) & set("{} ;,'\"") else [f"{parts.scheme}://{host}"]
