"""What a form says of a field that is not as it should be: one sentence that says what to do, and about which field."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


def missing_words(field: forms.Field, label: str) -> str:
    """One sentence that says what to do about an empty field."""
    if label.endswith("?"):
        return _("Answer “%(label)s”.") % {"label": label}
    # An abbreviation keeps its capitals in the middle of a sentence.
    inside = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    if isinstance(field, forms.BooleanField):
        return _("Tick the box to go on: “%(label)s”.") % {"label": label}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Choose %(label)s.") % {"label": inside}
    return _("Enter %(label)s.") % {"label": inside}


def words_for(field: forms.Field, label: str) -> dict[str, str]:
    """Our sentence for each thing that the framework may find wrong with this field, by the framework's code for it.

    What is typed is never said back: it may be a book, and it stands in the field anyway.
    """
    said = {
        "required": missing_words(field, label),
        "null_characters_not_allowed": _("Type “%(label)s” again: a character in it cannot be kept.")
        % {"label": label},
        "min_length": _("Use %(limit_value)d characters or more for “%(label)s”."),
        "max_length": _("Use %(limit_value)d characters or fewer for “%(label)s”."),
        "min_value": _("Enter %(limit_value)s or more for “%(label)s”."),
        "max_value": _("Enter %(limit_value)s or less for “%(label)s”."),
        "invalid_choice": _("Choose one of the answers offered for “%(label)s”."),
        "invalid_list": _("Choose among the answers offered for “%(label)s”."),
        "invalid_pk_value": _("Choose among the answers offered for “%(label)s”."),
        "empty": _("Choose another file for “%(label)s”: this one is empty."),
        "invalid_image": _("Choose a picture for “%(label)s”: this file is none that we can read."),
    }
    if isinstance(field, forms.EmailField):
        said["invalid"] = _("Enter an e-mail address in full, such as name@people.example.")
    if isinstance(field, forms.IntegerField):
        said["invalid"] = _("Enter a whole number for “%(label)s”.")
    # The framework fills in the rest when it speaks: only then is the limit known.
    return {code: words.replace("%(label)s", label.replace("%", "%%")) for code, words in said.items()}


def framework_s_words(field: forms.Field) -> dict[str, Any]:
    """What the framework itself would say of this field."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            found.update(getattr(kind, "default_error_messages", {}))
    return found


def speak_plainly(field: forms.Field, label: str) -> None:
    """Put our sentences in place of the framework's; what a form says in words of its own stays."""
    theirs = framework_s_words(field)
    for code, words in words_for(field, label).items():
        if field.error_messages.get(code, theirs.get(code)) == theirs.get(code):
            field.error_messages[code] = words
