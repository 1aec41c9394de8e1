"""Reads a page as a browser does: its forms with what stands in them, what they would send, its links and its words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

Attributes = dict[str, str]
Sent = dict[str, list[str]]

TYPED = frozenset({"text", "textarea", "email", "tel", "search", "url", "number", "password", "date", "time"})
CHOSEN = frozenset({"radio", "checkbox", "select", "select-multiple"})
VOID = frozenset({"input", "img", "br", "hr", "meta", "link", "source", "wbr", "col", "area", "base", "embed", "track"})


@dataclass
class Field:
    """Everything on a form that goes by one name."""

    name: str
    kind: str
    standing: list[str] = field(default_factory=list)  # what it would send as it stands
    offered: list[str] = field(default_factory=list)  # what may be chosen
    numeric: bool = False


# What buttons carry that fetch more of a page for those without JavaScript: the same form comes back, nothing is sent.
ONLY_SHOWS = frozenset({"find", "show"})


@dataclass
class Form:
    """A form of a page: where it goes, what it asks, and its buttons that say which of them was pressed."""

    action: str
    method: str
    with_files: bool
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def of_kind(self, kinds: frozenset[str]) -> list[Field]:
        """Its fields of these kinds."""
        return [each for each in self.fields.values() if each.kind in kinds]

    def untouched(self) -> Sent:
        """What goes when its button is pressed and nothing has been typed or chosen."""
        return {each.name: each.standing for each in self.fields.values() if each.standing} | self.pressed()

    def emptied(self) -> Sent:
        """What goes when everything typed has been taken out, and nothing is ticked."""
        standing = {each.name: [""] if each.kind in TYPED else each.standing for each in self.fields.values()}
        unticked = {each.name for each in self.of_kind(frozenset({"radio", "checkbox"}))}
        return {name: sent for name, sent in standing.items() if sent and name not in unticked} | self.pressed()

    def pressed(self) -> Sent:
        """What its first button adds that is there to act, and not to show more of the page."""
        acting = [each for each in self.buttons if each[1] not in ONLY_SHOWS]
        return {name: [value] for name, value in acting[:1] if name}


class Page(HTMLParser):
    """What a page holds."""

    def __init__(self, html: str, address: str = "/") -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.title = ""
        self.problems: list[tuple[str, str]] = []  # each item of the summary of errors: its words, and where it leads
        self._form: Form | None = None
        self._open: list[tuple[str, Attributes]] = []
        self._select: Field | None = None
        self._textarea: Field | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of what begins here."""
        told = {name: value or "" for name, value in attrs}
        if "id" in told:
            self.ids.add(told["id"])
        if tag not in VOID:
            self._open.append((tag, told))
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if tag in {"li", "p"} and self._in_summary():
            self.problems.append(("", ""))
        if tag == "a" and self._in_summary() and self.problems:
            self.problems[-1] = (self.problems[-1][0], told.get("href", ""))
        if tag == "form":
            self._form = Form(
                urljoin(self.address, told.get("action") or self.address),
                told.get("method", "get").lower(),
                told.get("enctype", "") == "multipart/form-data",
            )
            self.forms.append(self._form)
        elif self._form is not None:
            self._take(tag, told, self._form)

    def handle_endtag(self, tag: str) -> None:
        """Take note of what ends here."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._end_select()
        elif tag == "textarea":
            self._textarea = None
        for number in range(len(self._open) - 1, -1, -1):
            if self._open[number][0] == tag:
                del self._open[number:]
                break

    def handle_data(self, data: str) -> None:
        """Take note of words."""
        if self._textarea is not None:
            self._textarea.standing[0] += data
        if self._open and self._open[-1][0] == "title" and not self._within("svg"):
            self.title += data
        if self._in_summary() and self.problems and not self._within("h2"):
            words, leads_to = self.problems[-1]
            self.problems[-1] = (words + data.strip("\n"), leads_to)

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)

    def _in_summary(self) -> bool:
        return any("error-summary" in told.get("class", "").split() for _, told in self._open)

    def _take(self, tag: str, told: Attributes, form: Form) -> None:
        name = told.get("name", "")
        if tag == "button" and told.get("type", "submit") == "submit":
            form.buttons.append((name, told.get("value", "")))
        elif tag == "input" and name:
            self._take_input(name, told, form)
        elif tag == "textarea" and name:
            self._textarea = form.fields.setdefault(name, Field(name, "textarea", [""]))
        elif tag == "select" and name:
            kind = "select-multiple" if "multiple" in told else "select"
            self._select = form.fields.setdefault(name, Field(name, kind))
        elif tag == "option" and self._select is not None:
            self._select.offered.append(told.get("value", ""))
            if "selected" in told:
                self._select.standing.append(told.get("value", ""))

    def _take_input(self, name: str, told: Attributes, form: Form) -> None:
        kind, value = told.get("type", "text").lower(), told.get("value", "")
        if kind in {"submit", "image", "button"}:
            form.buttons.append((name, value))
            return
        taken = form.fields.setdefault(name, Field(name, kind, numeric=told.get("inputmode") == "numeric"))
        if kind in {"radio", "checkbox"}:
            taken.offered.append(value or "on")
            if "checked" in told:
                taken.standing.append(value or "on")
        elif kind != "file":
            taken.standing.append(value)

    def _end_select(self) -> None:
        if self._select is not None and self._select.kind == "select" and not self._select.standing:
            self._select.standing = self._select.offered[:1]
        self._select = None


GUESSES = {
    "email": "someone@people.example",
    "phone": "01632 960001",
    "postcode": "LS1 4AP",
    "time": "10am",
    "password": "correct horse battery",
    "url": "https://people.example/",
    "website": "https://people.example/",
}
DAY_PARTS = {"0": "12", "1": "1", "2": "2028"}


def filled(form: Form) -> Sent:
    """What somebody sends who fills in every field, plausibly; what stands there already stays."""
    sent: Sent = {}
    for each in form.fields.values():
        if each.kind in TYPED:
            sent[each.name] = each.standing if any(each.standing) else [_guess(each, form)]
        elif each.kind in CHOSEN:
            sent[each.name] = [value for value in each.standing if value] or [v for v in each.offered if v][:1]
        elif each.kind != "file":
            sent[each.name] = each.standing
    return {name: values for name, values in sent.items() if values} | form.pressed()


def _guess(asked: Field, form: Form) -> str:
    stem, _, part = asked.name.rpartition("_")
    if part in DAY_PARTS and f"{stem}_2" in form.fields:
        return DAY_PARTS[part]
    if asked.numeric or asked.kind == "number":
        return "20"
    named = (guess for word, guess in GUESSES.items() if word in asked.name or word == asked.kind)
    return next(named, "Words that fit")


def scripts(html: str) -> Iterator[tuple[str, Attributes]]:
    """Every element of the page with its attributes."""
    found: list[tuple[str, Attributes]] = []

    class Elements(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, {name: value or "" for name, value in attrs}))

    Elements().feed(html)
    yield from found
