"""`python -m benchmarks`: what there is, what is missing, and the page that it writes."""

from __future__ import annotations

import ast
from contextlib import ExitStack
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks import __main__ as start
from benchmarks import machine, page
from benchmarks.peers import enter
from benchmarks.registry import BENCHMARKS, Benchmark

NAMES = [benchmark.name for benchmark in BENCHMARKS]


def without_data(name: str, folder: Path) -> Benchmark:
    return Benchmark(name, "", "", "", full=(str(folder / "absent"),))


@pytest.fixture
def listed() -> list[str]:
    console = Console(width=80, record=True, file=None, quiet=False)
    with console.capture() as captured:
        start.show_list(console)
    return captured.get().splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_the_list_has_every_benchmark(listed: list[str], name: str) -> None:
    assert name in {line.split(" ")[0] for line in listed}


def test_the_list_fits_into_eighty_columns(listed: list[str]) -> None:
    assert max(len(line.rstrip()) for line in listed) <= 80
    assert not any("…" in line for line in listed)


@pytest.mark.parametrize("name", ["fidelity", "html_parsers", "schedule"])
def test_a_benchmark_without_its_data_says_so_in_one_line(name: str, tmp_path: Path) -> None:
    output, status = start.run(without_data(name, tmp_path), short=False)
    assert output.startswith("Not run: no ")
    assert output.count("\n") == 1
    assert status == machine.NOT_RUN


def test_the_others_go_on_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    absent = [without_data(name, tmp_path) for name in ("schedule", "html_parsers")]
    monkeypatch.setattr(start, "BENCHMARKS", absent)
    assert start.main(["all"]) == 0
    assert capfd.readouterr().out.count("Not run: ") == 2


def test_a_benchmark_that_fails_is_named(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    wrong = Benchmark("html_parsers", "", "", "", full=("--no-such-option",))
    monkeypatch.setattr(start, "BENCHMARKS", [wrong])
    assert start.main(["all"]) == 1
    assert "html_parsers: failed" in capfd.readouterr().err


@pytest.mark.parametrize("given", [["nosuch"], ["diff", "--write"]])
def test_what_cannot_be_done_is_refused(given: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        start.main(given)


def test_a_peer_that_is_not_installed_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with ExitStack() as stack:
        assert enter(stack, "fundus") == "not installed"


def test_the_page_has_a_section_for_each_with_how_it_was_measured() -> None:
    benchmark = Benchmark("html_parsers", "", "", "")
    section = page.section(benchmark, "| a |\n\n")
    title, how, output = section.split("\n\n", 2)
    assert (
        title
        == "## `html_parsers`: What a page costs under each HTML library, beside lxml's bare parse"
    )
    assert how.startswith("Each reads the page")
    assert output == "| a |\n"


def test_the_page_says_when_where_and_in_which_run() -> None:
    written = page.written({Benchmark("diff", "", "", ""): "Not run: no data\n"}, 2.4, short=True)
    assert "all --write --short` (so all figures are rough), of 2 minutes" in written
    assert machine.description() in written
    assert "Not run: no data" in written


@pytest.mark.parametrize("name", NAMES)
def test_the_page_in_docs_names_every_benchmark(name: str) -> None:
    assert f"\n## `{name}`: " in start.PAGE.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_benchmark_is_a_module_that_says_what_it_measures(name: str) -> None:
    source = (machine.ROOT / "benchmarks" / f"{name}.py").read_text("utf-8")
    title, _, how = (ast.get_docstring(ast.parse(source)) or "").partition("\n\n")
    assert title.endswith(".")
    assert how
