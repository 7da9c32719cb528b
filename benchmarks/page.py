"""docs/performance.md, from what the benchmarks printed in one run."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from string import Template

from benchmarks import machine
from benchmarks.registry import Benchmark

TEMPLATE = Path(__file__).with_name("performance.md")


def written(outputs: Mapping[Benchmark, str], minutes: float, short: bool) -> str:
    """The page. ``outputs`` are Markdown, or one line that says why there are no figures."""
    command = "python -m benchmarks all --write"
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        command=f"{command} --short` (so all figures are rough)" if short else f"{command}`",
        minutes=f"{minutes:.0f}",
        date=f"{datetime.now(timezone.utc):%d %B %Y}".lstrip("0"),
        machine=machine.description(),
        sections="\n".join(section(name, output) for name, output in outputs.items()),
    )


def section(benchmark: Benchmark, output: str) -> str:
    """Of one benchmark. The docstring of its module says how the figures come about."""
    file = machine.ROOT / "benchmarks" / f"{benchmark.name}.py"
    docstring = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    title, _, how = docstring.partition("\n")
    return f"## `{benchmark.name}`: {title.rstrip('.')}\n{how}\n\n{output.strip()}\n"
