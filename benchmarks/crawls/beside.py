"""Every case with the code of two checkouts, in turn: is one slower than the other?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

from benchmarks import tables
from benchmarks.crawls.publisher import Remote, Site

WORKER = Path(__file__).with_name("worker.py")
Took = tuple[float, float]  # milliseconds for each article: the other checkout's, ours


@dataclass(frozen=True)
class State:
    """What the publisher is set to before a case is run; see `Remote.set`."""

    edition: int
    restless: bool


class Checkout:
    """A checkout of this project that runs crawls with its own code, benchmark and all."""

    def __init__(self, root: Path, process: subprocess.Popen[str]) -> None:
        self._root, self._process = root, process
        self.cases = self._answer().split("\t")

    def milliseconds(self, case: str) -> float:
        """Of one crawl, for each article."""
        assert self._process.stdin
        print(case, file=self._process.stdin, flush=True)
        return float(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline().strip()
        if not line:
            sys.exit(f"The crawls of {self._root} ended.")
        return line


@contextmanager
def checkout(root: Path, site: Site, folder: Path) -> Iterator[Checkout]:
    """The one in ``root``; its records are kept in ``folder``."""
    folder.mkdir()
    given = [str(site.port), str(site.articles), str(folder)]
    command = [sys.executable, "-c", WORKER.read_text("utf-8"), *given]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, text=True) as process:
        yield Checkout(root, process)


def compare(
    roots: Sequence[Path], publisher: Remote, states: Mapping[str, State], folder: Path
) -> Generator[dict[str, Took]]:
    """Rounds without end: what each case took with the code of the two ``roots``.

    The two crawls of a case come one right after the other, and change places from case to
    case and from round to round. Cases that one of the two does not know are left out.
    """
    with ExitStack() as stack:
        publisher.set()
        checkouts = [
            stack.enter_context(checkout(root, publisher.site, folder / str(number)))
            for number, root in enumerate(roots)
        ]
        shared = [name for name in states if all(name in each.cases for each in checkouts)]
        for round_number in count():
            made: dict[str, Took] = {}
            for place, name in enumerate(shared):
                publisher.set(states[name].edition, states[name].restless)
                made[name] = _both(checkouts, name, (place + round_number) % 2 == 1)
            yield made


def _both(checkouts: Sequence[Checkout], case: str, turned: bool) -> Took:
    took = [each.milliseconds(case) for each in (checkouts[::-1] if turned else checkouts)]
    before, after = took[::-1] if turned else took
    return before, after


def rows(rounds: Sequence[Mapping[str, Took]], at_most: float) -> Iterator[str]:
    """Lines of a table in Markdown. Ratios are of the two crawls of one pair, ours to the
    other's: their median, the least and the greatest. Last, the ratio of the fastest crawls:
    whatever else the machine does only makes a crawl slower."""
    columns = ("check", "before, ms", "now, ms", "ratio", "least", "greatest", "fastest", "")
    yield from tables.head(columns)
    for case in rounds[0]:
        pairs = [made[case] for made in rounds]
        ratios = [now / before for before, now in pairs]
        before, now = zip(*pairs, strict=True)
        verdict = f"over {at_most}" if median(ratios) > at_most else ""
        spread = (median(ratios), min(ratios), max(ratios), min(now) / min(before))
        took = (f"{median(side):.2f}" for side in (before, now))
        cells = [*took, *(f"{ratio:.3f}" for ratio in spread)]
        yield tables.row((case, *cells, verdict))
