"""What the commands share that tell people."""

from __future__ import annotations

import sys


def complain(problem: object) -> None:
    """One line on stderr; the command goes on."""
    print(f"newsdiff_crawler: {problem}", file=sys.stderr, flush=True)
