"""The end of a command whose record cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.engine.opening import name_of


def give_up_record(folder: Path, error: StoreError | DatabaseError, more: str = "") -> NoReturn:
    """Ends the program with one line on stderr: which record, and what is wrong with it. What
    failed at opening names it already. ``folder``: of the data."""
    said = str(error) if isinstance(error, StoreError) else f"{name_of(folder)}: {error}"
    give_up(said + more, ExitStatus.NO_RECORD)
