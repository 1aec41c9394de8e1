"""Reads our own source, so that a statement about the code can be a test."""

import ast
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parent.parent.parent
# The stair, from the top; the two siblings share a step.
STAIR = (("demo",), ("quality",), ("bookings",), ("ambassadors", "schools"), ("stem",))
PACKAGES = tuple(package for step in STAIR for package in step)
APPS = ("quality", "bookings", "ambassadors", "schools")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One source file: where it is, and what it says."""

    path: str
    text: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders and the file, without the ending."""
        return Path(self.path).with_suffix("").parts

    @property
    def name(self) -> str:
        """The dotted name by which others import it."""
        return ".".join(self.parts).removesuffix(".__init__")

    @functools.cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text)

    @property
    def nodes(self) -> Iterator[ast.AST]:
        """Everything in it."""
        return ast.walk(self.tree)

    @property
    def functions(self) -> Iterator[Function]:
        """Every function and method in it, however deep."""
        return (node for node in self.nodes if isinstance(node, Function))

    def is_in(self, *rooms: str) -> bool:
        """Whether it is one of these rooms of its app, or lies inside one."""
        return any(room in self.parts[1:] for room in rooms)

    def at(self, node: ast.AST) -> str:
        """Where this node is, as an editor can open it."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@functools.cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Every module in these folders, but those that Django writes."""
    paths = sorted(
        path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
    )
    return tuple(Module(str(path.relative_to(ROOT)), path.read_text()) for path in paths)


def imports(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """The dotted name of everything this module imports, but what only annotations need."""
    for node in running(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def running(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those under `if TYPE_CHECKING`, which never run."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from running(node)


Check = Callable[[Module], Iterator[str]]


@dataclass(frozen=True)
class Rule:
    """A statement about source: its reason, what offends against it, and a sample that does."""

    reason: str
    check: Check
    folders: tuple[str, ...]
    bad: Module

    def __str__(self) -> str:
        return self.check.__name__

    def offences(self) -> list[str]:
        """Where our source breaks it."""
        return [offence for module in modules(*self.folders) for offence in self.check(module)]


RULES: list[Rule] = []


def rule(
    bad: str, *, path: str = "bookings/sample.py", folders: tuple[str, ...] = PACKAGES
) -> Callable[[Check], Check]:
    """Make a rule of a function from a module to its offences; its docstring is the reason, and `bad` offends."""

    def register(check: Check) -> Check:
        RULES.append(Rule(check.__doc__ or "", check, folders, Module(path, dedent(bad))))
        return check

    return register
