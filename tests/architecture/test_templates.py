"""What our pages and letters never contain."""

import re

import pytest

from tests.architecture.pages import named_in, reachable, templates
from tests.architecture.source import PACKAGES, ROOT, modules

# The content security policy allows none of these; a page that needs one has behaviour or looks in the wrong file.
INLINE = {
    "a script of its own": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I),
    "a style of its own": re.compile(r"<style\b|\sstyle=", re.I),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
}


@pytest.mark.parametrize("what", INLINE)
def test_no_page_has(what: str):
    # An e-mail's styles are inline because mail programs read no others; no policy applies to them.
    pages = [template for template in templates() if not (template.name.startswith("emails/") and "style" in what)]
    assert [page.path for page in pages if INLINE[what].search(page.text)] == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a script of its own", "<script>go()</script>"),
        ("a style of its own", '<p style="color: red">'),
        ("an inline handler", '<a onclick="go()">'),
        ("a javascript: address", '<a href="javascript:go()">'),
    ],
)
def test_it_would_be_seen(what: str, text: str):
    assert INLINE[what].search(text)


def test_a_template_has_at_most_120_lines():
    assert [page.path for page in templates() if page.text.count("\n") > 120] == []


def test_every_template_is_reached_from_a_view_a_letter_or_another_template():
    assert [page.path for page in templates() if page.name not in reachable()] == []


def app_of(module):
    """The app whose room of letters this module is, or is in."""
    return module.parts[module.parts.index("notifications") - 1]


def test_every_fact_has_its_letter_in_three_files():
    facts = [
        f"emails/{app_of(module)}/{function.name}/{file}"
        for module in modules(*PACKAGES)
        if module.is_in("notifications")
        for function in module.functions
        if not function.name.startswith("_")
        for file in ("subject.txt", "body.txt", "body.html")
    ]
    assert sorted(set(facts) - {page.name for page in templates()}) == []


def test_every_template_that_is_named_stands():
    # Libraries bring templates of their own, which ours may extend.
    ours = {page.name for page in templates()}
    folders = {name.partition("/")[0] for name in ours if "/" in name} - {
        "account",
        "mfa",
        "allauth",
        "admin",
        "django",
    }
    sources = [(page.path, page.text) for page in templates()] + [(each.path, each.text) for each in modules(*PACKAGES)]
    named = {(path, name) for path, text in sources for name in named_in(text) if name.partition("/")[0] in folders}
    drawn = {str(path.relative_to(folder)) for folder in ROOT.glob("*/static") for path in folder.rglob("*.svg")}
    assert sorted((path, name) for path, name in named if name not in ours | drawn) == []


def test_a_component_sees_only_what_it_is_given():
    include = re.compile(r"{%\s*include\s+[\"']components/[^%]*%}")
    loose = [
        (page.path, tag)
        for page in templates()
        for tag in include.findall(page.text)
        if not re.search(r"\bonly\s*%}", tag)
    ]
    assert loose == []


def test_every_page_s_words_can_be_translated():
    # A cheap sign only: a page with a heading or a paragraph and not one translation tag was written in one language.
    pages = [
        page for page in templates() if page.name.endswith(".html") and re.search(r"<(h1|p)\b[^>]*>\s*[A-Z]", page.text)
    ]
    assert [page.path for page in pages if "translate" not in page.text] == []


def test_no_page_asks_another_site_for_anything():
    elsewhere = re.compile(r"<(?:script|img|link|iframe|source)\b[^>]*(?:src|href)=[\"'](?:https?:)?//", re.I)
    assert [page.path for page in templates() if elsewhere.search(page.text)] == []


def test_there_are_templates_to_read():
    assert (ROOT / "templates").is_dir()
    assert templates()
