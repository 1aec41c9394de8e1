"""Choosing a register's file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from schools.registers.sources import Source
from stem.forms import CountField, HouseForm
from stem.loads.enums import LoadKind


class LoadForm(HouseForm):
    """A register's file, as it was published."""

    # An empty file goes to the register's reader, which says what to do about it.
    file = forms.FileField(label=lazy("File"), max_length=200, allow_empty_file=True)

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.widget.attrs["accept"] = source.accept
        field.help_text = _("As it was published, up to %(megabytes)s MB: %(endings)s.") % {
            "megabytes": f"{source.most_megabytes:,}",
            "endings": source.accept.replace(".", "").replace(",", ", ").upper(),
        }
        field.error_messages.update(required=_("Choose the file that you downloaded."))

    def clean_file(self) -> UploadedFile:
        """A file of a size that somebody publishes."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > self.source.most_bytes:
            raise ValidationError(
                _("Choose another file: this one has over %(megabytes)s MB, and no such register is so large.")
                % {"megabytes": f"{self.source.most_megabytes:,}"}
            )
        return file


class AllowLossesForm(LoadForm):
    """The same file again, with the number that it may do away with typed out by whoever has looked into it."""

    losses = CountField()

    def __init__(self, *args: Any, losses: int, **kwargs: Any) -> None:
        self.most = losses
        super().__init__(*args, **kwargs)
        asked = _("Type %(losses)s to allow it.") % {"losses": losses}
        field = self.fields["losses"]
        of_postcodes = self.source.kind == LoadKind.POSTCODES
        field.label = _("How many postcodes may go") if of_postcodes else _("How many schools may close")
        self.fields["file"].label = _("The same file again")
        field.help_text = asked
        field.error_messages.update(required=asked, invalid=asked)

    def clean_losses(self) -> int:
        """The very number: whoever types it has read it."""
        losses: int = self.cleaned_data["losses"]
        if losses != self.most:
            raise ValidationError(_("Type %(losses)s to allow it.") % {"losses": self.most})
        return losses
