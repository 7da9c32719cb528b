"""The labels of real changes, beside those that readers gave them.

The changes are kept as ids (`benchmarks/labelled`); their texts are in `../shared/revisions`. What
a label means is in `benchmarks/labelled/rules.md`. Two readers labelled all changes of
`changes.json`, each alone; where they differed over `altered`, `figures` or `quotes`, a third
decided. The rules of the product were written with these at hand, so they prove little. Those of
`held_out.json` were labelled by a reader who had not seen what the product says of them; those of
its fifth sample for the labels named under `judged` only.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import machine, tables
from newsdiff_crawler.diff import Label, compare, summarise
from newsdiff_crawler.diff.same_name import is_respelling
from newsdiff_crawler.items import Block
from newsdiff_crawler.text import normalise

SAMPLE = Path(__file__).parent / "labelled" / "changes.json"
HELD_OUT = SAMPLE.with_name("held_out.json")
REVISIONS = Path(__file__).parents[2] / "shared" / "revisions"
ENGLISH, SWEDISH = "newsedits-pairs.jsonl", "texts.jsonl.xz"
EXCHANGES = ("figures", "names", "quotes")
LONGEST_BYLINE = 5  # words


@dataclass(frozen=True)
class Labelled:
    """A change: the labels that the product gives it, those that readers agree on, and those that
    they do not."""

    given: Set[str]
    true: Set[str]
    disputed: Set[str] = frozenset()


def paragraphs(lines: Iterable[str]) -> list[Block]:
    return [Block("paragraph", text) for line in lines if (text := normalise(line))]


def swedish(text: str) -> list[Block]:
    """Headline, byline where there is one, body; with empty lines between them or none."""
    headline, *rest = [line for each in text.split("\n") if (line := normalise(each))]
    named = [Block("headline", headline)]
    if rest and is_byline(rest[0]):
        named.append(Block("byline", rest.pop(0)))
    return named + paragraphs(rest)


def is_byline(line: str) -> bool:
    return len(line.split()) <= LONGEST_BYLINE and line[-1] not in ".?!:"


def versions(change: Mapping[str, Any], articles: Sequence[Any]) -> list[list[Block]]:
    article = articles[change["article"]]
    if change["file"] == ENGLISH:
        return [paragraphs(article[name].split("\n")) for name in ("TextA", "TextB")]
    return [swedish(article["versions"][n]["text"]) for n in change["versions"]]


def read(folder: Path) -> dict[str, list[Any]]:
    """The articles of each file."""
    english = (folder / ENGLISH).read_text(encoding="utf-8").splitlines()
    with lzma.open(folder / SWEDISH, "rt", encoding="utf-8") as lines:
        return {ENGLISH: [*map(json.loads, english)], SWEDISH: [*map(json.loads, lines)]}


def labelled(changes: Sequence[Mapping[str, Any]], folder: Path) -> Iterator[Labelled]:
    articles = read(folder)
    for change in changes:
        before, after = versions(change, articles[change["file"]])
        labels = summarise(compare(before, after)).labels
        given = {str(label.name) for label in labels if is_given(label)}
        given &= set(change.get("judged", given))
        yield Labelled(given, set(change["labels"]), set(change.get("disputed", ())))


def is_given(label: Label) -> bool:
    """Whether readers, who label what gave way to something else, would see a label: not where a
    name or a quotation only came or went, nor where a name is only spelt otherwise."""
    if label.name not in EXCHANGES:
        return True
    pairs = [(each.before, each.after) for each in label.evidence if each.before and each.after]
    return any(label.name != "names" or not is_respelling(*pair) for pair in pairs)


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def rows(changes: Sequence[Labelled]) -> list[tuple[str, ...]]:
    """Of each label: the share of all changes that have it, precision and recall, without the
    changes on which its readers differ."""
    given = Counter(name for change in changes for name in change.given - change.disputed)
    true = Counter(name for change in changes for name in change.true)
    right = Counter(name for change in changes for name in change.given & change.true)
    every = Counter(name for change in changes for name in change.given)
    return [
        (
            name,
            share(every[name], len(changes)),
            share(right[name], given[name]),
            share(right[name], true[name]),
        )
        for name in sorted(every | true)
    ]


def samples() -> dict[str, list[Mapping[str, Any]]]:
    """By name, the changes that the rules were written with, and those held out."""
    changes = json.loads(SAMPLE.read_text(encoding="utf-8"))["changes"]
    by_name = {"Known": changes}
    for change in json.loads(HELD_OUT.read_text(encoding="utf-8"))["changes"]:
        by_name.setdefault(f"Held out, {change['sample']} sample", []).append(change)
    return by_name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revisions", type=Path, nargs="?", default=REVISIONS)
    folder = parser.parse_args().revisions
    for name in (ENGLISH, SWEDISH):
        machine.need_file(folder / name)
    for name, sample in samples().items():
        changes = list(labelled(sample, folder))
        print(f"\n{name}: {len(changes)} changes.\n")
        print(tables.table(("label", "share", "precision", "recall"), rows(changes)))


if __name__ == "__main__":
    main()
