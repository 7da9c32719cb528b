"""What all our commands share.

Not in ``commands``: Scrapy takes every command class in there for a command.
"""

from __future__ import annotations

import argparse
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand

from newsdiff_crawler.configuration import Configuration, configured
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.engine.errors import no_record
from newsdiff_crawler.store.engine.opening import is_made
from newsdiff_crawler.store.trouble import Limits
from newsdiff_crawler.terminal.standard_output import Printing


class ProjectCommand(Printing, ScrapyCommand):
    """A command of this project: its settings are checked before it begins, and it logs nothing
    unless asked to."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Ends the program with one line where a setting makes no sense."""
        super().process_options(args, opts)
        _ = self.configuration

    @cached_property
    def configuration(self) -> Configuration:
        """What is set, once the command line was read."""
        assert self.settings is not None
        return configured(self.settings)

    @property
    def limits(self) -> Limits:
        """From where on all is no longer well."""
        return Limits(self.configuration.late_hours, self.configuration.unwell_percent)

    def need_record(self) -> None:
        """Ends the program with one line where there is no record yet."""
        if not is_made(self.configuration.data):
            give_up(no_record(self.configuration.data), ExitStatus.NO_RECORD)

    @property
    def database(self) -> Path:
        """The record's file."""
        return self.configuration.data / DATABASE_NAME
