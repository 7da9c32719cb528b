"""``scrapy genspider``, Scrapy's own, which makes a source unless another template is named."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.commands.genspider import Command as ScrapyGenspider

TEMPLATE = Path(__file__).parents[1] / "templates" / "source.tmpl"


class Command(ScrapyGenspider):
    """Called with a name and the address of a feed, it makes a source that runs."""

    def short_desc(self) -> str:
        return "Make a source from the address of a feed"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.set_defaults(template=str(TEMPLATE))
