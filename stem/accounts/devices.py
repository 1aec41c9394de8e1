"""What people call the thing in front of them, read from how a browser describes itself."""

from django.utils.translation import gettext as _

# In this order: most browsers also claim to be those that stand further down.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
APART = " / "
LONGEST = 60


def device_of(user_agent: str) -> str:
    """The browser and the system, as `Chrome / Windows`; "" for one that we do not know. All that is kept of it."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return APART.join(filter(None, [browser, system]))


def device_in_words(device: str) -> str:
    """A kept device as people say it: "Chrome on Windows"."""
    browser, _apart, system = device.partition(APART)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or _("A browser that did not say what it is")
