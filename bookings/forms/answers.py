"""Forms that hold some of a request's answers."""

from typing import Any, ClassVar

from stem.forms import HouseModelForm


class AnswersForm(HouseModelForm):
    """Some columns of a draft; those that `required` names must be answered to go on."""

    required: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.required:
            self.fields[name].required = True
        # What is necessary is not called optional.
        self.say_what_is_missing()

    @property
    def answers(self) -> dict[str, Any]:
        """What a valid form gave, by column."""
        return self.cleaned_data
