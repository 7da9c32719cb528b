"""How long an article may be: what is longer is no news, and would weigh on all that reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing.refusal import Refusal
from newsdiff_crawler.text import count_words


@dataclass(frozen=True)
class LengthBounds:
    """Words, and bytes of UTF-8, of a headline and of a whole text."""

    headline_words: int = 300
    headline_bytes: int = 3_000
    text_words: int = 100_000
    text_bytes: int = 1_000_000


USUAL_LENGTH = LengthBounds()


def check_length(article: ParsedPage, bounds: LengthBounds) -> None:
    """Raises Refusal for an article whose headline, or whose text with headline and byline, is
    longer than that."""
    texts = [block.text for block in article.blocks()]
    _check("headline", [article.title], bounds.headline_words, bounds.headline_bytes)
    _check("text", texts, bounds.text_words, bounds.text_bytes)


def _check(what: str, texts: Sequence[str], most_words: int, most_bytes: int) -> None:
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    if size > most_bytes:
        raise Refusal("too_long", f"a {what} of {size:,} bytes: more than {most_bytes:,}")
    if size <= most_words:  # as nearly always: no word is shorter than a byte
        return
    words = sum(map(count_words, texts))
    if words > most_words:
        raise Refusal("too_long", f"a {what} of {words:,} words: more than {most_words:,}")
