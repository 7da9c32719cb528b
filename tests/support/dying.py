"""What a process did that died in the midst of it."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable

DIED = 9


def in_a_child(act: Callable[[], object]) -> int:
    """Does something in a forked process: how that ended. It may end it by `die`."""
    with warnings.catch_warnings():
        # Of threads, which newer Pythons warn of: pytest-xdist's own, which hold nothing of ours.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        try:
            act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die(*_: object) -> None:
    """Ends the process at once: nothing is tidied up."""
    os._exit(DIED)
