"""One round of asking the Internet Archive for copies of what changed, at the pace that it allows,
which holds over rounds and restarts: it is in the record."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from newsdiff_crawler.internet_archive.save_page_now import (
    ArchiveDownError,
    Keys,
    NoCopyError,
    SavePageNow,
)
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.copies import Offer
from newsdiff_crawler.telling.secrets import SecretError, Secrets

ACCESS, SECRET = "WAYBACK_ACCESS_KEY", "WAYBACK_SECRET_KEY"
LOOK_AFTER = timedelta(seconds=20)  # when a copy may be there, and how often it is looked for
MOST_ATTEMPTS = 3
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


@dataclass
class SaveRound:
    """What a round came to. ``lines``: what people should know of."""

    kept: int = 0
    refused: int = 0
    lines: list[str] = field(default_factory=list)
    is_elsewhere: bool = False  # another process is at it


@dataclass(frozen=True)
class Time:
    """The clock, and how to wait."""

    now: Callable[[], datetime]
    sleep: Callable[[float], None]


def keys_in(folder: Path) -> Keys | None:
    """Those of the operator's account; none where they named none. Raises SecretError where one of
    the two is there alone."""
    secrets = Secrets(folder)
    found = [secrets.find(name) for name in (ACCESS, SECRET)]
    if None in found and any(found):
        raise SecretError(f"of the secrets {ACCESS} and {SECRET} one is missing")
    access, secret = found
    return Keys(access, secret) if access and secret else None


def save_due(folder: Path, archive: SavePageNow, time: Time, minutes: float) -> SaveRound:
    """Asks for what is due, as long as that takes no more than these minutes. Raises StoreError and
    DatabaseError."""
    done = SaveRound()
    with closing(Store.open(folder)) as store:
        lock = store.locks.witnessing()
        if not lock.acquire():
            done.is_elsewhere = True
            return done
        try:
            _Saving(store, archive, time, done).run(time.now() + timedelta(minutes=minutes))
        finally:
            lock.release()
    return done


class _Saving:
    """One round, by whoever has the lock."""

    def __init__(self, store: Store, archive: SavePageNow, time: Time, done: SaveRound) -> None:
        self._copies = store.copies
        self._archive, self._time, self._done = archive, time, done
        self._outages = 0  # in a row

    def run(self, end: datetime) -> None:
        self._copies.sort_out(self._time.now())
        while True:
            now = self._time.now()
            offer = self._copies.next_to_see(now)
            if offer:
                self._try(self._look, offer)
                continue
            wanted = self._copies.next_to_ask(now)
            paced = self._may_ask_at(now)
            if wanted and paced <= now:
                self._copies.asking(wanted, now)
                self._try(self._ask, wanted)
                continue
            due = paced if wanted else self._copies.next_due()
            if due is None or due > end:
                return
            self._time.sleep(max((due - now).total_seconds(), 1.0))

    def _may_ask_at(self, now: datetime) -> datetime:
        last = self._copies.last_asked_at()
        # A clock that was wrong holds up nothing for longer than the pace.
        return now if last is None else min(last, now) + self._archive.pace

    def _try(self, do: Callable[[Offer], None], offer: Offer) -> None:
        now = self._time.now()
        try:
            do(offer)
        except ArchiveDownError as error:
            wait = max(
                min(FIRST_WAIT * 2 ** min(self._outages, 10), LONGEST_WAIT),
                error.wait or timedelta(),
            )
            self._outages += 1
            self._copies.pause(now + wait)
            self._say(str(error))
        except NoCopyError as error:
            self._outages = 0
            if error.for_good or offer.attempts + 1 >= MOST_ATTEMPTS:
                self._copies.refused(offer, str(error), now)
                self._done.refused += 1
                self._say(f"{offer.url}: no copy: {error}")
            else:
                self._copies.try_again(offer, now + FIRST_WAIT, str(error))
        else:
            self._outages = 0

    def _ask(self, offer: Offer) -> None:
        job = self._archive.ask(offer.url)
        self._copies.asked(offer, job, self._time.now() + LOOK_AFTER)

    def _look(self, offer: Offer) -> None:
        address = self._archive.look(offer.job)
        now = self._time.now()
        if not address:
            self._copies.see_later(offer, now + LOOK_AFTER)
            return
        self._copies.kept(offer, address, now)
        self._done.kept += 1

    def _say(self, line: str) -> None:
        if line not in self._done.lines:
            self._done.lines.append(line)
