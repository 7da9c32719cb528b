"""readability-lxml: a page."""

from __future__ import annotations

from lxml.html import fragment_fromstring
from readability import Document

BLOCKS = ".//p | .//li[not(.//p)] | .//h2 | .//h3 | .//blockquote[not(.//p)] | .//div[not(*)]"


def read(html: str, url: str) -> tuple[str, str]:
    document = Document(html, url=url)
    body = fragment_fromstring(document.summary(html_partial=True))
    lines = (" ".join(block.text_content().split()) for block in body.xpath(BLOCKS))
    return document.title(), "\n".join(lines)
