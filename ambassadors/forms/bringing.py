"""Bringing people in: where they come from, their file, and which of its columns is which."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.importing.columns import HEADINGS, guess_columns
from ambassadors.importing.words import COLUMN_WORDS
from ambassadors.models import Scheme, Upload
from stem.forms import DayField, HouseForm

MOST_MEGABYTES = 50
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
LONGEST_NAME = 100
ANOTHER = "another"
# With one of these a person can be told.
_NAMES = ("full_name", "first_name", "last_name", "email")


class SchemeForm(HouseForm):
    """Who answered for a scheme's data, by what right it came to us, and when."""

    owner = forms.CharField(
        label=lazy("Who answered for its data before us"),
        help_text=lazy("The body, and whom to ask there."),
        max_length=150,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    legal_basis_note = forms.CharField(
        label=lazy("By what right its data came to us"),
        help_text=lazy("Such as the agreement, with its day, and the lawful basis that both sides rely on."),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    transfer_date = DayField(
        label=lazy("The day on which it handed its people over"),
        help_text=lazy("What its files say without a day of their own counts as known on this day. Such as 27 3 2026."),
        required=False,
    )


class SendPeopleForm(HouseForm):
    """A file of people, and the scheme that they come from."""

    sometimes_needed = frozenset({"scheme", "new_name"})

    scheme = forms.ChoiceField(label=lazy("Scheme"), required=False)
    new_name = forms.CharField(
        label=lazy("Name of the other scheme"),
        help_text=lazy("Only for a scheme that is not on the list yet."),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    file = forms.FileField(
        label=lazy("File"),
        # An empty file goes to the reader, which says what to do about it.
        allow_empty_file=True,
        error_messages={"required": lazy("Choose the file with the scheme’s people.")},
        widget=forms.FileInput({"accept": ",".join(ENDINGS)}),
    )

    def __init__(self, *args: Any, schemes: list[Scheme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {str(each.pk): each.name for each in schemes}
        another = (ANOTHER, _("Another scheme, named below"))
        field: Any = self.fields["scheme"]
        # None is chosen for anybody: people brought in under the wrong scheme are hard to take out again.
        field.choices = [("", _("Choose a scheme")), *self.names.items(), another]
        if not schemes:
            field.initial, field.widget = ANOTHER, forms.HiddenInput()
            self.fields["new_name"].label, self.fields["new_name"].help_text = _("Name of the scheme"), ""
        self.fields["file"].help_text = _(
            "A CSV file or an Excel workbook (.xlsx), up to %(megabytes)d MB, with one row for each person."
        ) % {"megabytes": MOST_MEGABYTES}

    def clean_file(self) -> UploadedFile:
        """A file that may be a table, of a size that a scheme has."""
        file: UploadedFile = self.cleaned_data["file"]
        file.name = _readable(file.name or "")
        if not file.name.lower().endswith(ENDINGS):
            words = _("Choose a CSV file or an Excel workbook (.xlsx): “%(name)s” is neither. Excel saves as both.")
            raise ValidationError(words % {"name": file.name})
        if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
            words = _("Choose a smaller file: this one has over %(megabytes)d MB. Send its people in several files.")
            raise ValidationError(words % {"megabytes": MOST_MEGABYTES})
        return file

    def clean(self) -> dict[str, Any]:
        """The name of the scheme, chosen or typed, and never one of each."""
        said = super().clean() or self.cleaned_data
        chosen, typed = said.get("scheme"), said.get("new_name")
        if {"scheme", "new_name"} & self.errors.keys():
            return said
        if chosen in self.names and typed:
            words = _("You chose “%(name)s” above as well. Leave this empty, or choose “Another scheme, named below”.")
            self.add_error("new_name", words % {"name": self.names[chosen]})
        elif chosen not in self.names and not typed:
            field = "new_name" if chosen == ANOTHER else "scheme"
            words = _("Enter the name of the scheme that these people come from.")
            self.add_error(field, words if chosen == ANOTHER else _("Choose the scheme that these people come from."))
        return said

    @property
    def scheme_name(self) -> str:
        """The scheme's name, of a valid form."""
        return str(self.names.get(self.cleaned_data["scheme"]) or self.cleaned_data["new_name"])


def _readable(name: str) -> str:
    """A file's name without marks that nobody sees, which may turn a line round, and no longer than anyone reads."""
    seen = "".join(letter for letter in name if not unicodedata.category(letter).startswith("C"))
    return seen[-LONGEST_NAME:] or "people"


class ColumnsForm(HouseForm):
    """Each of our fields beside the headings of a file, with our guess, and with what it says there of people."""

    sometimes_needed = frozenset(_NAMES)

    def __init__(self, *args: Any, upload: Upload, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        headings = list(dict.fromkeys(each for each in upload.headings if each))
        remembered: Mapping[str, str] = upload.columns or upload.scheme.columns
        guess = guess_columns(upload.headings, remembered).headings
        choices = [("", _("Not in this file")), *((each, each) for each in headings)]
        for name in HEADINGS:
            self.fields[name] = forms.ChoiceField(
                label=COLUMN_WORDS[name],
                choices=choices,
                initial=guess.get(name, ""),
                required=False,
                help_text=_origin(upload, name, guess.get(name, ""), remembered),
            )
        self.say_what_is_missing()
        self.fields["legacy_id"].is_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A choice by which a person can be told."""
        said = super().clean() or self.cleaned_data
        if "legacy_id" not in self.errors and not said.get("legacy_id"):
            words = _("Choose the column with each person’s id in that scheme: by it they are known the next time.")
            self.add_error("legacy_id", words)
        if not self.errors and not any(said.get(name) for name in _NAMES):
            self.add_error("full_name", _("Choose a column with names, or one with e-mail addresses."))
        return said


def _origin(upload: Upload, name: str, heading: str, remembered: Mapping[str, str]) -> str:
    """Where the choice that stands there comes from, and what the column says of the first people."""
    if upload.columns:
        where = _("As you said before.") if name in remembered else ""
    elif name in remembered and remembered[name] == heading:
        where = _("Remembered from last time.")
    else:
        where = _("Guessed from its heading.") if heading else ""
    if not heading:
        return where
    place = upload.headings.index(heading)
    said = ", ".join(f"“{row[place]}”" for row in upload.samples if row[place])
    if not said:
        return f"{where} {_('Its first rows are blank.')}"
    # A hint is shown as it is: what stands in somebody's file is no markup.
    return format_html("{} {}", where, _("It says: %(said)s") % {"said": said})


class RejectedFilter(HouseForm):
    """Which of the rejected cells to list."""

    column = forms.ChoiceField(label=lazy("Column"), required=False)

    def __init__(self, *args: Any, rejected: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rejected = rejected
        field: Any = self.fields["column"]
        names = dict.fromkeys(row["column"] for row in rejected)
        field.choices = [("", _("All of them")), *((name or WHOLE_ROW, name or _("Whole rows")) for name in names)]

    def narrowed(self) -> list[dict[str, Any]]:
        """Those asked for; what makes no sense in the address narrows nothing."""
        asked = self.cleaned_data["column"] if self.is_valid() else ""
        return [row for row in self.rejected if not asked or (row["column"] or WHOLE_ROW) == asked]


WHOLE_ROW = "-"
