"""Texts that are not an article's story, in a record for tests of everything that reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsdiff_crawler.items import Block
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.counting import count_changes_anew
from newsdiff_crawler.times import from_iso
from tests.support.records import fetched_page, parsed_page, story

AT = "2025-04-22T18:00:00Z"
NOTICE = story("Please stand by", "We are working on our pages and shall be back.")


def keep_other_text(
    store: Store, article_id: int, blocks: Sequence[Block], reason: str, url: str = "", at: str = AT
) -> None:
    """A text that was shown in the place of an article's story; at its address unless ``url`` says
    where."""
    fetched = fetched_page(store, article_id, parsed_page(blocks), at)
    store.other_texts.keep(replace(fetched, url=url or fetched.url), reason)


def make_placeholder(store: Store, article_id: int, number: int) -> None:
    """Takes a version back: it was a placeholder."""
    store.taking_back.placeholder(article_id, number, "stands at other addresses too", AT)


def make_first_placeholder(store: Store, article_id: int) -> None:
    """The first of an article's versions was a placeholder, and the second is the story."""
    for number, page_changed in ((1, 2), (2, 1)):
        store.db.execute(
            """update versions set page_changed = :page_changed
                where article_id = :id and number = :number""",
            {"id": article_id, "number": number, "page_changed": page_changed},
        )
    count_changes_anew(store.db, article_id)


def hold(store: Store, article_id: int, number: int) -> None:
    """A version that is held back."""
    store.db.execute(
        "update versions set held = 1 where article_id = :id and number = :number",
        {"id": article_id, "number": number},
    )
    count_changes_anew(store.db, article_id)


def learn_boilerplate(store: Store, source: str, *texts: str) -> None:
    """Texts that a source is known to set beside its stories."""
    store.boilerplate.learn(source, texts, from_iso(AT))
