"""Whether the record still holds what its roots know, and whether the roots are stamped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsdiff_crawler.archive.verifying import Finding
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.roots import (
    Root,
    Stamp,
    all_hashes,
    in_no_root_that_is_there,
    is_there,
    retired_hashes,
    roots,
    stamps,
)
from newsdiff_crawler.times import from_iso, to_iso
from newsdiff_crawler.witness import calendars, timestamps
from newsdiff_crawler.witness.asking import ClockError
from newsdiff_crawler.witness.files import (
    OTS,
    STATEMENT,
    TSR,
    BrokenFileError,
    Leaf,
    RootFiles,
    Statement,
    hash_of,
)
from newsdiff_crawler.witness.merkle import root_of

_FILES = {timestamps.KIND: TSR, calendars.KIND: OTS}


class RootsCheck:
    """Of all roots of a record. ``tsa_root``: the file of the certificates that stamps are checked
    by; None: those of authorities cannot be. ``elsewhere``: machines whose archives are not here,
    which may have roots. ``here``: all but these."""

    def __init__(
        self,
        db: Database,
        data: Path,
        tsa_root: Path | None,
        source: str = "",
        elsewhere: Sequence[str] = (),
    ) -> None:
        self.roots = roots(db)
        self._db, self._files, self._source = db, RootFiles(data), source
        self._elsewhere = elsewhere
        self.here = [each for each in self.roots if not elsewhere or self._files.has(each.id)]
        self._tsa_root = tsa_root
        self._hashes, self._retired = all_hashes(db), retired_hashes(db)
        self._stamps: dict[int, list[Stamp]] = {}
        for stamp in stamps(db):
            self._stamps.setdefault(stamp.root_id, []).append(stamp)

    def faults_of_list(self) -> Iterator[Finding]:
        """Roots that somebody took away, or put there."""
        known = {root.id for root in self.roots}
        there = set(self._files.ids())
        last = max(known, default=0)
        unknown = {id_ for id_ in there if id_ > last and self._files.is_stamped(id_)}
        for id_ in sorted(set(range(1, last)) - known | unknown):
            yield Finding(f"root {id_}", "the record knows nothing of it")
        for url, number, root in in_no_root_that_is_there(self._db):
            yield Finding(url, f"version {number}: it was in root {root}, which is missing")
        if count := len(self.roots) - len(self.here):
            what = f"{count:,} may be in the archive of {' or '.join(self._elsewhere)}"
            yield Finding("roots", f"{what}: none of their files is here", is_fault=False)

    def faults_of(self, root: Root) -> Iterator[Finding]:
        """What is wrong with a root, its versions and its stamps."""
        where = f"root {root.id} of {root.made_at}"
        try:
            data = self._files.read(root.id, STATEMENT)
            statement = Statement.parse(data)
        except BrokenFileError as error:
            yield Finding(where, str(error))
            return
        if hash_of(data) != root.statement:
            yield Finding(where, "its statement is another one than the record knows")
        if (statement.made_at, statement.size, statement.root) != (
            root.made_at,
            root.size,
            root.root,
        ):
            yield Finding(where, "the record says something else than its statement")
        if statement.previous != self._statement_before(root):
            yield Finding(where, "the root before it is another one than it was")
        yield from self._faults_of_leaves(root, statement, where)
        known = {_FILES.get(stamp.kind) for stamp in self._stamps.get(root.id, ())}
        for kind in (each for each in _FILES.values() if each not in known):
            if self._files.path(root.id, kind).exists():
                what = f"the record knows nothing of its stamp {root.id:06}{kind}"
                yield Finding(where, f"{what} (a crash leaves such a one)", is_fault=False)
        for stamp in self._stamps.get(root.id, ()):
            yield from self._faults_of_stamp(root, stamp, data, where)

    def _statement_before(self, root: Root) -> str | None:
        before = [each.statement for each in self.roots if each.id < root.id]
        return before[-1] if before else None

    def _faults_of_leaves(self, root: Root, statement: Statement, where: str) -> Iterator[Finding]:
        gone: Counter[str] = Counter()
        hashes = []
        try:
            for leaf in self._files.leaves(root.id):
                hashes.append(bytes.fromhex(leaf.version_hash))
                if hashes[-1] in self._hashes and is_there(self._db, leaf.url, leaf.number)[0]:
                    continue
                if leaf.version_hash in self._retired:
                    gone[self._retired[leaf.version_hash][1]] += 1
                elif self._source in ("", leaf.source):
                    yield self._missing(leaf, root)
        except BrokenFileError as error:
            yield Finding(where, str(error))
            return
        if len(hashes) != statement.size or root_of(hashes).hex() != statement.root:
            yield Finding(where, "the list of its versions was altered")
        for why, count in sorted(gone.items()):
            yield Finding(where, f"{count} of its versions are gone: {why}", is_fault=False)

    def _missing(self, leaf: Leaf, root: Root) -> Finding:
        knows = f"root {root.id} of {root.made_at} knows"
        has_article, has_version = is_there(self._db, leaf.url, leaf.number)
        if bytes.fromhex(leaf.version_hash) in self._hashes:
            what = f"nothing is known at this address; {knows} version {leaf.number} of it"
            return Finding(leaf.url, what)
        if not has_article:
            return Finding(leaf.url, f"the article is missing; {knows} its version {leaf.number}")
        if not has_version:
            return Finding(leaf.url, f"version {leaf.number} is missing, which {knows}")
        return Finding(leaf.url, f"version {leaf.number} is another one than the one that {knows}")

    def _faults_of_stamp(
        self, root: Root, stamp: Stamp, statement: bytes, where: str
    ) -> Iterator[Finding]:
        name = f"its stamp by {stamp.authority}"
        if stamp.kind not in _FILES:
            yield Finding(where, f"{name} is of no kind that there is")
            return
        try:
            kind = _FILES[stamp.kind]
            answer = self._files.read(root.id, kind)
            if hash_of(answer) != stamp.sha256:
                yield Finding(where, f"{name} is another file than it was")
            if kind == OTS:
                calendars.check(answer, statement)
                return
            if self._tsa_root is None:
                unknown = "NEWSDIFF_TSA_ROOT names no certificates: it was not checked"
                yield Finding(where, f"{name}: {unknown}", is_fault=False)
                return
            trusted = timestamps.read_certificates(self._tsa_root)
            made_at = from_iso(Statement.parse(statement).made_at)
            at = timestamps.check(answer, statement, made_at, trusted)
        except (ClockError, BrokenFileError) as error:
            yield Finding(where, f"{name}: {error}")
            return
        if to_iso(at) != stamp.at:
            yield Finding(where, f"{name}: it says {at.isoformat()}, the record {stamp.at}")

    def summary(self) -> str:
        """How far outside clocks vouch for the record, in a line."""
        if not self.roots:
            return "no root was made yet: nobody else vouches for this record"
        vouched = [
            (root.id, each.at or each.said)
            for root in self.roots
            for each in self._stamps.get(root.id, ())
            if not each.promised
        ]
        said = f"{len(self.roots)} roots" if len(self.roots) > 1 else "1 root"
        if not vouched:
            return f"{said}, none of them stamped"
        last, at = vouched[-1]
        return f"{said}, stamped up to root {last} ({at})"
