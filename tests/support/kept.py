"""Pages that come into record and archive without a server, as a crawl would bring them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from newsdiff_crawler.archive.archive import Archive
from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import judge
from newsdiff_crawler.diff import LOOKS, restless
from newsdiff_crawler.items import Check, Exchange, FetchedPage, NewVersion, Snapshot
from newsdiff_crawler.parsing import Page, Parser, Refusal, read
from newsdiff_crawler.scheduling.schedule import after_check
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import from_iso
from tests.support.records import store_version

SOURCE = "paper"


def exchange(url: str, at: str, html: str) -> Exchange:
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Exchange(url, at, "GET", (), 200, headers, html.encode())


def keep_pages(
    folder: Path,
    parsers: Sequence[type[Parser]],
    pages: Iterable[tuple[str, str, str]],
    machine: str = "",
) -> None:
    """``pages``: URL, time and HTML of each answer, in the order of time. ``machine``: whose
    archive it is."""
    archive = Archive(folder, machine=machine)
    with closing(Store.open(folder)) as store:
        for url, at, html in pages:
            _check(store, archive, parsers, exchange(url, at, html))
    archive.close()


def _check(
    store: Store, archive: Archive, parsers: Sequence[type[Parser]], answer: Exchange
) -> None:
    store.queue.track(SOURCE, [answer.url], from_iso(answer.at))
    article = store.addresses.owner(answer.url) or 0
    made = _made(store, parsers, answer, article)
    if isinstance(made, NewVersion):
        store_version(store, replace(made, snapshot=_kept(store, archive, answer, article)))
        if made.restless:
            store.reassessing.for_restless(article, made.number, made.restless)
        return
    snapshot = None if made.outcome == "unchanged" else _kept(store, archive, answer, article)
    before = store.schedule_state(article)
    state = after_check(made.outcome, before, from_iso(answer.at), made.reason)
    store.record_check(replace(made, snapshot=snapshot), state)


def _made(
    store: Store, parsers: Sequence[type[Parser]], answer: Exchange, article: int
) -> NewVersion | Check:
    prefer = store.latest(article, "").parser or ""
    page = Page(answer.body, answer.url, content_type="text/html; charset=utf-8")
    try:
        parsed = read(page, parsers, prefer=prefer)
    except Refusal as refusal:
        return Check(SOURCE, answer.url, article, "failed", answer.at, str(refusal))
    fetched = FetchedPage(parsed, SOURCE, article, answer.url, answer.at)
    candidate = Candidate(fetched, store.latest(article, fetched.content_hash))
    if not (candidate.is_first or candidate.is_known):
        at, changed = from_iso(answer.at), candidate.changed_blocks()
        known = store.boilerplate.among(SOURCE, article, changed, at)
        looks = store.texts_of_last_looks(article, LOOKS)
        candidate = candidate.informed(known, restless([*looks, parsed.blocks()]))
    return judge(candidate)


def _kept(store: Store, archive: Archive, answer: Exchange, article: int) -> Snapshot | None:
    return archive.keep(answer, SOURCE, lambda body: store.snapshots.with_body(article, body))
