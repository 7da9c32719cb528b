"""One round at a crawl's end, or on demand: a root over what is new, and stamps for what has none.

An authority that is down, answers nonsense or stamps something else costs a line: the root waits,
and is tried again in the next round. A stamp on a later root vouches for it, too, since each
statement has the hash of the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice

from newsdiff_crawler.configuration import Configuration
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.roots import Root, Stamp
from newsdiff_crawler.times import from_iso, to_iso
from newsdiff_crawler.witness import calendars, timestamps
from newsdiff_crawler.witness.asking import ClockError, host_of
from newsdiff_crawler.witness.files import (
    OTS,
    STATEMENT,
    TRUSTED,
    TSR,
    BrokenFileError,
    RootFiles,
    hash_of,
)
from newsdiff_crawler.witness.making import make_roots

TRIED_FOR = timedelta(days=7)  # after that the stamps of later roots have to do
MOST = 20  # stamps that are asked for in a round


@dataclass
class Stamped:
    """What a round came to. ``lines``: what went wrong, one each."""

    made: list[Root] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    is_elsewhere: bool = False  # another process is at it


def stamp(configuration: Configuration, now: datetime, on_demand: bool = False) -> Stamped:
    """Makes the day's root, unless there is one, and has stamped what waits. On demand a root is
    made of whatever is new, and stamps that were only promised are asked for. Raises StoreError,
    DatabaseError and OSError."""
    done = Stamped()
    with closing(Store.open(configuration.data)) as store:
        lock = store.locks.stamping()
        if not lock.acquire():
            done.is_elsewhere = True
            return done
        try:
            _Round(store, configuration, now, done).run(on_demand)
        finally:
            lock.release()
    return done


class _Round:
    """By whoever has the lock."""

    def __init__(
        self, store: Store, configuration: Configuration, now: datetime, done: Stamped
    ) -> None:
        self._store, self._roots = store, store.roots
        self._files = RootFiles(configuration.data)
        self._tsa, self._tsa_root = configuration.tsa, configuration.tsa_root
        self._calendars = configuration.calendars
        self._now, self._done = now, done

    def run(self, on_demand: bool) -> None:
        """The root, then the stamps."""
        last = self._roots.last()
        is_due = on_demand or last is None or last.made_at[:10] != to_iso(self._now)[:10]
        if is_due:
            self._done.made = make_roots(self._store, self._files, self._now)
        if self._tsa:
            self._stamp_waiting(timestamps.KIND, self._by_authority)
        if self._calendars:
            self._stamp_waiting(calendars.KIND, self._by_calendars)
            if is_due:
                self._complete()

    def _stamp_waiting(self, kind: str, stamped: Callable[[Root, bytes], Stamp]) -> None:
        """The newest root first, until one cannot be had."""
        waiting = self._roots.waiting(kind, to_iso(self._now - TRIED_FOR))
        for root, statement in islice(self._with_statements(waiting), MOST):
            try:
                stamp = stamped(root, statement)
            except ClockError as error:
                self._done.lines.append(f"root {root.id} is not stamped yet: {error}")
                return
            self._roots.stamp(stamp)
            self._done.stamps.append(stamp)

    @cached_property
    def _trusted(self) -> timestamps.Certificates:
        """What cannot be checked is not asked for."""
        if self._tsa_root is None:
            raise ClockError("NEWSDIFF_TSA_ROOT names no certificates to check stamps by")
        return timestamps.read_certificates(self._tsa_root)

    def _by_authority(self, root: Root, statement: bytes) -> Stamp:
        made_at = from_iso(root.made_at)
        answer, at = timestamps.stamp(self._tsa, statement, made_at, self._trusted)
        self._files.write(root.id, TSR, answer)
        self._files.write(root.id, TRUSTED, timestamps.as_pem(self._trusted))
        return Stamp(
            root.id, timestamps.KIND, host_of(self._tsa), to_iso(at), "", False, hash_of(answer)
        )

    def _by_calendars(self, root: Root, statement: bytes) -> Stamp:
        """By all that answer; what is wrong with another is said all the same."""
        asked = [_submitted(url, statement) for url in self._calendars]
        problems = [f"{each}" for each in asked if isinstance(each, ClockError)]
        stamps = [each for each in asked if isinstance(each, bytes)]
        if not stamps:
            raise ClockError("; ".join(problems))
        self._done.lines += [f"root {root.id}: {problem}" for problem in problems]
        return self._kept(root, calendars.merged(stamps, statement), statement)

    def _complete(self) -> None:
        """What was only promised is in Bitcoin's chain by now, or is asked for again tomorrow."""
        incomplete = self._with_statements(self._roots.incomplete(calendars.KIND))
        for root, statement in islice(incomplete, MOST):
            try:
                ots = self._files.read(root.id, OTS)
                for url in calendars.to_ask(ots, statement, self._calendars):
                    ots = self._asked_again(root, url, ots, statement)
                stamp = self._kept(root, ots, statement)
            except (ClockError, BrokenFileError) as error:
                self._done.lines.append(f"root {root.id}: {error}")
                continue
            if not stamp.promised:
                self._roots.stamp(stamp)
                self._done.stamps.append(stamp)

    def _with_statements(self, roots: Iterable[Root]) -> Iterator[tuple[Root, bytes]]:
        """Those whose statements are here: another machine has its own stamped."""
        for root in roots:
            if self._files.is_elsewhere(root.id):
                continue
            try:
                yield root, self._files.read(root.id, STATEMENT)
            except BrokenFileError as error:
                self._done.lines.append(f"root {root.id}: {error}")

    def _asked_again(self, root: Root, url: str, ots: bytes, statement: bytes) -> bytes:
        try:
            return calendars.complete(url, ots, statement)
        except ClockError as error:
            if not error.is_unknown:
                self._done.lines.append(f"root {root.id}: {error}")
            return ots

    def _kept(self, root: Root, ots: bytes, statement: bytes) -> Stamp:
        attested = calendars.check(ots, statement)
        self._files.write(root.id, OTS, ots)
        names = ", ".join(map(host_of, self._calendars))
        promised = not attested.blocks
        said = str(attested)
        return Stamp(root.id, calendars.KIND, names, None, said, promised, hash_of(ots))


def _submitted(url: str, statement: bytes) -> bytes | ClockError:
    """A calendar's stamp, or why there is none."""
    try:
        return calendars.submit(url, statement)
    except ClockError as error:
        return error
