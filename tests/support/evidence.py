"""A record whose versions have their pages in the archive, and roots that are stamped."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from newsdiff_crawler.archive.archive import Archive
from newsdiff_crawler.configuration import Configuration
from newsdiff_crawler.items import Exchange, Snapshot
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.chain import link
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.witness.stamping import Stamped, stamp
from tests.support.clocks import Authority
from tests.support.records import URL, add_article, story

TEXTS = (story("Rain", "One."), story("Rain", "Two."), story("Snow", "Two.", "<b>Three</b>."))


def _known(snapshot: Snapshot | None, _: str) -> Snapshot | None:
    return snapshot


def exchange(body: bytes, at: str) -> Exchange:
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Exchange(URL, at, "GET", (("User-Agent", "test"),), 200, headers, body)


def proved_record(folder: Path) -> list[Snapshot]:
    """An article of three versions, whose pages are kept; the third has the bytes of the first.
    Where they are."""
    archive = Archive(folder)
    with closing(Store.open(folder)) as store:
        article = add_article(store, *TEXTS)
        times = [at for (at,) in store.db.execute("select fetched_at from versions").fetchall()]
        bodies = [f"<p>{number}</p>".encode() * 40 for number in (1, 2, 1)]
        kept: list[Snapshot] = []
        with store.db.transaction():
            for number, (at, body) in enumerate(zip(times, bodies, strict=True), start=1):
                same = kept[0] if number == 3 else None
                snapshot = archive.keep(exchange(body, at), "paper", partial(_known, same))
                assert snapshot
                kept.append(snapshot)
                id_ = store.snapshots.add(kept[-1], article, "new")
                store.db.execute(
                    """update versions set snapshot = :id, fetched_url = :url, version_hash = null
                        where number = :number""",
                    {"id": id_, "number": number, "url": URL},
                )
            link(store.db, article)
    archive.close()
    return kept


def stamped(folder: Path, authority: Authority | None = None, **more: Any) -> Stamped:
    """A root over what is new, by an authority if there is one."""
    given = {"NEWSDIFF_DATA": folder, **more}
    if authority:
        given |= {"NEWSDIFF_TSA": authority.address, "NEWSDIFF_TSA_ROOT": authority.root}
    return stamp(Configuration.from_settings(given), utc_now(), on_demand=True)
