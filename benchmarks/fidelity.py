"""How truly pages are read: `python benchmarks/fidelity.py ../shared/corpus`.

Over a folder of pages with known text: headlines right, paragraph precision, recall and F1
(how paragraphs are matched: `extraction/scores.py`), false versions when all but the story is
changed, missed edits when a paragraph is (`extraction/changes.py`), recaptures of unchanged
articles that give the same words, and CPU per page; by publisher and by parser, beside other
libraries on the same pages in the same run. A page is read by its publisher's own parsers
where there are some, else by the generic one. Figures are means over pages of type article,
without those that `fidelity_exceptions.json` lists because their known text is wrong.

The libraries: `pip install --no-deps -r benchmarks/requirements.txt`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import track

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # `python benchmarks/fidelity.py` puts only its own folder there

from benchmarks.extraction import corpus, report  # noqa: E402
from benchmarks.extraction.measure import Result, measure, same_words  # noqa: E402
from benchmarks.extraction.readers import MODULES, READERS, own_parsers  # noqa: E402

# Our generic parser on pages that have their own is only of interest when asked for.
DEFAULT = [name for name in READERS if name != "generic"]


def main() -> None:
    args = arguments()
    check_installed(args.readers)
    everything = corpus.samples(args.folder)
    chosen = [sample for sample in everything if sample.scored and wanted(sample, args)]
    results = [
        result
        for sample in track(chosen, "pages", console=Console(stderr=True), transient=True)
        for result in measure(sample, args.readers, args.seed)
    ]
    exceptions = json.loads(args.exceptions.read_text("utf-8"))
    by_id = {sample.id: sample for sample in everything}
    pairs = [
        (pair, reader, same_words(pair, by_id, reader))
        for pair in corpus.pairs(args.folder)
        if pair.unchanged and wanted(by_id[pair.a], args)
        for reader in args.readers
    ]
    report.show(results, pairs, exceptions, Console(width=None if sys.stdout.isatty() else 150))
    if args.json:
        args.json.write_text(json.dumps(as_json(results, pairs), indent=1, ensure_ascii=False))


def wanted(sample: corpus.Sample, args: argparse.Namespace) -> bool:
    if args.publisher:
        return sample.publisher in args.publisher
    is_own = bool(own_parsers(sample))
    return {"all": True, "own": is_own, "other": not is_own}[args.sources]


def check_installed(readers: list[str]) -> None:
    """Ends the program where a library that is to be measured is not installed."""
    absent = [name for name in readers if not importlib.util.find_spec(MODULES.get(name, name))]
    if absent:
        sys.exit(
            f"Not installed: {', '.join(absent)}. Leave them out with --readers, or:\n"
            "pip install --no-deps -r benchmarks/requirements.txt"
        )


def as_json(results: list[Result], pairs: report.Pairs) -> dict[str, object]:
    return {
        "pages": [asdict(result) for result in results],
        "pairs": [{**asdict(pair), "reader": reader, "why": why} for pair, reader, why in pairs],
    }


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="with manifest.jsonl, pairs.jsonl and pages/")
    parser.add_argument("--publisher", nargs="+", help="only pages of these publishers")
    parser.add_argument("--sources", choices=("all", "own", "other"), default="all")
    parser.add_argument(
        "--readers",
        nargs="+",
        choices=READERS,
        default=DEFAULT,
        help="default: all but generic",
    )
    parser.add_argument("--seed", default="1", help="of the changes made to pages")
    parser.add_argument(
        "--exceptions", type=Path, default=Path(__file__).with_name("fidelity_exceptions.json")
    )
    parser.add_argument("--json", type=Path, help="write every figure there, too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
