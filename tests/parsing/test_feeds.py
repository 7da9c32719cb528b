"""A feed gives its links, or the reason why it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsdiff_crawler.parsing.feeds import FeedError, read_feed

RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>https://news.example/1</link><guid>https://news.example/1#0</guid></item>
<item><title>No link</title></item>
<item><title>Two</title><link>https://news.example/2</link></item>
</channel></rss>"""
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def test_links_come_in_the_feeds_order_and_an_entry_without_one_is_left_out() -> None:
    assert read_feed(RSS.encode()) == ["https://news.example/1", "https://news.example/2"]


def test_an_atom_feed_is_read_like_any_other() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title>
              <link href="https://news.example/a"/></entry></feed>"""
    assert read_feed(atom.encode()) == ["https://news.example/a"]


def test_a_feed_that_breaks_off_gives_the_entries_before() -> None:
    broken = RSS[: RSS.index("<title>Two")]
    assert read_feed(broken.encode()) == ["https://news.example/1"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty answer"),
        (b" \n ", "empty answer"),
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "HTML instead of a feed"),
        (b"Service unavailable", "not a feed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a feed"),
        (RSS[:60].encode(), "malformed feed"),
        (b'<rss version="2.0"><channel></channel></rss>', "feed without entries"),
        (
            b'<rss version="2.0"><channel><item><title>x</title></item></channel></rss>',
            "no entry has a link",
        ),
    ],
)
def test_what_is_no_feed_of_articles_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(FeedError, match=reason):
        read_feed(body)


def test_an_entity_bomb_is_not_blown_up() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    item = "<item><link>https://news.example/&a9;</link></item>"
    bomb = f'<!DOCTYPE rss [<!ENTITY a0 "aaaaaaaaaa">{entities}]><rss version="2.0"><channel>{item}'
    (link,) = read_feed(bomb.encode())
    assert len(link) < 100


@pytest.mark.skipif(
    not CORPUS.exists(), reason="the corpus of real feeds is not beside the project"
)
def test_real_feeds_give_links() -> None:
    rows = [json.loads(row) for row in (CORPUS / "feeds.jsonl").read_text().splitlines()]
    feeds = [CORPUS / row["file"] for row in rows if row["kind"] in ("rss", "atom")]
    assert feeds
    assert [feed.name for feed in feeds if not read_feed(feed.read_bytes())] == []
