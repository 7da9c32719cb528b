"""A round of the outbox, for whoever has just done something: its lines go to stderr."""

from __future__ import annotations

from collections.abc import Mapping

from newsdiff_crawler.configuration import Configuration
from newsdiff_crawler.exit_status import ExitStatus, complain
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.engine.opening import is_made
from newsdiff_crawler.telling.sending import Round, send_due
from newsdiff_crawler.telling.watches import FILE_NAME
from newsdiff_crawler.times import utc_now

_SAID: set[str] = set()  # by the round before, of a process that makes several


def notify(configuration: Configuration, titles: Mapping[str, str]) -> tuple[Round, ExitStatus]:
    """Sends what waits to be told, and says what did not go out, each line once. Nothing, where
    nobody is to be told anything, or where there is no record: none is made."""
    folder, hub = configuration.data, configuration.hub
    is_wanted = bool(hub) or (folder / FILE_NAME).exists()
    if not (is_wanted and is_made(folder)):
        return Round(), ExitStatus.DONE
    now = configuration.now or utc_now()
    try:
        done = send_due(folder, titles, configuration.site_url, now, hub)
    except (StoreError, DatabaseError) as error:
        complain(error)
        return Round(), ExitStatus.NO_RECORD
    for line in done.lines:
        if line not in _SAID:
            complain(line)
    _SAID.clear()
    _SAID.update(done.lines)
    return done, ExitStatus.NOT_DONE if done.lines else ExitStatus.DONE
