"""No column is added for documents, offences or pupils, and none about trust without the rule that allows it."""

import re

import pytest
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture.columns import EXCEPTED, HOLDS_BYTES, KEPT, columns_of, our_models, refused, unlisted

RULE = re.compile(r"^(?:[A-Z]-\d\d|\d\.\d+): \w")


def test_every_column_about_trust_is_on_the_list():
    assert list(unlisted(KEPT, our_models())) == []


def test_every_column_on_the_list_has_the_rule_that_allows_it():
    assert [f"{label}.{name}" for label, names in KEPT.items() for name in names if not RULE.match(names[name])] == []


def test_nothing_is_kept_that_smells_of_a_document_an_offence_or_a_pupil():
    assert list(refused(our_models())) == []


def test_every_exception_is_about_something_that_is_there():
    there = {model._meta.label for model in our_models()}
    names = {f"{model._meta.label}.{field.name}" for model in our_models() for field in columns_of(model)}
    listed = {name for name in (*EXCEPTED, *HOLDS_BYTES) if ".".join(name.split(".")[:2]) in there}
    assert listed - names - there == set()


# That it can fail: models as nobody should make them.


def of_register(**columns: models.Field) -> type[models.Model]:
    """A model of the register with these columns."""
    meta = type("Meta", (), {"app_label": "ambassadors"})
    return type("Requirement", (models.Model,), {"__module__": "ambassadors.sample", "Meta": meta, **columns})


@isolate_apps("ambassadors")
def test_a_new_column_about_trust_is_asked_for_its_rule():
    model = of_register(kind=models.CharField(), remarks=models.TextField())
    assert list(unlisted({"ambassadors.Requirement": {"kind": "1.2: which"}}, [model])) == [
        "ambassadors.Requirement.remarks: which rule allows it?"
    ]


@isolate_apps("ambassadors")
def test_a_column_that_is_gone_leaves_the_list():
    model = of_register(kind=models.CharField())
    kept = {"ambassadors.Requirement": {"kind": "1.2: which", "remarks": "1.2: what"}}
    assert list(unlisted(kept, [model])) == ["ambassadors.Requirement.remarks: it is kept no more"]


@isolate_apps("ambassadors")
def test_a_new_model_of_the_register_says_whether_it_is_about_trust():
    [said] = unlisted({}, [of_register(kind=models.CharField())])
    assert said.startswith("ambassadors.Requirement: is it about trust?")


@isolate_apps("ambassadors")
@pytest.mark.parametrize(
    ("name", "of"),
    [
        *((name, "a document") for name in ("scan", "certificate_copy", "uploaded_file", "image", "pdf")),
        *(
            (name, "an offence")
            for name in ("offence", "has_convictions", "police_text", "disclosure_text", "is_blank")
        ),
        *((name, "a pupil") for name in ("pupil_name", "date_of_birth", "upn", "child_email", "pupils_met")),
    ],
)
def test_a_name_that_smells_is_refused(name, of):
    [said] = refused([of_register(**{name: models.CharField()})])
    assert said.startswith(f"ambassadors.Requirement.{name} smells of {of}:")


@isolate_apps("ambassadors")
@pytest.mark.parametrize("name", ["profile", "policy", "imagined", "copyright", "cautious", "recopied", "spoken"])
def test_a_name_that_only_sounds_alike_is_not(name):
    assert list(refused([of_register(**{name: models.CharField()})])) == []


@isolate_apps("ambassadors")
@pytest.mark.parametrize("field", [models.FileField, models.ImageField, models.BinaryField])
def test_a_column_that_could_hold_a_document_is_refused_whatever_it_is_called(field):
    [said] = refused([of_register(proof=field())])
    assert said.startswith("ambassadors.Requirement.proof could hold a document")


@isolate_apps("ambassadors")
def test_a_model_whose_name_smells_is_refused():
    meta = type("Meta", (), {"app_label": "ambassadors"})
    model = type("PupilScan", (models.Model,), {"__module__": "ambassadors.sample", "Meta": meta})
    assert len(list(refused([model]))) == 2
