"""Texts are off until a port is named, and a mistake in its settings is told at the start."""

import json

import pytest
from django.core.checks import run_checks

from stem.texts.backends import ConsoleTexts, FileTexts
from stem.texts.checks import check_texts
from stem.texts.gateway import GatewayTexts
from stem.texts.port import TextPort, are_texts_on, text_port

RIGHT = {
    "TEXTS_BACKEND": "stem.texts.gateway.GatewayTexts",
    "TEXTS_GATEWAY_URL": "https://gateway.example/v1/",
    "TEXTS_GATEWAY_TOKEN": "t",
    "BASE_URL": "https://scheme.example",
}


def faults(settings, **said: str) -> list[str]:
    for name, value in (RIGHT | said).items():
        setattr(settings, name, value)
    return [fault.id for fault in check_texts(None)]


def test_none_is_named_by_default():
    assert (are_texts_on(), text_port(), check_texts(None)) == (False, None, [])


def test_the_one_that_is_named_is_there(settings):
    assert faults(settings) == []
    assert isinstance(text_port(), GatewayTexts)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"TEXTS_BACKEND": "stem.texts.gateway.NoSuch"}, ["texts.E001"]),
        ({"TEXTS_BACKEND": "nonsense"}, ["texts.E001"]),
        ({"TEXTS_BACKEND": "stem.texts.gateway.read_address"}, ["texts.E002"]),
        ({"BASE_URL": "https://" + "x" * 60 + ".example"}, ["texts.E003"]),
        ({"TEXTS_GATEWAY_URL": "http://gateway.example"}, ["texts.E004"]),
        ({"TEXTS_GATEWAY_URL": "https://name:word@gateway.example"}, ["texts.E004"]),
        ({"TEXTS_GATEWAY_TOKEN": ""}, ["texts.E005"]),
        ({"TEXTS_GATEWAY_URL": "", "TEXTS_GATEWAY_TOKEN": ""}, ["texts.E004", "texts.E005"]),
    ],
)
def test_each_mistake_is_told(settings, said, found):
    assert faults(settings, **said) == found


def test_the_program_asks_for_mistakes_as_it_starts(settings):
    settings.TEXTS_BACKEND = "nonsense"
    assert "texts.E001" in [fault.id for fault in run_checks()]


def test_on_one_s_own_machine_texts_are_printed(capsys):
    ConsoleTexts().send_text(number="+447700900123", words="Hello", reference="r1")
    assert capsys.readouterr().out == "Text r1 to +447700900123: Hello\n"


def test_or_written_to_a_file(settings, tmp_path):
    settings.TEXTS_FILE = str(tmp_path / "here" / "texts.jsonl")
    for number in (1, 2):
        FileTexts().send_text(number="+447700900123", words=f"£{number}", reference=f"r{number}")
    lines = (tmp_path / "here" / "texts.jsonl").read_text().splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["£1", "£2"]
    assert all(isinstance(port, TextPort) for port in (ConsoleTexts(), FileTexts()))
