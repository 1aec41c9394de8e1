"""The diagrams in the apps' pages are those of the tables that the program obeys."""

import pytest
from django.core.management import call_command

from stem.management.commands.draw_workflows import drawn, pages_with_workflows
from stem.rules import Refusal
from stem.workflow import Workflow, move

LIGHT = Workflow("light", move("switch", sources="off", target="on", whose="anyone"), start="off")


def test_every_diagram_is_that_of_its_table():
    call_command("draw_workflows", "--check")


def test_every_app_s_workflows_are_drawn():
    assert {workflow.name for _page, workflows in pages_with_workflows() for workflow in workflows} == {
        "ambassador",
        "case",
        "check",
        "comment",
        "complaint",
        "concern",
        "contact",
        "feedback",
        "invitation",
        "offer",
        "poll",
        "proposal",
        "referee",
        "request",
        "seat",
        "succession",
        "suspension",
        "upload",
        "visit",
    }


def test_a_diagram_is_drawn_between_its_marks_and_nothing_else_changes():
    page = "Before.\n<!-- workflow: light -->\nstale\n<!-- end of workflow -->\nAfter.\n"
    once = drawn(page, [LIGHT])
    assert once == (
        "Before.\n<!-- workflow: light -->\n```mermaid\nstateDiagram-v2\n    [*] --> off\n    off --> on: switch\n```\n"
        "<!-- end of workflow -->\nAfter.\n"
    )
    assert drawn(once, [LIGHT]) == once


def test_a_page_without_a_place_for_a_workflow_is_refused():
    with pytest.raises(Refusal) as refusal:
        drawn("No marks here.", [LIGHT])
    assert refusal.value.codes == ["no_place"]
