"""Who may import whom, as docs/architecture.md says: data flows one way, and each room can be read
without those below it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "newsdiff_crawler"
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
ENGINE = ("scrapy", "twisted")
SQL = ("select ", "insert into ", "update ", "delete from ", "create table ")


@dataclass(frozen=True)
class Room:
    """A row of the page's table. ``for_types``: what it may import for type checkers only."""

    name: str
    allowed: frozenset[str]
    for_types: frozenset[str]
    may_import_scrapy: bool


def rooms() -> Iterator[Room]:
    for name, allowed, scrapy in re.findall(r"^\| `(\w+)` \|.*\|(.*)\| (yes|no) \|$", PAGE, re.M):
        for_types = frozenset(re.findall(r"`(\w+)` \(types\)", allowed))
        named = frozenset(re.findall(r"`(\w+)`", allowed))
        yield Room(name, named - for_types, for_types, scrapy == "yes")


ROOMS = list(rooms())
each_room = pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)


def files(room: str) -> Iterator[Path]:
    yield from (PACKAGE / room).rglob("*.py")
    if (PACKAGE / f"{room}.py").exists():
        yield PACKAGE / f"{room}.py"


def imports(tree: ast.AST, with_types: bool = True) -> set[str]:
    """Modules that a file imports, ours without the package's name."""
    names = set()
    for node in walk(tree, with_types):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def walk(tree: ast.AST, with_types: bool) -> Iterator[ast.AST]:
    """All nodes, or all but what only type checkers see."""
    yield tree
    is_for_types = isinstance(tree, ast.If) and ast.unparse(tree.test) == "TYPE_CHECKING"
    if with_types or not is_for_types:
        for child in ast.iter_child_nodes(tree):
            yield from walk(child, with_types)


def rooms_imported(room: str, with_types: bool) -> set[str]:
    ours = {name for name in imported(room, with_types) if name.startswith("newsdiff_crawler.")}
    return {name.split(".")[1] for name in ours} - {room, "__version__"}


def imported(room: str, with_types: bool = True) -> set[str]:
    trees = (ast.parse(path.read_text("utf-8")) for path in files(room))
    return {name for tree in trees for name in imports(tree, with_types)}


def test_every_room_is_in_the_table_and_no_other_is() -> None:
    there = {path.stem for path in PACKAGE.glob("[a-z]*") if list(files(path.stem))}
    assert {room.name for room in ROOMS} == there


@each_room
def test_a_room_imports_only_what_it_may(room: Room) -> None:
    assert rooms_imported(room.name, with_types=False) <= room.allowed


@each_room
def test_a_room_knows_only_the_types_that_it_may(room: Room) -> None:
    assert rooms_imported(room.name, with_types=True) <= room.allowed | room.for_types


@each_room
def test_a_room_imports_no_room_below_it(room: Room) -> None:
    names = [each.name for each in ROOMS]
    assert room.allowed <= set(names[: names.index(room.name)])


@pytest.mark.parametrize("room", [room.name for room in ROOMS if not room.may_import_scrapy])
def test_a_room_that_needs_no_scrapy_imports_none(room: str) -> None:
    assert [name for name in imported(room) if name.split(".")[0] in ENGINE] == []


@each_room
def test_nothing_imports_a_spider(room: Room) -> None:
    """Not even another one."""
    prefix = "newsdiff_crawler.spiders."
    assert [name for name in imported(room.name) if name.startswith(prefix)] == []


def test_sql_is_in_the_store_and_nowhere_else() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        if PACKAGE / "store" not in path.parents
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and str(node.value).lower().lstrip().startswith(SQL)
    ]
    assert wrong == []
