"""From where alone the browser may load the picture under a map."""

import pytest

from stem.settings.tiles import tile_hosts


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("", []),
        ("https://tiles.example/{z}/{x}/{y}.png", ["https://tiles.example"]),
        ("https://{s}.tiles.example:8443/{z}/{x}/{y}.png?key=1", ["https://*.tiles.example:8443"]),
        ("https://someone:secret@tiles.example/{z}/{x}/{y}.png", ["https://tiles.example"]),
        ("/static/tiles/{z}/{x}/{y}.png", []),
        ("javascript:alert(1)", []),
        ("https://tiles.example; script-src *", []),
    ],
)
def test_a_server_of_tiles_is_named_by_its_origin(address, hosts):
    assert tile_hosts(address) == hosts
