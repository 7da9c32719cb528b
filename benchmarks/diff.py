"""The diff, beside difflib, diff-match-patch and htmldiff2.

Times are milliseconds of processor time, the best of several runs, all in the same run; a peer
that needs more than five seconds for a pair is given up. The floor of a diff by words is to
split both texts into words (`re.findall`), which each of them has to do. *With summary* is what a
crawl does for a new version: counts, labels and a sentence too. Memory is by how much one run
makes a new process grow.

Quality is measured on pairs made from real articles with known edits, seeded
(`benchmarks/diff_pairs.py`): which sentence became which, how many characters are marked for each
that changed (1 is perfect; more makes a reader read more), and whether labels are right. The
hostile pairs are made to be slow (`benchmarks/diff_sizes.py`). On real changes, where
`../shared/revisions` is at hand, how many have a sentence, or eight words in a row, struck out in
one place and added word for word in another (`benchmarks/diff_moves.py`).
"""

from __future__ import annotations

import argparse
import difflib
import html
import importlib.util
import multiprocessing
import re
import signal
import time
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks import machine, tables
from benchmarks.diff_moves import real_moves
from benchmarks.diff_pairs import MANIFEST, KnownPair, known_pairs
from benchmarks.diff_sizes import hostile_pairs, long_pair
from benchmarks.labels import REVISIONS
from newsdiff_crawler.diff import compare, summarise_in_detail
from newsdiff_crawler.diff.sentences import compare_sentences
from newsdiff_crawler.items import Block

Version = Sequence[Block]
Versions = tuple[Version, Version]
Work = Callable[[Version, Version], object]
# Seconds that a peer has for one pair. By the wall clock: while a timer of processor time runs,
# Linux counts processor time in ticks of 4 ms.
PATIENCE = 5.0


def joined(version: Version) -> str:
    return "\n".join(block.text for block in version)


def with_summary(before: Version, after: Version) -> object:
    return summarise_in_detail(compare(before, after))


def split(before: Version, after: Version) -> object:
    """The floor."""
    return [re.findall(r"\w+|\W", joined(version)) for version in (before, after)]


def by_difflib(before: Version, after: Version) -> list[tuple[str, str]]:
    """Words and what is between them, as most scripts use it."""
    a, b = re.findall(r"\w+|\W", joined(before)), re.findall(r"\w+|\W", joined(after))
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    codes = matcher.get_opcodes()
    return [("".join(a[i:k]), "".join(b[j:m])) for tag, i, k, j, m in codes if tag != "equal"]


def by_diff_match_patch(before: Version, after: Version) -> list[tuple[str, str]]:
    import diff_match_patch

    engine = diff_match_patch.diff_match_patch()
    engine.Diff_Timeout = 0
    edits = engine.diff_main(joined(before), joined(after))
    engine.diff_cleanupSemantic(edits)
    return [(text, "") for operation, text in edits if operation]


def by_htmldiff2(before: Version, after: Version) -> list[tuple[str, str]]:
    import htmldiff2

    pages = ("".join(f"<p>{html.escape(b.text)}</p>" for b in v) for v in (before, after))
    page = htmldiff2.render_html_diff(*pages)
    marked = re.findall(r"<(?:ins|del)\b[^>]*>(.*?)</(?:ins|del)>", page, re.DOTALL)
    return [(html.unescape(re.sub(r"<[^>]*>", "", text)), "") for text in marked]


MODULES = {
    "difflib": "difflib",
    "diff-match-patch": "diff_match_patch",
    "htmldiff2": "htmldiff2",
}
ABSENT = {name for name, module in MODULES.items() if not importlib.util.find_spec(module)}
PEERS: dict[str, Callable[[Version, Version], list[tuple[str, str]]]] = {
    "difflib": by_difflib,
    "diff-match-patch": by_diff_match_patch,
    "htmldiff2": by_htmldiff2,
}


OURS: tuple[Work, ...] = (split, compare, with_summary)


def milliseconds(work: Work, pairs: Sequence[Versions], runs: int) -> float:
    """The best of several runs on each pair, their mean."""
    best = dict.fromkeys(range(len(pairs)), float("inf"))
    for _ in range(runs):
        for n, (before, after) in enumerate(pairs):
            start = time.process_time()
            work(before, after)
            best[n] = min(best[n], time.process_time() - start)
    return sum(best.values()) / len(best) * 1000


def megabytes(before: Version, after: Version) -> float:
    """By how much one run makes a new process grow, C libraries included."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    spawn = multiprocessing.get_context("spawn")
    child = spawn.Process(target=_grow, args=(before, after, sender))
    child.start()
    grown = receiver.recv()
    child.join()
    return int(grown) / 1024


def _grow(before: Version, after: Version, sender: Connection) -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts anew
    start = _kilobytes("VmRSS")
    with_summary(before, after)
    sender.send(_kilobytes("VmHWM") - start)


def _kilobytes(name: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name))


def in_time(name: str, pairs: Sequence[Versions], runs: int) -> str:
    """A peer's milliseconds, or why there are none."""

    def give_up(*_: object) -> None:
        raise TimeoutError

    if name in ABSENT:
        return "not installed"
    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE * len(pairs) * runs)
    try:
        return f"{milliseconds(PEERS[name], pairs, runs):.2f}"
    except TimeoutError:
        return f">{PATIENCE * 1000:.0f}"
    except RecursionError:
        return "recursion"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def show_speed(pairs: Mapping[str, Sequence[Versions]], peers: bool) -> None:
    """A table, a line for each kind of pair."""
    names = tuple(PEERS) if peers else ()
    print()
    columns = ("pair", "split", "compare", "with summary", *names, "MB")
    print(*tables.head(columns), sep="\n")
    for kind, alike in pairs.items():
        small = sum(len(block.text) for block in alike[0][0]) <= 10_000
        ours = (milliseconds(work, alike, 20 if small else 3) for work in OURS)
        theirs = (in_time(name, alike, 3 if small else 1) for name in names)
        cells = [*(f"{took:.2f}" for took in ours), *theirs, f"{megabytes(*alike[0]):.0f}"]
        print(tables.row((kind, *cells)), flush=True)


@dataclass
class Tally:
    """Right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, given: Set[object], true: Set[object]) -> None:
        self.right += len(given & true)
        self.wrong += len(given - true)
        self.missed += len(true - given)

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}"


def show_sentences(pairs: Sequence[KnownPair]) -> None:
    every, touched = Tally(), Tally()
    for pair in pairs:
        edits = compare_sentences(pair.before, pair.after).edits
        edges = {(i, j) for edit in edits for i in edit.before for j in edit.after}
        every.add(edges, pair.edges)
        touched.add(edges - pair.plain, pair.edges - pair.plain)
    print(f"- Sentence pairs, all: {every}.")
    print(f"- Sentence pairs, edited or moved ones only: {touched}.")


def marked_by_us(before: Version, after: Version) -> int:
    sides = [side for row in compare(before, after).rows for side in row.before + row.after]
    return sum(len(s.text) for side in sides for s in side.spans if s.mark != "same")


def marked_by(name: str, pair: KnownPair) -> int:
    """Characters that a peer marks."""
    return sum(len(old) + len(new) for old, new in PEERS[name](pair.before, pair.after))


def show_marks(pairs: Sequence[KnownPair]) -> None:
    changed = sum(pair.changed for pair in pairs)
    marked = {"ours": sum(marked_by_us(pair.before, pair.after) for pair in pairs)}
    for name in PEERS:
        if name not in ABSENT:
            marked[name] = sum(marked_by(name, pair) for pair in pairs)
    shares = ", ".join(f"{name} {count / changed:.3f}" for name, count in marked.items())
    print(f"- Characters marked for each changed: {shares}.")


def show_labels(pairs: Sequence[KnownPair]) -> None:
    tallies: dict[str, Tally] = {}
    due = Tally()
    for pair in pairs:
        summary = summarise_in_detail(compare(pair.before, pair.after))
        names = {str(label.name) for label in summary.labels}
        due.missed += len(pair.due - names)
        due.right += len(pair.due & names)
        for name in names:
            tally = tallies.setdefault(name, Tally())
            tally.right += name in pair.labels
            tally.wrong += name not in pair.labels
    right = sum(tally.right for tally in tallies.values())
    given = right + sum(tally.wrong for tally in tallies.values())
    each = ", ".join(f"{name} {t.right}/{t.right + t.wrong}" for name, t in tallies.items())
    print(f"- Labels: precision {right / given:.3f} of {given}; {each}.")
    print(f"- Labels that were due and given: {due.right} of {due.right + due.missed}.")


def show_moves() -> None:
    for language, moves in real_moves(REVISIONS).items():
        sentences, runs = (each / moves.changes for each in (moves.sentences, moves.runs))
        print(
            f"- Of {moves.changes} {language} changes, sentences struck out and added word for"
            f" word: {sentences:.1%}; eight words in a row: {runs:.1%}."
        )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[3_000, 10_000, 50_000, 200_000])
    parser.add_argument("--pairs", type=int, default=300, help="pairs with known edits")
    parser.add_argument("--no-peers", dest="peers", action="store_false")
    parser.add_argument(
        "--hostile", type=int, nargs="*", metavar="SIZE", help="of hostile pairs; as --sizes"
    )
    return parser.parse_args()


def main() -> None:
    given = arguments()
    machine.need_file(MANIFEST)
    if given.pairs:
        pairs = list(known_pairs(given.pairs))
        show_sentences(pairs)
        show_labels(pairs)
        show_marks(pairs[:100])
        if REVISIONS.exists():
            show_moves()
    edited = {
        f"{size:,} characters, edited as newsrooms do": [long_pair(size, seed) for seed in range(8)]
        for size in given.sizes
    }
    with machine.one_processor():
        show_speed(edited, given.peers)
        for size in given.sizes if given.hostile is None else given.hostile:
            hostile = hostile_pairs(size).items()
            named = {f"{size:,}, hostile: {name}": [pair] for name, pair in hostile}
            show_speed(named, given.peers)


if __name__ == "__main__":
    main()
