"""Keep the diagrams in the apps' pages equal to the tables that the program obeys."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from stem.commands import HouseCommand
from stem.rules import Kind, refuse
from stem.workflow import Workflow

BETWEEN = r"(?P<open><!-- workflow: {name} -->\n).*?(?P<close><!-- end of workflow -->)"


class Command(HouseCommand):
    help = "Draw each app's workflows in its README.md. With --check nothing is written, and a difference is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--check`."""
        super().add_arguments(parser)
        parser.add_argument("--check", action="store_true", help="only compare")

    def answer(self, **options: Any) -> dict[str, Any]:
        """The pages that changed. Refuses with `stale` when asked to check and one would, or `no_place`."""
        changed = []
        for path, workflows in pages_with_workflows():
            before = path.read_text()
            after = drawn(before, workflows)
            if after != before:
                changed.append(f"{path.parent.name}/{path.name}")
                if not options["check"]:
                    path.write_text(after)
        if options["check"] and changed:
            raise refuse(
                "stale",
                Kind.STATE,
                _("Run draw_workflows: the diagrams in %(pages)s are not those of the tables.")
                % {"pages": ", ".join(changed)},
            )
        return {"changed": changed}


def pages_with_workflows() -> list[tuple[Path, list[Workflow]]]:
    """Each app's page, with the workflows that the app's tables define."""
    found = []
    for config in apps.get_app_configs():
        page = Path(config.path) / "README.md"
        if page.exists() and find_spec(f"{config.name}.workflow"):
            module = import_module(f"{config.name}.workflow")
            found.append((page, [each for each in vars(module).values() if isinstance(each, Workflow)]))
    return found


def drawn(text: str, workflows: list[Workflow]) -> str:
    """The page with each workflow's diagram between its marks. Refuses with `no_place` when a mark is missing."""
    for workflow in workflows:
        marks = re.compile(BETWEEN.format(name=re.escape(workflow.name)), re.DOTALL)
        if not marks.search(text):
            raise refuse(
                "no_place",
                Kind.STATE,
                _("A page has no place for the workflow of a %(name)s.") % {"name": workflow.name},
            )
        diagram = f"```mermaid\n{workflow.diagram()}\n```\n"
        text = marks.sub(rf"\g<open>{diagram}\g<close>", text)
    return text
