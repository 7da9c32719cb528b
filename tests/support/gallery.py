"""A small record in which every kind of page has something to show, and the pages' addresses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from newsdiff_crawler.items import Block
from newsdiff_crawler.scheduling.schedule import after_feed_check
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.hosts import BackOff
from newsdiff_crawler.times import from_iso
from tests.support.other_texts import (
    AT,
    NOTICE,
    hold,
    keep_other_text,
    learn_boilerplate,
    make_first_placeholder,
    make_placeholder,
)
from tests.support.records import FIRST_SEEN, URL, add_article, due_feeds, story

SETTING = [f"The ferry has {number} seats on its upper deck." for number in range(10, 16)]
BEFORE = story("Council denies losing £4.2m", "The mayor stayed.", *SETTING, "It sails in May.")
AFTER = story("Council admits losing £4.6m", "A man resigned.", *SETTING, "It sails in June.")
LATER = [*AFTER, Block("paragraph", "It was late.")]

HEAD = [
    Block("headline", "Harbour audit begins"),
    Block("standfirst", "The sum was never lost."),
    Block("byline", "By Ada Marsh"),
]
KINDS = [
    Block("subheading", "What happens next"),
    Block("quote", "“We did nothing wrong,” said the mayor."),
    Block("list_item", "A vote in June"),
    Block("caption", "The ferry in April."),
]
LETTER = Block("paragraph", "The letter asked for receipts covering three years of work.")
SEATS = [Block("paragraph", text) for text in SETTING]

MOST_READ = "Most read: ten gardens to see before the summer"
LINKS = [Block("subheading", "More on this"), Block("list_item", MOST_READ)]
PIER = story("Pier to be repaired", *SETTING, "Work begins in May.")
PIER_BOX = [*PIER, *LINKS]
PIER_LATER = [*PIER_BOX, Block("paragraph", "The mayor promised an end by autumn.")]
HOSTILE = "</p><script>alert(1)</script> \u202e ]]>"

LONG = "https://example.org/" + "long-address-" * 20
ARABIC, JAPANESE = "بقي العمدة في منصبه", "市長は状況を注視している"

LISTS = [
    "/",
    "/?label=headline&show=all",
    "/?order=size",
    "/?source=herald&period=day",
    "/?before=2025-04-22T14:30:00Z.9.9",
]
ARTICLES = [f"/articles/{number}" for number in (1, 2, 3, 4, 5, 7, 8)]
DIFFS = [
    "/articles/1/diff/1/2",
    "/articles/2/diff/1/2",
    "/articles/2/diff/1/2?view=inline",
    "/articles/2/diff/1/2?view=columns",
    "/articles/2/diff/2/3",
    "/articles/3/diff/1/2",
    "/articles/7/diff/1/2",
    "/articles/7/diff/1/3",
    "/articles/7/diff/3/4",
    "/articles/7/diff/3/4?view=inline",
]
OTHERS = [
    "/articles/2/versions/1",
    "/articles/3/versions/2",
    "/articles/7/versions/2",
    "/articles/7/versions/4",
    "/articles/8/versions/1",
    "/sources",
    "/sources/paper",
    "/sources/herald",
    "/sources/gazette",
    "/search",
    "/search?q=ferry",
    "/search?q=zebra",
    "/lookup",
    "/lookup?url=https://other.example/",
    "/about",
    "/api",
]
ERRORS = {"/nothing": 404, "/articles/6": 451}
ONE_OF_EACH = [LISTS[0], ARTICLES[1], ARTICLES[5], DIFFS[0], DIFFS[8], *OTHERS, "/nothing"]
PAGES = [*LISTS, *ARTICLES, *DIFFS, *OTHERS, *ERRORS]


def fill(store: Store) -> None:
    """Writes the record."""
    add_article(store, BEFORE, AFTER, LATER, published_at="2025-04-22T13:41:00Z")
    store.db.execute("update articles set next_check_at = '2099-04-22T15:03:00Z'")
    _gone(store)
    _hard_to_set(store)
    _changed_often(store)
    add_article(store, story("Library opens", "It opens on Sundays."), url=f"{URL}5")
    hidden = add_article(store, BEFORE, AFTER, url=f"{URL}6")
    store.db.update("articles", hidden, {"state": "hidden", "next_check_at": None})
    _other_texts(store)
    _false_start(store)
    _crawls(store)


def _gone(store: Store) -> None:
    """Every kind of block, a paragraph that moved, a change of no substance; then it went."""
    first = [*HEAD, LETTER, *SEATS, *KINDS]
    second = [*HEAD[:1], Block("standfirst", "The sum was lost."), *SEATS, LETTER, *KINDS]
    third = [*second, Block("paragraph", "Rain fell")]
    fourth = [*second, Block("paragraph", "Rain fell.")]
    versions = (first, second, third, fourth)
    article = add_article(store, *versions, url=f"{URL}2", source="herald")
    for day, kind in enumerate(("moved", "blocked", "gone", "back", "gone"), start=24):
        at = f"2025-04-{day}T10:00:00Z"
        event = {"article_id": article, "at": at, "kind": kind, "detail": "HTTP 410"}
        store.db.insert("events", event)
    gone = {"state": "gone", "next_check_at": None, "last_checked_at": "2025-04-28T10:00:00Z"}
    store.db.update("articles", article, gone)


def _hard_to_set(store: Store) -> None:
    """Scripts that run from the right or have no spaces; words longer than a line."""
    first = story(f"{ARABIC}: 4.2", ARABIC, JAPANESE, LONG, "word " * 90)
    second = story(f"{ARABIC}: 4.6", f"{ARABIC}!", f"{JAPANESE}。", f"{LONG}x", "word " * 89)
    article = add_article(store, first, second, url=f"{URL}3{'x' * 200}", source="herald")
    store.db.update("articles", article, {"state": "blocked"})


def _changed_often(store: Store) -> None:
    """More changes than fit on a page of a list."""
    texts = [story("Storm nears", f"{number} boats wait.") for number in range(33)]
    add_article(store, *texts, url=f"{URL}4", apart=timedelta(minutes=1))


def _other_texts(store: Store) -> None:
    """A placeholder among the versions, a box beside the story, a version that is held back; more
    addresses than one, and other texts at them."""
    address = f"{URL}7"
    versions = (PIER, NOTICE, PIER_BOX, PIER_LATER)
    article = add_article(store, *versions, url=address, source="gazette")
    make_placeholder(store, article, 2)
    learn_boilerplate(store, "gazette", *(block.text for block in LINKS), HOSTILE)
    store.reassessing.for_boilerplate("gazette", article, 3, from_iso(AT))
    hold(store, article, 4)
    store.db.insert("article_urls", {"url": f"{address}?ref=front", "article_id": article})
    store.addresses.state(article, "https://news.example/login", "guid", AT)
    reason = f"failed: “{HOSTILE}” stands in the story's place"
    store.addresses.refuse(article, "https://news.example/old", reason, AT, AT)
    store.addresses.state(article, f"{address}/amp/{'x' * 200}", "canonical", AT)
    keep_other_text(store, article, NOTICE, "stands at other addresses too", at=FIRST_SEEN)
    keep_other_text(store, article, NOTICE, "stands at other addresses too")
    wall = story(HOSTILE, HOSTILE, LONG, ARABIC, "word " * 900)
    keep_other_text(store, article, wall, reason, url="https://news.example/old")


def _false_start(store: Store) -> None:
    """A story that was first read after a placeholder."""
    article = add_article(store, NOTICE, PIER, PIER_LATER, url=f"{URL}8", source="gazette")
    make_first_placeholder(store, article)


_REDESIGN = (
    "41 of 60 pages changed, which is far more than usual: held back until it is clear whether the "
    "site or its stories changed"
)


def _crawls(store: Store) -> None:
    at = "2025-04-22T14:05:00Z"
    for source, unwell, error in (
        ("paper", None, None),
        ("herald", "6 of 7 pages could not be read", "HTTP 503"),
        ("gazette", _REDESIGN, None),
    ):
        run = store.runs.start(source, "2025-04-22T14:00:00Z")
        counts = {"checks": 7, "failed": 6 if unwell else 0, "blocked": 0, "put_off": 2}
        store.runs.finish(run, at, "finished", counts, unwell)
        store.feeds.declare(source, [f"https://{source}.example/rss"], from_iso(at))
        (feed,) = due_feeds(store, source, from_iso(at), everything=True)
        schedule_state = after_feed_check(None if error else 0, feed.schedule_state, from_iso(at))
        store.feeds.record(replace(feed, error=error, schedule_state=schedule_state), from_iso(at))
    back_off = BackOff("www.herald.example", from_iso("2099-04-22T14:00:00Z"), "HTTP 429", 2)
    store.hosts.back_off("herald", back_off)
    store.hosts.record_false_validators("herald", URL, from_iso(at))
