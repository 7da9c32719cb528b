"""What ``pip install .`` installs: all that is imported, every file, one version number."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import newsdiff_crawler
from newsdiff_crawler import settings
from newsdiff_crawler.crawling import shipped
from tests.support.crawling import FAST, PROJECT, bbc_routes, bbc_story, bbc_url, environment, query
from tests.support.newsroom import Newsroom

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PACKAGE = PROJECT / "newsdiff_crawler"
# Imported, and needed by what is declared: by Scrapy, FastAPI, Jinja and Pydantic in turn.
PARTS = {
    *("twisted", "pyopenssl", "service-identity"),
    *("starlette", "anyio"),
    "markupsafe",
    "typing-extensions",
}


def metadata() -> dict[str, Any]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    stated: dict[str, Any] = project["project"]
    return stated


def declared() -> dict[str, Requirement]:
    """The ranges, by the names of packages."""
    ranges = map(Requirement, metadata()["dependencies"])
    return {canonicalize_name(range_.name): range_ for range_ in ranges}


def extras() -> set[str]:
    """The packages that one part needs, and that are installed on demand."""
    named = chain.from_iterable(metadata()["optional-dependencies"].values())
    return {canonicalize_name(Requirement(each).name) for each in named}


def pinned() -> dict[str, Requirement]:
    """The pins of requirements.txt, by the names of packages."""
    lines = (PROJECT / "requirements.txt").read_text("utf-8").splitlines()
    return {canonicalize_name(pin.name): pin for pin in map(Requirement, lines)}


def imported() -> set[str]:
    """The top-level modules of others that the package imports."""
    modules = {
        name.partition(".")[0]
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in _names(node)
    }
    return modules - sys.stdlib_module_names - {"newsdiff_crawler", "tomllib"}


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [str(node.module)] if isinstance(node, ast.ImportFrom) else []


def test_what_is_pinned_and_what_is_declared_are_the_same_packages() -> None:
    pins, ranges = pinned(), declared()
    assert list(pins) == list(ranges)
    markers = {name: str(pin.marker) for name, pin in pins.items()}
    assert markers == {name: str(range_.marker) for name, range_ in ranges.items()}


@pytest.mark.parametrize("name", pinned())
def test_a_range_begins_with_the_tested_version_and_has_an_end(name: str) -> None:
    (pin,) = pinned()[name].specifier
    bounds = {part.operator: part.version for part in declared()[name].specifier}
    assert bounds.keys() == {">=", "<"}
    assert bounds[">="] == pin.version
    assert pin.version in declared()[name].specifier


def test_every_package_that_is_imported_is_declared() -> None:
    distributions = packages_distributions()
    needed = {canonicalize_name(distributions.get(name, [name])[0]) for name in imported()}
    assert needed - PARTS <= declared().keys() | extras()


def test_there_is_one_version_number() -> None:
    newest, *_ = releases_of((PROJECT / "CHANGELOG.md").read_text("utf-8"))
    assert newest.split()[0] == newsdiff_crawler.__version__
    assert settings.USER_AGENT.startswith(f"newsdiff_crawler/{newsdiff_crawler.__version__} (")
    assert "version" not in metadata()


def releases_of(changelog: str) -> list[str]:
    """The headings of releases: above the newest one, what is not released yet may have its own."""
    heads = re.findall(r"^## (.*)$", changelog, re.MULTILINE)
    return heads[1:] if heads[0] == "Unreleased" else heads


def test_what_is_not_released_may_stand_above_the_newest_release_and_nowhere_else() -> None:
    assert releases_of("## Unreleased\n## 0.2.0 - day\n") == ["0.2.0 - day"]
    assert releases_of("## 0.2.0 - day\n## Unreleased\n") == ["0.2.0 - day", "Unreleased"]


def test_every_release_has_its_day_and_the_newest_comes_first() -> None:
    heads = releases_of((PROJECT / "CHANGELOG.md").read_text("utf-8"))
    parsed = [re.fullmatch(r"(\d+)\.(\d+)\.(\d+) - (\d{4}-\d\d-\d\d)", head) for head in heads]
    assert None not in parsed
    releases = [(*map(int, head.groups()[:3]), head[4]) for head in parsed if head]
    assert releases == sorted(releases, reverse=True)


def test_before_a_commit_the_checks_of_ci_run() -> None:
    check = [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"]
    assert subprocess.run(check, cwd=PROJECT, capture_output=True).returncode == 0
    config = (PROJECT / ".pre-commit-config.yaml").read_text("utf-8")
    hooks = re.findall(r"entry: (\.venv/bin/[a-z]+(?: [a-z]+)?)", config)
    checks = re.findall(
        r"^(?:[a-z_]+ )*(\.venv/bin/(?!pip)[a-z]+(?: [a-z]+)?)", _ci(), re.MULTILINE
    )
    assert hooks == checks


def _ci() -> str:
    return (PROJECT / ".ci" / "run").read_text("utf-8")


# --- The package itself -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as ``pip install .`` makes it, of a checkout that nothing was built in yet."""
    folder = tmp_path_factory.mktemp("package")
    leave_out = shutil.ignore_patterns(".*", "data", "build", "*.egg-info", "__pycache__", "tests")
    shutil.copytree(PROJECT, folder / "project", ignore=leave_out)
    # By the setuptools of these tests, so that it takes no network.
    pip("wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(folder / "project"))
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """A folder with the package, and nothing of the checkout."""
    pip("install", "--no-deps", "--target", str(wheel.parent / "site"), str(wheel))
    return wheel.parent / "site"


@pytest.fixture
def empty_project(tmp_path: Path) -> Path:
    """A folder with just a scrapy.cfg."""
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = newsdiff_crawler.settings\n")
    return tmp_path


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", *arguments, "--no-index", "-q"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def scrapy(
    folder: Path, installed: Path, *arguments: str, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(installed)} | more,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.slow
def test_the_package_has_every_file_and_the_licence(wheel: Path) -> None:
    files = {str(path.relative_to(PROJECT)) for path in _files() if path.is_file()}
    with ZipFile(wheel) as opened:
        names = opened.namelist()
    assert {name for name in names if ".dist-info/" not in name} == files
    assert [name for name in names if name.endswith("licenses/LICENSE")]


def _files() -> Iterator[Path]:
    return (path for path in PACKAGE.rglob("*") if "__pycache__" not in path.parts)


@pytest.mark.slow
def test_a_folder_with_just_a_scrapy_cfg_is_a_project(empty_project: Path, installed: Path) -> None:
    listed = scrapy(empty_project, installed, "list")
    sources = [path.stem for path in (PACKAGE / "spiders").glob("[a-z]*.py")]
    sources += shipped.named()
    assert (listed.stdout.split(), listed.stderr) == (sorted(sources), "")


@pytest.mark.slow
def test_its_record_is_in_data_beside_scrapy_cfg(empty_project: Path, installed: Path) -> None:
    url = bbc_url("valley")
    with Newsroom(bbc_routes({url: bbc_story(url, "Rain", ["It rained in the valley."])})) as world:
        here = environment(world, empty_project) | {"NEWSDIFF_DATA": ""}
        done = scrapy(empty_project, installed, "crawl", "bbc", *FAST, **here)
    assert "1 new" in done.stderr
    assert query(empty_project, "select title from versions") == [("Rain",)]


def test_a_crawl_does_not_load_what_draws_pictures() -> None:
    """It takes as long as thirty checks of an article, and each crawl is a process."""
    code = "import sys, newsdiff_crawler.commands.crawl; print('PIL' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, check=True, capture_output=True, text=True
    )
    assert said.stdout == "False\n"
