"""The house rules for source files: each a function from a module to its offences, with the reason as its docstring."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import PACKAGES, Function, Module, imports, rule

# --- size


@rule("line = 1\n" * 401)
def a_module_has_at_most_400_lines(module: Module) -> Iterator[str]:
    """What does not fit in 400 lines is two subjects; aim at 150."""
    lines = module.text.count("\n")
    if lines > 400:
        yield f"{module.path} has {lines}"


@rule("line = 1\n" * 501, folders=("tests",))
def a_test_module_has_at_most_500_lines(module: Module) -> Iterator[str]:
    """A test module mirrors one source module; when it grows, that one has too."""
    lines = module.text.count("\n")
    if lines > 500:
        yield f"{module.path} has {lines}"


@rule("def long():\n" + "    line = 1\n" * 40, folders=(*PACKAGES, "tests", "requirements"))
def a_function_has_at_most_40_lines(module: Module) -> Iterator[str]:
    """A function is read at one look."""
    for function in module.functions:
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > 40:
            yield f"{module.at(function)} {function.name} has {lines}"


# --- what a module may reach for


@rule("def f():\n    import this")
def no_import_is_inside_a_function(module: Module) -> Iterator[str]:
    """An import inside a function hides a circle; the stair removes the need for one."""
    for function in module.functions:
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield module.at(node)


@rule("@receiver(post_save)\ndef f(): ...")
def nothing_listens_to_signals(module: Module) -> Iterator[str]:
    """What follows from a fact is called where the fact happens, and can be found by reading."""
    for node in module.nodes:
        if isinstance(node, ast.Name) and node.id == "receiver":
            yield module.at(node)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("signals"):
            yield module.at(node)


CLOCK = re.compile(
    r"\b(timezone|datetime|date|dt)\.(now|today|localdate|localtime|utcnow)$|^time\.time$|^(now|localdate)$"
)


CLOCK_EXCEPTIONS = {
    "stem/access.py": "the marks stand before the views: one asks how long ago someone confirmed themselves",
    "stem/accounts/adapters.py": "an edge: the library that calls it passes no time",
    "stem/accounts/library_forms.py": "an edge: the library that asks whether a form is valid passes no time",
    "stem/accounts/sessions.py": "middleware is an edge: it asks how long ago someone was here",
    "stem/accounts/models.py": "the library that makes users passes no time, so the column's default is the clock",
}


@rule("from django.utils import timezone\ndef f(): return timezone.now()", path="bookings/operations/offers.py")
def only_the_edges_read_the_clock(module: Module) -> Iterator[str]:
    """Time is an argument: what has none of its own can be tested at any hour, and means one moment throughout."""
    if module.is_in("views", "tasks", "management") or module.parts[0] == "demo" or module.path in CLOCK_EXCEPTIONS:
        return
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and CLOCK.search(ast.unparse(node)):
            yield f"{module.at(node)} {ast.unparse(node)}"


# All but its edges: the child process, and what asks it.
READING_CALENDARS = (
    *(
        "choosing_days",
        "clocks",
        "collecting",
        "components",
        "definitions",
        "entries",
        "mailed",
        "moments",
        "notes",
        "problems",
    ),
    *("reading", "recurrence", "repeating", "series", "text", "zones"),
)
PURE = {
    *(
        "stem.nations",
        "stem.curriculum",
        "stem.rules",
        "stem.calendars.writing",
        *(f"stem.calendars.{name}" for name in READING_CALENDARS),
        "stem.geography.authorities",
        "stem.geography.points",
        "stem.geography.travel",
    ),
    *("stem.audit.chain", "stem.tables", "stem.encodings", "stem.unpacking", "stem.workbooks"),
    *("schools.registers.gias", "schools.registers.scotland", "schools.registers.links", "schools.registers.records"),
    *("schools.registers.cells", "schools.registers.phases"),
    *("schools.terms.calendar_files", "schools.terms.changes", "schools.terms.drawing", "schools.terms.periods"),
    *("schools.terms.school_time", "schools.terms.spans", "schools.terms.stretches", "schools.terms.titles"),
    *("schools.terms.typed", "schools.terms.understanding", "schools.terms.usual", "schools.terms.years"),
    *("ambassadors.timetable", "ambassadors.duplicates", "ambassadors.validity"),
    *("ambassadors.courses", "ambassadors.courses.content", "ambassadors.courses.marking"),
    *("ambassadors.courses.reading", "ambassadors.courses.rendering"),
    *("ambassadors.importing.cells", "ambassadors.importing.columns", "ambassadors.importing.golden"),
    *("ambassadors.importing.people", "ambassadors.importing.sheets"),
    *("ambassadors.job_words", "ambassadors.photos", "ambassadors.suggestions"),
    *("schools.disadvantage", "schools.domains"),
    *("bookings.mapping", "bookings.notice", "bookings.open_days", "bookings.priority", "bookings.matching.scoring"),
    *(
        "bookings.free_time",
        "bookings.gaps",
        *(f"bookings.diaries.{name}" for name in ("days", "entries", "placing", "shown", "words")),
    ),
    *(
        "quality.naming",
        "quality.sampling",
        "quality.settling",
        "quality.statistics",
        "quality.triggers",
        "quality.suppression",
    ),
    *("stem.terms", "quality.terms", "quality.reports.plots", "quality.reports.tables"),
}


# Django keeps its enumerations beside its models.
ROWS = re.compile(r"^django\.db\b(?!.*Choices$)|^(" + "|".join(PACKAGES) + r")\.(.+\.)?models\b")


@rule("from django.db import models", path="bookings/notice.py")
def what_only_reckons_knows_no_rows(module: Module) -> Iterator[str]:
    """Arithmetic that touches no row is tested as a table of worked examples, without a database."""
    if module.name in PURE or (module.is_in("workflow", "enums") and module.name != "stem.workflow"):
        for name, node in imports(module):
            if ROWS.search(name):
                yield f"{module.at(node)} {name}"


# --- signatures and words


@rule("def f(a) -> None: ...")
def every_signature_says_what_it_takes_and_gives(module: Module) -> Iterator[str]:
    """Types are the part of the documentation that cannot go stale."""
    for function in module.functions:
        arguments = function.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        bare = [each.arg for each in named if each and not each.annotation and each.arg not in ("self", "cls")]
        if bare or not function.returns:
            yield f"{module.at(function)} {function.name}({', '.join(bare)})"


def opens_with_a_sentence(node: ast.Module | ast.ClassDef | Function) -> bool:
    """Whether the docstring's first paragraph is a whole sentence or more."""
    opening = (ast.get_docstring(node) or "").partition("\n\n")[0]
    return bool(opening) and opening.endswith((".", "?", "!", ":")) and not opening[0].islower()


@rule("def accept_offer(): ...", path="bookings/operations/offers.py")
def every_verb_rule_and_permission_promises_in_words(module: Module) -> Iterator[str]:
    """Here the business is decided: each function says, in the domain's words, what it promises and when it refuses."""
    if module.is_in("operations", "eligibility", "permissions", "matching"):
        for function in module.functions:
            if not opens_with_a_sentence(function):
                yield f"{module.at(function)} {function.name}"


# What these hold is named by the framework, and says all there is to say in its name.
SELF_EXPLAINING = {"AppConfig", "ModelAdmin", "TabularInline", "StackedInline"}


@rule("class Offer: ...")
def everything_public_has_a_docstring(module: Module) -> Iterator[str]:
    """A reader who comes from elsewhere learns what a thing is where it stands."""
    if module.tree.body and not opens_with_a_sentence(module.tree):
        yield module.path
    for node in module.tree.body:
        if not isinstance(node, ast.ClassDef | Function) or node.name.startswith("_") or opens_with_a_sentence(node):
            continue
        bases = {ast.unparse(base).rpartition(".")[2] for base in getattr(node, "bases", [])}
        if not bases & SELF_EXPLAINING and not (node.name == "Command" and module.is_in("management")):
            yield f"{module.at(node)} {node.name}"


VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "data", "info"}


@rule("", path="bookings/utils.py", folders=(*PACKAGES, "tests"))
def every_module_is_named_for_its_subject(module: Module) -> Iterator[str]:
    """A vague name is a drawer that fills with everything."""
    if VAGUE & set(module.parts):
        yield module.path


# --- rows


@rule("def f(offer):\n    offer.status = 'accepted'")
def only_the_workflow_assigns_a_status(module: Module) -> Iterator[str]:
    """A status is moved by a named, legal move that leaves its event and its audit entry, or not at all."""
    if module.path == "stem/workflow.py":
        return
    for node in module.nodes:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets):
            yield module.at(node)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "update" and "status" in keywords(node):
            yield module.at(node)


def keywords(call: ast.Call) -> set[str | None]:
    """The names that a call passes its arguments by."""
    return {keyword.arg for keyword in call.keywords}


# A manager's method other than the scope, or a shortcut handed a bare class: `Visit` and not `Visit.objects...`.
OTHER_DOOR = re.compile(
    r"[\w.]+\.(objects|_default_manager|_base_manager)\.(?!visible_to$|behind$|none$)\w+|get_\w+_or_404\((\w+\.)*[A-Z]\w+\b(?!\.).*"
)


# The demonstration signs people in as whom they like: it has no door, and is no part of production.
@rule(
    "def page(request):\n    return Visit.objects.get(pk=1)",
    path="bookings/views/visits.py",
    folders=tuple(package for package in PACKAGES if package != "demo"),
)
def views_have_one_door_to_the_rows(module: Module) -> Iterator[str]:
    """`visible_to(user)`, or `behind(…)` for who came by a letter: what one may not see does not exist (404)."""
    if not module.is_in("views"):
        return
    for node in module.nodes:
        if isinstance(node, ast.Attribute | ast.Call) and OTHER_DOOR.fullmatch(ast.unparse(node)):
            yield f"{module.at(node)} {ast.unparse(node)}"


# The person's own details, spelt with whose they are; or so bare that in a school's affairs they can only be a pupil's.
OF_A_PUPIL = re.compile(
    r"(pupil|student|child|learner)s?_(first_|last_|full_)?(name|email|dob|birth\w*|phone|photo|address)"
)
BARE = {"upn", "dob", "date_of_birth", "photo"}


@rule("pupil_name = models.CharField()")
def nothing_names_a_pupil(module: Module) -> Iterator[str]:
    """No field may hold who a pupil is: the scheme needs to know how many came, never who (rule P-01)."""
    for node in module.nodes:
        names = (
            [node.id] if isinstance(node, ast.Name) else [node.arg] if isinstance(node, ast.arg | ast.keyword) else []
        )
        bare = set() if module.parts[0] == "ambassadors" else BARE.intersection(names)
        if bare or any(name and OF_A_PUPIL.search(name) for name in names):
            yield module.at(node)
