"""A lesson's Markdown as our markup: no raw HTML, no pictures, and links only where we mean to send people."""

import re
from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

ALLOWED = ["blockquote", "heading", "list", "emphasis", "entity", "escape", "link", "newline"]
# A lesson's own heading is the page's first; what stands inside it begins with "####".
HEADINGS = {"h4": "h2", "h5": "h3", "h6": "h3"}
# A second slash, of either kind, would make the rest the name of another site.
OWN_PATH = re.compile(r"/(?!/|\\|%5c)[\w/.#?=&%~-]*", re.ASCII | re.IGNORECASE)


def may_link(address: str) -> bool:
    """Whether a lesson may lead there: the web, an e-mail address, or a page of ours."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname)
    return parts.scheme == "mailto" or bool(OWN_PATH.fullmatch(address))


class _Lessons(MarkdownIt):
    """The library with everything off that a lesson has no use for."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": False, "maxNesting": 20})
        self.enable(ALLOWED)

    def validateLink(self, url: str) -> bool:  # noqa: N802  the library asks under this name
        """A link that may not be is left as the words that were written."""
        return may_link(url)


_LESSONS = _Lessons()


def render(text: str) -> SafeString:
    """This Markdown as HTML in our components."""
    tokens = _LESSONS.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = HEADINGS.get(token.tag, "h2")
        elif token.type in ("blockquote_open", "blockquote_close"):
            token.tag = "div"
            if token.nesting == 1:
                token.attrSet("class", "inset stack")
    # Every character of the text has been escaped by the library, which knows no raw HTML here.
    return mark_safe(_LESSONS.renderer.render(tokens, _LESSONS.options, {}))  # noqa: S308
