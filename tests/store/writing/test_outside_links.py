"""A link on another host is asked once."""

from __future__ import annotations

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.outside_links import HostAnswers
from newsdiff_crawler.times import from_iso

NOW = from_iso("2026-03-01T08:00:00Z")
ONE, TWO = "https://t.example/1", "https://t.example/2"


def test_a_link_and_its_host_are_remembered_for_a_source(store: Store) -> None:
    links = store.feeds.outside_links
    links.record("paper", ONE, "t.example", "https://news.example/1", NOW)
    links.record("paper", TWO, "t.example", None, NOW)
    known = {ONE: "https://news.example/1", TWO: None}
    assert links.known("paper", [ONE, TWO, "https://t.example/3"]) == known
    assert links.answers("paper", "t.example") == HostAnswers(asked=2, led=1)
    assert links.known("other", [ONE]) == {}
    assert links.answers("other", "t.example") == HostAnswers(0, 0)
