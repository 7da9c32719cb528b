"""The diff beside difflib, diff-match-patch and htmldiff2: `python -m benchmarks.diff`.

Time is processor time, the best of several runs, all in the same run. Quality is measured on
pairs made from the articles in ../shared/corpus with known edits (`benchmarks/diff_pairs.py`),
seeded.
"""

from __future__ import annotations

import argparse
import difflib
import html
import multiprocessing
import re
import signal
import time
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import diff_match_patch
import htmldiff2

from benchmarks.diff_pairs import Pair, known_pairs
from benchmarks.diff_sizes import hostile_pairs, long_pair
from newsdiff_crawler.diff import compare, summarise_in_detail
from newsdiff_crawler.diff.sentences import compare_sentences
from newsdiff_crawler.items import Block

Version = Sequence[Block]
Versions = tuple[Version, Version]
Work = Callable[[Version, Version], object]
PATIENCE = 5.0  # seconds that a peer has for one pair


def joined(version: Version) -> str:
    return "\n".join(block.text for block in version)


def with_summary(before: Version, after: Version) -> object:
    return summarise_in_detail(compare(before, after))


def by_difflib(before: Version, after: Version) -> list[tuple[str, str]]:
    """Words and what is between them, as most scripts use it."""
    a, b = re.findall(r"\w+|\W", joined(before)), re.findall(r"\w+|\W", joined(after))
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    codes = matcher.get_opcodes()
    return [("".join(a[i:k]), "".join(b[j:m])) for tag, i, k, j, m in codes if tag != "equal"]


def by_diff_match_patch(before: Version, after: Version) -> list[tuple[str, str]]:
    engine = diff_match_patch.diff_match_patch()
    engine.Diff_Timeout = 0
    found = engine.diff_main(joined(before), joined(after))
    engine.diff_cleanupSemantic(found)
    return [(text, "") for operation, text in found if operation]


def by_htmldiff2(before: Version, after: Version) -> list[tuple[str, str]]:
    pages = ("".join(f"<p>{html.escape(b.text)}</p>" for b in v) for v in (before, after))
    page = htmldiff2.render_html_diff(*pages)
    marked = re.findall(r"<(?:ins|del)\b[^>]*>(.*?)</(?:ins|del)>", page, re.DOTALL)
    return [(html.unescape(re.sub(r"<[^>]*>", "", text)), "") for text in marked]


PEERS: dict[str, Callable[[Version, Version], list[tuple[str, str]]]] = {
    "difflib": by_difflib,
    "diff-match-patch": by_diff_match_patch,
    "htmldiff2": by_htmldiff2,
}


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


def in_time(work: Work, pairs: Sequence[Versions]) -> str:
    """Milliseconds, or how long one waited in vain."""

    def give_up(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        return f"{milliseconds(work, pairs, 1):.2f}"
    except TimeoutError:
        return f">{PATIENCE * 1000:.0f}"
    except RecursionError:
        return "recursion"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def show_speed(sizes: Sequence[int], peers: bool) -> None:
    names = PEERS if peers else ()
    print("| pair | characters | compare ms | with summary ms | MB |", *names, sep=" | ")
    for size in sizes:
        edited = [long_pair(size, seed) for seed in range(8)]
        hostile = {name: [pair] for name, pair in hostile_pairs(size).items()}
        for name, pairs in {"edited as newsrooms do": edited, **hostile}.items():
            runs = 20 if size <= 10_000 else 3
            cells = [
                f"{milliseconds(compare, pairs, runs):.2f}",
                f"{milliseconds(with_summary, pairs, runs):.2f}",
                f"{megabytes(*pairs[0]):.0f}",
                *(in_time(PEERS[name], pairs) for name in names),
            ]
            print(name, size, *cells, sep=" | ", flush=True)


@dataclass
class Tally:
    """Right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: Set[object], true: Set[object]) -> None:
        self.right += len(found & true)
        self.wrong += len(found - true)
        self.missed += len(true - found)

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}"


def show_sentences(pairs: Sequence[Pair]) -> None:
    every, touched = Tally(), Tally()
    for pair in pairs:
        edits = compare_sentences(pair.before, pair.after).edits
        found = {(i, j) for edit in edits for i in edit.before for j in edit.after}
        every.add(found, pair.edges)
        touched.add(found - pair.plain, pair.edges - pair.plain)
    print(f"sentence pairs, all: {every}")
    print(f"sentence pairs, edited or moved ones only: {touched}")


def marked_by_us(before: Version, after: Version) -> int:
    sides = [side for row in compare(before, after).rows for side in row.before + row.after]
    return sum(len(s.text) for side in sides for s in side.spans if s.mark != "same")


def show_marks(pairs: Sequence[Pair]) -> None:
    changed = sum(pair.changed for pair in pairs)
    marked = sum(marked_by_us(pair.before, pair.after) for pair in pairs)
    print(f"characters marked for each changed: ours {marked / changed:.3f}", end="")
    for name, peer in PEERS.items():
        found = (peer(pair.before, pair.after) for pair in pairs)
        marked = sum(len(old) + len(new) for codes in found for old, new in codes)
        print(f", {name} {marked / changed:.3f}", end="", flush=True)
    print()


def show_labels(pairs: Sequence[Pair]) -> None:
    tallies: dict[str, Tally] = {}
    due = Tally()
    for pair in pairs:
        found = {
            str(label.name)
            for label in summarise_in_detail(compare(pair.before, pair.after)).labels
        }
        due.missed += len(pair.due - found)
        due.right += len(pair.due & found)
        for name in found:
            tally = tallies.setdefault(name, Tally())
            tally.right += name in pair.labels
            tally.wrong += name not in pair.labels
    right = sum(tally.right for tally in tallies.values())
    wrong = sum(tally.wrong for tally in tallies.values())
    print(f"labels: precision {right / (right + wrong):.3f} of {right + wrong}", end="; ")
    print(", ".join(f"{name} {t.right}/{t.right + t.wrong}" for name, t in tallies.items()))
    print(f"labels that were due and given: {due.right} of {due.right + due.missed}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[3_000, 10_000, 50_000, 200_000])
    parser.add_argument("--pairs", type=int, default=300, help="pairs with known edits")
    parser.add_argument("--no-peers", dest="peers", action="store_false")
    options = parser.parse_args()
    if options.pairs:
        pairs = list(known_pairs(options.pairs))
        show_sentences(pairs)
        show_labels(pairs)
        show_marks(pairs[:100])
    show_speed(options.sizes, options.peers)


if __name__ == "__main__":
    main()
