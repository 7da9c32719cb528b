"""Making roots over what is new."""

from __future__ import annotations

from datetime import datetime

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.roots import Root
from newsdiff_crawler.store.writing.roots import Roots
from newsdiff_crawler.times import to_iso
from newsdiff_crawler.witness.files import STATEMENT, Leaf, RootFiles, Statement, hash_of
from newsdiff_crawler.witness.merkle import root_of

LARGEST = 100_000  # versions under one root, which are held in memory: 200 MB
OLD = 10_000  # articles of before there were hashes that get theirs at a time


def make_roots(store: Store, files: RootFiles, now: datetime) -> list[Root]:
    """Roots over all that is new, one unless there is very much. The files are written before the
    record knows of them; what a crash left of them is written over. Raises OSError and
    DatabaseError. To be called by one process at a time."""
    store.roots.link_old_versions(OLD)
    made = []
    while root := _make_root(store.roots, files, to_iso(now)):
        made.append(root)
    return made


def _make_root(roots: Roots, files: RootFiles, at: str) -> Root | None:
    versions = roots.new_versions(LARGEST)
    if not versions:
        return None
    last = roots.last()
    hashes = [bytes.fromhex(version.version_hash) for version in versions]
    statement = Statement(at, len(hashes), root_of(hashes).hex(), last.statement if last else None)
    data = statement.as_bytes()
    root = Root(last.id + 1 if last else 1, at, statement.size, statement.root, hash_of(data))
    files.write_leaves(
        root.id, (Leaf(each.version_hash, each.source, each.url, each.number) for each in versions)
    )
    files.write(root.id, STATEMENT, data)
    roots.add(root, versions)
    return root
