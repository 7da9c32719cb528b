"""Lists the benchmarks, runs them, and writes docs/performance.md."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks import machine, page
from benchmarks.registry import BENCHMARKS, BY_NAME, Benchmark

PAGE = machine.ROOT / "docs" / "performance.md"


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Without names: lists the benchmarks. Each has more options of its own: "
        "python -m benchmarks.NAME --help",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which to run, or: all")
    parser.add_argument(
        "--short",
        action="store_true",
        help="on little data, all in some two minutes: to see that they run; figures are rough",
    )
    parser.add_argument("--write", action="store_true", help="write docs/performance.md; with all")
    args = parser.parse_args(given)
    unknown = [name for name in args.names if name not in BY_NAME and name != "all"]
    if unknown:
        parser.error(f"no benchmark is called {unknown[0]}; there are: {', '.join(BY_NAME)}")
    if args.write and args.names != ["all"]:
        parser.error("--write: the page is of one run of all: python -m benchmarks all --write")
    return args


def main(given: Sequence[str] | None = None) -> int:
    """The exit status: 1 where a benchmark failed, or a figure is over its bound in a run that
    is long enough to say so."""
    args = arguments(given)
    if not args.names:
        show_list(Console())
        return 0
    began = time.monotonic()
    chosen = BENCHMARKS if "all" in args.names else [BY_NAME[name] for name in args.names]
    ended = {benchmark: run(benchmark, args.short) for benchmark in chosen}
    if args.write:
        outputs = {benchmark: output for benchmark, (output, _) in ended.items()}
        minutes = (time.monotonic() - began) / 60
        PAGE.write_text(page.written(outputs, minutes, args.short), "utf-8")
    fine = {0, machine.NOT_RUN} | ({machine.OVER_BOUND} if args.short else set())
    failed = [benchmark.name for benchmark, (_, status) in ended.items() if status not in fine]
    for name in failed:
        print(f"{name}: failed, or over a bound; see above", file=sys.stderr)
    return 1 if failed else 0


def show_list(console: Console) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("name", no_wrap=True)
    table.add_column("measures")
    table.add_column("takes", no_wrap=True)
    table.add_column("needs")
    for benchmark in BENCHMARKS:
        table.add_row(benchmark.name, benchmark.measures, benchmark.takes, benchmark.needs)
    console.print(table)
    console.print("python -m benchmarks NAME... or all; --short: in two minutes; --help")


def run(benchmark: Benchmark, short: bool) -> tuple[str, int]:
    """What one printed, which is shown as it comes, and its exit status."""
    print(f"\n## {benchmark.name}\n", flush=True)
    options = benchmark.short if short else benchmark.full
    command = [sys.executable, "-m", f"benchmarks.{benchmark.name}", *options]
    lines = []
    with subprocess.Popen(command, cwd=machine.ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    return "".join(lines), process.returncode


if __name__ == "__main__":
    sys.exit(main())
