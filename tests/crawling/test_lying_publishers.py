"""Whatever a publisher says of its addresses: one story, one record, and nothing shown is lost.

``LIARS=2000 pytest tests/crawling/test_lying_publishers.py`` plays so many publishers, different
ones each time; ``--hypothesis-seed=7`` plays the same again.
"""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.support.liars.crawls import Crawls, liar
from tests.support.liars.publisher import PLACEHOLDERS, SITE, Fails, Leads, Publisher, Shows
from tests.support.liars.stories import STORIES, Telling, stories_in
from tests.support.records import empty_store

LIARS = os.environ.get("LIARS")
MALFORMED = (
    *("http://[liar.example/x", "https://liar.example:99999/news/x", "https://liar.example:x/"),
    *("//", "news/x/y", "?a=1", "javascript:void(0)", "https://user:word@liar.example/news/x"),
)
ONE_FOR_ALL = f"{SITE}/news/index.html"
DEAD = f"{SITE}/news/was-never-here-at-all"
LISTS = (f"{SITE}/", f"{SITE}/search?q=x", f"{SITE}/topics")
WALLS = ("login", *PLACEHOLDERS)
any_number = st.integers(0, 99)


class LyingPublisher(RuleBasedStateMachine):
    """Rules are what the publisher does; crawls come in between."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store = empty_store(Path(self.folder.name))
        self.publisher = Publisher()
        self.crawls = Crawls(self.store, self.publisher)
        self.is_right = True  # so far
        self.named: set[str] = set()  # addresses that say, or whose entry says, what they tell
        self.home: dict[str, int] = {}  # which story each address was made for

    # --- What the publisher does ----------------------------------------------------------------

    @initialize()
    def first_day(self) -> None:
        for _ in range(3):
            self.publish("named", titled=True)

    @rule(form=st.sampled_from(["named", "number", "query"]), titled=st.booleans())
    def publish(self, form: str, titled: bool) -> None:
        story = len(self.publisher.tellings)
        if story >= STORIES:
            return
        telling = self.publisher.tellings[story] = Telling(story)
        url = _address(telling, form)
        self._show(url, story)
        is_named = titled or form == "named"
        self.publisher.listed[url] = telling.headline if titled else ""
        if is_named:
            self.named.add(url)

    def _show(self, url: str, story: int, canonical: str = "") -> None:
        self.home.setdefault(url, story)
        self.publisher.pages[url] = Shows(story, canonical)

    @rule(which=any_number, rewritten=st.booleans())
    def edit(self, which: int, rewritten: bool) -> None:
        story = which % len(self.publisher.tellings)
        told = self.publisher.tellings[story]
        if rewritten and told.rewrites < 3:
            told = told._replace(rewrites=told.rewrites + 1, edits=0)
        else:
            told = told._replace(edits=told.edits + 1)
        self.publisher.tellings[story] = told

    @rule(which=any_number, other=any_number, kind=st.sampled_from(["dead", "other", "all", "bad"]))
    def state_a_canonical(self, which: int, other: int, kind: str) -> None:
        stated = {
            "dead": DEAD,
            "other": self._url(other),
            "all": ONE_FOR_ALL,
            "bad": MALFORMED[other % len(MALFORMED)],
        }[kind]
        url = self._url(which)
        self._show(url, self.home[url], stated)

    @rule(kind=st.sampled_from([ONE_FOR_ALL, DEAD]))
    def state_one_canonical_for_all(self, kind: str) -> None:
        for url, page in self.publisher.pages.items():
            if isinstance(page, Shows):
                self.publisher.pages[url] = Shows(page.story, kind)

    @rule(which=any_number, states=st.booleans(), listed=st.booleans())
    def show_it_elsewhere_too(self, which: int, states: bool, listed: bool) -> None:
        url = self._url(which)
        also = f"{url}{'&' if '?' in url else '?'}view=small"
        self._show(also, self.home[url], url if states else "")
        if listed:
            self.publisher.listed[also] = self.publisher.listed.get(url, "")

    @rule(which=any_number, status=st.sampled_from([301, 302, 308, 0, -1]), listed=st.booleans())
    def move(self, which: int, status: int, listed: bool) -> None:
        url = self._url(which)
        story = self.home[url]
        new = f"{SITE}/moved/{len(self.publisher.pages)}-{_slug(self.publisher.tellings[story])}"
        self._show(new, story, new)
        self.named.add(new)
        self.publisher.pages[url] = Leads(new, status)
        if listed:
            self.publisher.listed[new] = self.publisher.tellings[story].headline

    @rule(which=any_number, other=any_number, status=st.sampled_from([301, 302, 0, -1]))
    def lead_away(self, which: int, other: int, status: int) -> None:
        targets = [*LISTS, *self.home]
        target = targets[other % len(targets)]
        if target != self._url(which):
            self.publisher.pages[self._url(which)] = Leads(target, status)

    @rule(which=any_number, other=any_number)
    def swap(self, which: int, other: int) -> None:
        pages, urls = self.publisher.pages, (self._url(which), self._url(other))
        pages[urls[0]], pages[urls[1]] = pages[urls[1]], pages[urls[0]]

    @rule(which=any_number, other=any_number)
    def reuse(self, which: int, other: int) -> None:
        self.publisher.pages[self._url(which)] = Shows(other % len(self.publisher.tellings))

    @rule(which=any_number, status=st.sampled_from([404, 410, 500, 403]))
    def fail(self, which: int, status: int) -> None:
        self.publisher.pages[self._url(which)] = Fails(status)

    @rule(kind=st.sampled_from(WALLS), before=st.none() | st.sets(any_number, max_size=5))
    def raise_a_wall(self, kind: Any, before: set[int] | None) -> None:
        self.publisher.wall = kind
        urls = None if before is None else {self._url(number) for number in before}
        self.publisher.behind_wall = urls

    @precondition(lambda self: self.publisher.wall)
    @rule()
    def take_the_wall_down(self) -> None:
        self.publisher.wall = None

    @rule(which=any_number)
    def repent(self, which: int) -> None:
        url = self._url(which)
        self._show(url, self.home[url])

    @rule()
    def rename_the_source(self) -> None:
        self.crawls.source = liar("liar.example")

    def _url(self, number: int) -> str:
        return [*self.home][number % len(self.home)]

    # --- Crawls ---------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([1, 1, 3, 25]), dies_at=st.just(0) | st.integers(1, 20))
    def crawl(self, hours: int, dies_at: int) -> None:
        self._crawl(hours, dies_at=dies_at)

    @rule()
    def crawl_everything_twice(self) -> None:
        for _ in range(2):
            self._crawl(2, everything=True)

    def _crawl(self, hours: int, **how: Any) -> None:
        self.is_right = False
        self.crawls.now += timedelta(hours=hours)
        self.crawls.run(**how)
        self.judge()
        self.is_right = True

    def teardown(self) -> None:
        """In the end all is told as it is."""
        try:
            if self.is_right:
                self._tell_the_truth()
        finally:
            self.store.close()
            self.folder.cleanup()

    def _tell_the_truth(self) -> None:
        self.publisher.wall = None
        for url, story in self.home.items():
            self.publisher.pages[url] = Shows(story)
        for _ in range(6):
            asked = len(self.crawls.looks)
            self._crawl(25, everything=True)
        told = self._told()
        in_versions = {each for texts in told.values() for each in texts}
        for url in self.named & {look.url for look in self.crawls.looks[asked:]}:
            if self._is_at_home(url, self.home[url]):
                assert self.publisher.tellings[self.home[url]] in in_versions, url

    # --- What must be so ------------------------------------------------------------------------

    def judge(self) -> None:
        told = self._told()
        for article, texts in told.items():
            assert len({telling.story for telling in texts}) <= 1, (article, texts)
        self._judge_looks(told)
        self._judge_reasons()

    def _told(self) -> dict[int, list[Telling]]:
        """What the versions of each article tell; nothing for one that tells no story."""
        known = {
            "\n\n".join([telling.headline, *telling.paragraphs]): telling
            for telling in self._ever_told()
        }
        told: dict[int, list[Telling]] = defaultdict(list)
        for row in self.store.db.query("select article_id, text from version_texts"):
            if row["text"] in known:
                told[row["article_id"]].append(known[row["text"]])
            else:
                assert not stories_in(row["text"]), row["text"]
        return told

    def _ever_told(self) -> set[Telling]:
        return {look.read for look in self.crawls.looks if look.read} | {
            Telling(*each) for each in self.publisher.tellings.values()
        }

    def _judge_looks(self, told: dict[int, list[Telling]]) -> None:
        looks: dict[str, list[Telling | None]] = defaultdict(list)
        for look in self.crawls.looks:
            looks[look.url].append(look.told)
        kept = self._kept()
        in_versions = {each for texts in told.values() for each in texts}
        for url, tellings in looks.items():
            for at, (one, two) in enumerate(pairwise(tellings)):
                if one is None or one != two:
                    continue
                assert one in in_versions or one in kept, f"lost: {url}, {one}"
                if not self._is_at_home(url, one.story):
                    continue
                # What stood there, or had this text, may have been taken back at the second look.
                stays = tellings[at : at + 3] == [one] * 3
                assert one in in_versions or not stays, f"not read: {url}, {one}"
                if self._answered(url)[0].story != one.story:
                    continue  # it answered with another story first
                owner = self.store.addresses.owner(url)
                assert owner in told or not stays, f"leads nowhere: {url}, {one}, {owner}"
                if owner in told:
                    assert told[owner][0].story == one.story, f"leads to another: {url}, {owner}"

    def _answered(self, url: str) -> list[Telling]:
        """What an address told, asked itself or after a redirect."""
        return [look.read for look in self.crawls.looks if look.answered_by == url and look.read]

    def _is_at_home(self, url: str, story: int) -> bool:
        """Whether an address was made for a story, says so, and told no other of that topic
        before, nor others in several versions: what has a history is not taken for a mistake."""
        told = self._answered(url)
        before = told[: [telling.story for telling in told].index(story)]
        taken = any(first.story // 2 == story // 2 for first in before) or len({*before}) > 1
        return story == self.home[url] and url in self.named and not taken

    def _kept(self) -> set[Telling]:
        texts = {row["text"] for row in self.store.db.query("select text from other_texts")}
        return {
            telling
            for telling in self._ever_told()
            if "\n".join([telling.headline, *telling.paragraphs]) in texts
        }

    def _judge_reasons(self) -> None:
        rows = self.store.db.query(
            """select 'article' as what, url from articles
                where failures > 0 and coalesce(last_error, '') = ''
               union all select 'stated', url from stated_urls
                where refused_at is not null and coalesce(reason, '') = ''
               union all select 'other text', url from other_texts where coalesce(reason, '') = ''
               union all select 'fault', url from articles where last_error like '%of ours%'"""
        )
        assert rows == []


def _address(telling: Telling, form: str) -> str:
    return {
        "named": f"{SITE}/news/{_slug(telling)}",
        "number": f"{SITE}/news/{1000 + telling.story}",
        "query": f"{SITE}/?p={telling.story}",
    }[form]


def _slug(telling: Telling) -> str:
    return telling.headline.lower().replace(" ", "-")


@pytest.mark.slow
def test_no_lie_mixes_two_stories_or_loses_one() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        LyingPublisher,
        settings=settings(
            max_examples=int(LIARS or 25),
            stateful_step_count=25,
            derandomize=LIARS is None,
            report_multiple_bugs=False,
            phases=tuple(Phase) if os.environ.get("SHRINK") else (Phase.generate,),
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
            database=None,
        ),
    )


def test_a_story_is_read_though_what_stood_in_its_place_counted_and_made_versions() -> None:
    publisher = LyingPublisher()
    publisher.first_day()
    publisher.raise_a_wall(kind="with a number", before={2})
    publisher.crawl_everything_twice()
    publisher.crawl_everything_twice()
    publisher.teardown()
