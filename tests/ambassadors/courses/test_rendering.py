"""A lesson's Markdown becomes our markup and nothing else, whatever is written in it."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.courses.rendering import may_link, render

OURS = {"p", "strong", "em", "ul", "ol", "li", "a", "h2", "h3", "div", "br"}


class Seen(HTMLParser):
    """What a browser would find."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.links += [value for name, value in attrs if name == "href"]


def seen(text: str) -> Seen:
    found = Seen()
    found.feed(str(render(text)))
    return found


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Some **strong** and *stressed* words.", "<p>Some <strong>strong</strong> and <em>stressed</em> words.</p>\n"),
        ("#### Inside", "<h2>Inside</h2>\n"),
        ("##### Deeper", "<h3>Deeper</h3>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("1. one", "<ol>\n<li>one</li>\n</ol>\n"),
        ("> Mind this.", '<div class="inset stack">\n<p>Mind this.</p>\n</div>\n'),
        ("[here](/concern/)", '<p><a href="/concern/">here</a></p>\n'),
        ("[here](https://www.example.org/a?b=c)", '<p><a href="https://www.example.org/a?b=c">here</a></p>\n'),
        ("[us](mailto:a@b.example)", '<p><a href="mailto:a@b.example">us</a></p>\n'),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n"),
        ("![a picture](https://www.example.org/x.png)", None),
    ],
)
def test_what_may_be_written_is_shown(text, html):
    if html is None:
        assert "img" not in seen(text).tags
    else:
        assert str(render(text)) == html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "https:",
        "http:///nowhere",
        "http://[::1",
        "relative/path",
        "#fragment",
        "ftp://example.org",
    ],
)
def test_a_link_elsewhere_is_left_as_words(address):
    assert seen(f"[here]({address})").links == []
    assert seen(f"[here](<{address}>)").links == []
    assert seen(f"[here][1]\n\n[1]: {address}").links == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        '[x](https://a.example/"onmouseover="alert(1))',
        '[x](https://a.example "title\\" onmouseover=\\"alert(1)")',
        "<https://a.example/>",
        "`<b>`",
        "    <script>",
        "```\n<script>\n```",
        "a | b\n--|--\n1 | 2",
        "x\x00y",
        "\u202egpj.exe\u202c",
    ],
)
def test_nothing_but_our_own_markup_comes_out(text):
    found = seen(text)
    assert found.tags <= OURS
    assert found.attributes <= {"href", "class", "title"}
    assert all(may_link(link) for link in found.links)


def test_a_nul_is_not_handed_on():
    assert "\x00" not in str(render("x\x00y"))


@given(st.text(alphabet=st.sampled_from(list("<>[]()*_#&;:/\\\"'`!-+.1a \n\t\x00\u202e")), max_size=200))
def test_whatever_is_written_only_our_own_markup_comes_out(text):
    found = seen(text)
    assert found.tags <= OURS
    assert found.attributes <= {"href", "class", "title"}
    assert all(may_link(link) for link in found.links)
    assert not re.search(r"on\w+=", " ".join(found.attributes))


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000 + " x",
        "> " * 10_000 + "x",
        "- " * 10_000 + "x",
        "[" * 10_000 + "x" + "](/a)" * 10_000,
        "*" * 10_000 + "x" + "*" * 10_000,
        "**a *b " * 10_000,
        "".join("  " * (depth % 200) + "- x\n" for depth in range(2_000)),
        "&#106;" * 10_000,
        "\\" * 50_000,
        "word " * 30_000,
    ],
    ids=["quotes", "spaced quotes", "lists", "brackets", "stars", "emphasis", "stairs", "entities", "slashes", "long"],
)
def test_what_is_nested_or_huge_is_shown_soon(text):
    began = time.process_time()
    assert seen(text).tags <= OURS
    assert time.process_time() - began < 10
