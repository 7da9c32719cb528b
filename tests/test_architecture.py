"""Who may import whom: data flows one way, and each part can be read without the others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "newsdiff_crawler"
ENGINE = ("scrapy", "twisted")
PURE = ("parsing", "diff", "text", "scheduling", "items", "times", "urls")
ABOVE = ("crawling", "fetching", "spiders", "commands", "demo", "terminal", "web")

# A room -> what it may not import, of ours and of others.
FORBIDDEN = {
    **dict.fromkeys(PURE, (*ENGINE, *ABOVE, "store")),
    "configuration": (*ABOVE, "store"),
    "fetching": ("crawling", "spiders", "commands", "demo", "terminal", "web", "parsing", "diff"),
    "store": (*ENGINE, *ABOVE, "parsing"),
    "web": (*ENGINE, *ABOVE[:-1], "parsing"),
    "crawling": ("spiders", "commands", "demo", "terminal", "web"),
    "spiders": ("store", "web", "diff", "text", "scheduling", "fetching", "demo", "terminal"),
}
SQL = ("select ", "insert into ", "update ", "delete from ", "create table ")


def files(part: str) -> Iterator[Path]:
    yield from (PACKAGE / part).rglob("*.py")
    if (PACKAGE / f"{part}.py").exists():
        yield PACKAGE / f"{part}.py"


def imports(path: Path) -> set[str]:
    """Modules that a file imports, ours without the package's name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name.removeprefix("newsdiff_crawler.") for name in found}


@pytest.mark.parametrize("part", FORBIDDEN)
def test_a_part_imports_only_what_it_may(part: str) -> None:
    assert list(files(part)), f"no such part: {part}"
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files(part)
        for name in imports(path)
        if name.split(".")[0] in FORBIDDEN[part]
    ]
    assert wrong == []


def test_nothing_imports_a_spider() -> None:
    wrong = [
        path.relative_to(ROOT)
        for path in PACKAGE.rglob("*.py")
        if any(name.startswith("spiders.") for name in imports(path))
    ]
    assert wrong == []


def test_sql_is_in_the_store_and_nowhere_else() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        if PACKAGE / "store" not in path.parents
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and str(node.value).lower().lstrip().startswith(SQL)
    ]
    assert wrong == []
