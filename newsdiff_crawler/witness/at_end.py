"""A round of stamping for whoever has just done something: its lines go to stderr."""

from __future__ import annotations

from newsdiff_crawler.configuration import Configuration
from newsdiff_crawler.exit_status import complain
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.engine.opening import is_made
from newsdiff_crawler.times import utc_now

_SAID: set[str] = set()  # by the round before, of a process that makes several


def stamp_at_end(configuration: Configuration) -> None:
    """Makes the day's root and has stamped what waits, where there are a record and an archive.
    Whatever goes wrong is one line, said once; the crawl was well."""
    from newsdiff_crawler.witness.stamping import stamp

    if not configuration.archive or not is_made(configuration.data):
        return
    try:
        lines = stamp(configuration, configuration.now or utc_now()).lines
    except (StoreError, DatabaseError, OSError) as error:
        lines = [f"what is new was not stamped: {error}"]
    for line in lines:
        if line not in _SAID:
            complain(line)
    _SAID.clear()
    _SAID.update(lines)
