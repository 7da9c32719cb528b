"""A first parse of a page that may be a trap, in a process of its own that may use so much and no
more. A library cannot be interrupted, and its tree may be a thousand times as large as the page:
tags that are left open are opened anew in each paragraph."""

from __future__ import annotations

import subprocess
import sys

MOST_SECONDS = 2  # of CPU time
MOST_MEMORY = 400  # MB
MOST_ELEMENTS = 150_000  # of the tree; the largest of a thousand pages has 45,000 tags
_LONGEST_WAIT = 60  # seconds, on a machine that does much else
_PROGRAM = """
import resource, sys
seconds, megabytes, elements, *sys.path = sys.argv[1:]
for bound, most in (
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_CPU, int(seconds)),
    (resource.RLIMIT_AS, int(megabytes) * 1_000_000),
):
    resource.setrlimit(bound, (most, most))
from selectolax.lexbor import LexborHTMLParser
tree = LexborHTMLParser(sys.stdin.buffer.read().decode("utf-8", "surrogatepass"))
sys.exit(len(tree.css("*")) > int(elements))
"""


def can_be_parsed(html: str) -> bool:
    """Whether a page becomes a tree within these bounds. To ask takes 25 ms, and the parse."""
    program = [sys.executable, "-I", "-S", "-c", _PROGRAM]
    try:
        done = subprocess.run(  # noqa: S603 - ours
            [*program, *map(str, (MOST_SECONDS, MOST_MEMORY, MOST_ELEMENTS)), *sys.path],
            input=html.encode("utf-8", "surrogatepass"),
            capture_output=True,
            timeout=_LONGEST_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
