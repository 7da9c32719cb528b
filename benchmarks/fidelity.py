"""How truly pages are read, and at what cost, beside other libraries.

Over a folder of pages with known text: headlines right, paragraph precision, recall and F1
(how paragraphs are matched: `benchmarks/extraction/scores.py`), false versions when all but the
story is changed, missed edits when a paragraph is (`benchmarks/extraction/changes.py`), articles
captured twice that give the same words, and processor time, the fastest of three runs. Into every
fourth page boxes of the site are put between two paragraphs, a kind at a time, which no reader may
take for text, and additions of the newsroom, which each must notice
(`benchmarks/extraction/boxes.json`). Of the WCXB benchmark's articles: F1 by words. Libraries
read the same pages in the same run, each in a process of its own. *ours* is the publisher's own
parser where there is one, else the generic one. Figures are means over pages of type article,
without those that `benchmarks/fidelity_exceptions.json` lists because their known text is wrong.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import track

from benchmarks import machine
from benchmarks.extraction import corpus, plays, readers, report, words
from benchmarks.extraction.measure import PageResult, PairResult, compare_pairs, measure

# Our generic parser on pages that have their own is only of interest when asked for.
DEFAULT = [name for name in readers.READERS if name != "generic"]


def main() -> None:
    args = arguments()
    machine.need_file(args.folder / "manifest.jsonl")
    everything = corpus.samples(args.folder)
    chosen = [sample for sample in everything if sample.scored and wanted(sample, args)]
    by_id = {sample.id: sample for sample in everything}
    tried = [
        pair for pair in corpus.pairs(args.folder) if pair.unchanged and wanted(by_id[pair.a], args)
    ]
    console = Console(stderr=True)
    pages = track(chosen[:: args.every], "pages", console=console, transient=True)
    with (
        machine.one_processor(),
        readers.opened(args.readers, not args.installed) as (opened, absent),
    ):
        results = [result for page in pages for result in measure(page, opened, args.seed)]
        pairs = list(compare_pairs(tried[:: args.every], by_id, opened))
        played = [
            result
            for page in chosen[:: args.every * args.plays_every]
            for result in plays.play(page, opened, args.seed)
        ]
        read = [result for page, text in wcxb(args) for result in words.measure(page, text, opened)]
    show(results, pairs, absent, args)
    print(*plays.by_reader(played), sep="\n")
    if read:
        print(f"Articles of WCXB, by words:\n\n{words.by_reader(read)}\n")
    if args.json:
        args.json.write_text(
            json.dumps(as_json(results, pairs, played, read), indent=1, ensure_ascii=False)
        )


def wcxb(args: argparse.Namespace) -> list[tuple[corpus.Sample, str]]:
    """The articles that all readers read alike; none where they are not there, or not wanted."""
    is_wanted = not args.publisher and args.sources in ("all", "other")
    if not (is_wanted and (args.wcxb / "manifest.jsonl").exists()):
        return []
    return list(words.pages(args.wcxb))[:: args.every]


def show(
    results: Sequence[PageResult],
    pairs: Sequence[PairResult],
    absent: Sequence[str],
    args: argparse.Namespace,
) -> None:
    exceptions = json.loads(args.exceptions.read_text("utf-8"))
    print(*report.by_reader(results, exceptions), sep="\n")
    print(report.pairs_by_reader(pairs))
    if args.sources == "named":
        print(report.of_named(results, exceptions))
    print(report.LEGEND)
    if absent:
        print(f"\nNot measured: {'; '.join(absent)}")
    if args.pages:
        print(f"\n{report.by_parser(results, exceptions)}")
        print("Pages of ours that are not right:")
        print(*report.pages_not_right(results, exceptions), sep="\n")
        print(*report.pairs_not_the_same(pairs), sep="\n")


def wanted(sample: corpus.Sample, args: argparse.Namespace) -> bool:
    if args.publisher:
        return sample.publisher in args.publisher
    is_own = bool(readers.own_parsers(sample))
    if args.sources == "named":
        return readers.is_named(sample)
    return {"all": True, "own": is_own, "other": not is_own}[args.sources]


def as_json(
    results: Sequence[PageResult],
    pairs: Sequence[PairResult],
    played: Sequence[plays.PlayResult],
    read: Sequence[words.WordsResult],
) -> dict[str, object]:
    return {
        "pages": [asdict(result) for result in results],
        "pairs": [asdict(result) for result in pairs],
        "plays": [asdict(result) for result in played],
        "wcxb": [asdict(result) for result in read],
    }


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=machine.CORPUS,
        help="with manifest.jsonl, pairs.jsonl and pages/; %(default)s",
    )
    parser.add_argument("--publisher", nargs="+", help="only pages of these publishers")
    parser.add_argument("--sources", choices=("all", "own", "other", "named"), default="all")
    parser.add_argument(
        "--readers",
        nargs="+",
        choices=readers.READERS,
        default=DEFAULT,
        help="default: all but generic",
    )
    parser.add_argument("--seed", default="1", help="of the changes made to pages")
    parser.add_argument(
        "--exceptions", type=Path, default=Path(__file__).with_name("fidelity_exceptions.json")
    )
    parser.add_argument(
        "--wcxb", type=Path, default=machine.WCXB, help="folder of WCXB's articles; %(default)s"
    )
    parser.add_argument(
        "--plays-every", type=int, default=4, help="boxes and additions on each nth page only"
    )
    parser.add_argument("--every", type=int, default=1, help="only each nth page")
    parser.add_argument(
        "--installed", action="store_true", help="install no library: only those that are there"
    )
    parser.add_argument(
        "--no-pages", dest="pages", action="store_false", help="do not list what is not right"
    )
    parser.add_argument("--json", type=Path, help="write every figure there, too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
