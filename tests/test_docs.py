"""The docs are whole and true: they name what the project has, and what they name is there."""

from __future__ import annotations

import argparse
import importlib.util
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import scrapy.commands
from scrapy.commands import ScrapyCommand
from scrapy.commands.list import Command as ListCommand
from scrapy.settings import Settings

import newsdiff_crawler.commands
from newsdiff_crawler import settings
from newsdiff_crawler.store.schema.dictionary import Schema
from newsdiff_crawler.store.schema.meanings import WORDS
from newsdiff_crawler.web.addresses import API
from newsdiff_crawler.web.api import router

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "newsdiff_crawler"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = [module.name for module in pkgutil.iter_modules(newsdiff_crawler.commands.__path__)]
SCRAPY_COMMANDS = [module.name for module in pkgutil.iter_modules(scrapy.commands.__path__)]
# Not Scrapy's own, which we extend.
OUR_COMMANDS = sorted({*COMMANDS} - {*SCRAPY_COMMANDS})
# A command line: at the start of a line of code, with or without the environment's folder.
COMMAND = re.compile(r"^(?:\S*/)?(?:scrapy ([a-z]+)|python3? -m ([a-z_.]+)(?!\S))(.*)$")


def label(value: object) -> str:
    """Of a parameter, in a test's name."""
    return str(value.relative_to(ROOT)) if isinstance(value, Path) else str(value)


@cache
def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def everything() -> str:
    return "\n".join(map(text_of, PAGES))


def columns() -> Iterator[str]:
    schema = Schema()
    for table in schema.tables():
        yield table
        yield from (column.name for column in schema.columns(table))
    schema.close()


def words() -> Iterator[str]:
    for each in WORDS:
        yield from each.known


NAMES = [
    *(("settings", name) for name in vars(settings) if name.startswith("NEWSDIFF_")),
    *(("record", name) for name in sorted(set(columns()))),
    *(("words", name) for name in sorted(set(words()))),
    *(("api", f"{API}{route.path}") for route in router.routes),  # type: ignore[attr-defined]
]


@pytest.mark.parametrize(("kind", "name"), NAMES)
def test_every_name_that_people_use_is_explained_on_a_page(kind: str, name: str) -> None:
    assert f"`{name}`" in everything()


def sections() -> dict[str, str]:
    """The sections of docs/commands.md, by command."""
    parts = re.split(r"^## scrapy (\w+)$", text_of(ROOT / "docs" / "commands.md"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def options_of(command: str) -> set[str]:
    """The options that a command of ours adds to Scrapy's."""
    module = import_module(f"newsdiff_crawler.commands.{command}")
    return all_options(module.Command()) - all_options(ListCommand())


def all_options(command: ScrapyCommand) -> set[str]:
    command.settings = Settings()
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    options = {option for action in parser._actions for option in action.option_strings}
    return {option for option in options if option.startswith("--")}


def test_every_command_has_its_section_and_no_other_does() -> None:
    assert sorted(sections()) == sorted(COMMANDS)


@pytest.mark.parametrize("command", OUR_COMMANDS)
def test_a_command_s_section_names_its_options_and_no_others(command: str) -> None:
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", sections()[command]))
    assert named == options_of(command)


def lines_of_code(text: str) -> Iterator[str]:
    """Fenced blocks, lines that are indented as code, and code inside of a text."""
    for fenced in re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S):
        yield from fenced.splitlines()
    yield from re.findall(r"^    (\S.*)$", text, re.M)
    yield from re.findall(r"`([^`\n]+)`", text)


def commands_of(page: Path) -> list[tuple[str, str, str]]:
    """Command lines on a page: Scrapy's command or else a module, and what follows."""
    commands = []
    for line in lines_of_code(text_of(page)):
        for part in re.split(r" && |; | \| ", re.sub(r"^[$#] |^\S+=\S+ ", "", line)):
            match = COMMAND.match(part.strip())
            if match:
                commands.append((match[1] or "", match[2] or "", match[3]))
    return commands


ALL_COMMANDS = [(page, *command) for page in PAGES for command in dict.fromkeys(commands_of(page))]


@pytest.mark.parametrize(("page", "command", "module", "rest"), ALL_COMMANDS, ids=label)
def test_a_command_line_on_a_page_is_one_that_works(
    page: Path, command: str, module: str, rest: str
) -> None:
    if module:
        assert importlib.util.find_spec(module)
        return
    assert command in [*COMMANDS, *SCRAPY_COMMANDS]
    if command in OUR_COMMANDS:
        used = set(re.findall(r"(?<=\s)--[a-z][a-z-]*", rest))
        assert used <= options_of(command) | {"--help"}


def links_of(page: Path) -> Iterator[str]:
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", text_of(page), flags=re.M | re.S)
    yield from (link for link in re.findall(r"\]\(([^)\s]+)\)", prose) if "://" not in link)


@cache
def anchors_of(page: Path) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    headings = re.findall(
        r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text_of(page), flags=re.M | re.S), re.M
    )
    plain = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading) for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in plain}


@pytest.mark.parametrize(
    ("page", "link"),
    [(page, link) for page in PAGES for link in dict.fromkeys(links_of(page))],
    ids=label,
)
def test_a_link_into_the_project_leads_somewhere(page: Path, link: str) -> None:
    file, _, anchor = link.partition("#")
    target = (page.parent / file).resolve() if file else page
    assert target.exists()
    if anchor:
        assert anchor in anchors_of(target)


FILES = re.compile(r"`([\w./-]+\.py)`")


def named_files(page: Path) -> list[str]:
    return sorted(set(FILES.findall(text_of(page))) - {"newsdiff_crawler/spiders/example.py"})


@pytest.mark.parametrize(
    ("page", "file"), [(page, f) for page in PAGES for f in named_files(page)], ids=label
)
def test_a_module_that_a_page_names_is_there(page: Path, file: str) -> None:
    """By its path in the project or in the package."""
    assert any((folder / file).is_file() for folder in (ROOT, PACKAGE))


def named_parts() -> list[tuple[str, str]]:
    """Functions and classes that a page says are in a module: `module.py`: `one`, `Other.two`."""
    lists = re.findall(r"`([\w./-]+\.py)`: ((?:`[\w.]+`(?:, )?)+)", everything())
    return [(file, name) for file, names in lists for name in re.findall(r"`([\w.]+)`", names)]


@pytest.mark.parametrize(("file", "name"), dict.fromkeys(named_parts()))
def test_a_part_that_a_page_names_is_in_its_module(file: str, name: str) -> None:
    path = next(path for folder in (PACKAGE, ROOT) if (path := folder / file).is_file())
    for part in name.split("."):
        assert re.search(rf"^\s*(async def|def|class) {part}\b|^{part}\b.* =", text_of(path), re.M)


def test_the_glossary_is_in_alphabetical_order() -> None:
    words = re.findall(r"^\| \*\*(.+?)\*\* \|", text_of(ROOT / "docs" / "glossary.md"), re.M)
    assert words == sorted(words)
