"""``scrapy unfollow``: gives sources up."""

from __future__ import annotations

import argparse

from newsdiff_crawler.crawling.sources_file import FILE_NAME
from newsdiff_crawler.crawling.sources_loader import sources_loader
from newsdiff_crawler.crawling.sources_text import (
    CannotEditError,
    read_text,
    without_table,
    write_text,
)
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store.engine.locks import Locks
from newsdiff_crawler.terminal.following import note
from newsdiff_crawler.terminal.project_command import ProjectCommand


class Command(ProjectCommand):
    """Takes sources out of the data folder's sources.toml; what the record has of them stays."""

    def syntax(self) -> str:
        return "<name> [name ...]"

    def short_desc(self) -> str:
        return "Give sources up: nothing more is asked of them"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """All of them or none."""
        assert self.settings
        if not args:
            give_up("unfollow takes the names of sources", ExitStatus.NO_SENSE)
        loader = sources_loader(self.settings)
        listed = {*loader.followed, *loader.left_out}
        unknown = [name for name in args if name not in listed]
        if unknown:
            give_up(f"not followed: {', '.join(unknown)}")
        path = self.configuration.data / FILE_NAME
        try:
            with Locks(self.configuration.data).listing().wait():
                text = read_text(path)
                for name in dict.fromkeys(args):
                    text = without_table(text, name)
                write_text(path, text or "")
        except CannotEditError as error:
            give_up(f"{path}: {error}")
        note(self.settings, self.configuration.data)
        print(f"no longer followed: {', '.join(dict.fromkeys(args))}")
