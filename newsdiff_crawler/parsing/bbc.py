"""The BBC's pages. Class names are build hashes: nothing here may select by them."""

from __future__ import annotations

import re

from newsdiff_crawler.items import Block
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser

# Read out by screen readers only, and glued to the caption.
_CAPTION_LABEL = re.compile(r"^(?:image|media) caption[,:]?\s*", re.IGNORECASE)
_FORM_NOTICE = re.compile(r"^If you are reading this page and can't see the form\b")


class BBC2020(Parser):
    """bbc.co.uk from 2020: ``data-component`` blocks beside a ``__INITIAL_DATA__`` state."""

    name = "bbc/2020"
    layout = "article h1#main-heading"
    zone = "Europe/London"
    title = "#main-heading"
    body = "article"
    # What is no block is furniture (topics, advertisements, most read), and so are these blocks.
    drop = (
        'header, [data-component]:not([data-component$="-block"]), [data-testid="promo"],'
        ' [data-component="headline-block"], [data-component="byline-block"],'
        ' [data-component="metadata-block"], [data-component="links-block"],'
        ' [data-component="tag-list-block"]'
    )

    def read_body(self, page: Page) -> list[Block]:
        return [
            Block(block.kind, _CAPTION_LABEL.sub("", block.text))
            for block in super().read_body(page)
        ]

    def keep(self, block: Block) -> bool:
        return not _FORM_NOTICE.match(block.text)


class BBC2024(BBC2020):
    """bbc.com from 2024: the same blocks, under Next.js."""

    name = "bbc/2024"
    layout = '#__next [data-component="headline-block"] h1'
    title = '[data-component="headline-block"] h1'


PARSERS = [BBC2024, BBC2020]
