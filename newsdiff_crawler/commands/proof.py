"""``scrapy proof``: one file that proves what an article said, without the record."""

from __future__ import annotations

import argparse
from pathlib import Path

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store.reading.records import ArticleFacts, Records
from newsdiff_crawler.store.reading.steps import newest_step
from newsdiff_crawler.terminal.record_command import ReadingCommand
from newsdiff_crawler.times import utc_now


class Command(ReadingCommand):
    """Writes the two sides of a change, or one version, as a WACZ file."""

    def syntax(self) -> str:
        return "[options] <url> [<version> [<version>]]"

    def short_desc(self) -> str:
        return "Write a file that proves what an article said"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--output",
            "-o",
            metavar="FILE",
            type=Path,
            default=Path("proof.wacz"),
            help="proof.wacz if not given",
        )

    def show(
        self, records: Records, article: ArticleFacts, args: list[str], opts: argparse.Namespace
    ) -> None:
        from newsdiff_crawler.exporting.whole_files import whole_file
        from newsdiff_crawler.proof.gathering import Gathering, NoProofError
        from newsdiff_crawler.proof.signing import KeyFileError, Signer

        numbers = _numbers(records, article, args)
        data = self.configuration.data
        try:
            gathering = Gathering(records, data, Signer(data))
            bundle = gathering.bundle(article, numbers, self.configuration.now or utc_now())
        except (NoProofError, KeyFileError) as error:
            give_up(error)
        try:
            with whole_file(opts.output) as sink:
                sink.write(bundle)
        except OSError as error:
            give_up(f"{opts.output}: {error.strerror or error}")
        print(f"{opts.output}: {len(bundle)} bytes; scrapy verify {opts.output} checks it")


def _numbers(records: Records, article: ArticleFacts, args: list[str]) -> list[int]:
    """The last change, where no version is named; the only version, where there was none."""
    if not args:
        return [*(newest_step(records.last_versions(article.id)) or (article.version_count,))]
    if len(args) > 2 or not all(arg.isdecimal() for arg in args):
        give_up("expected a URL and one or two version numbers", ExitStatus.NO_SENSE)
    return sorted({int(arg) for arg in args})
