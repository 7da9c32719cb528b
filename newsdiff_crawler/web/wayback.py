"""Addresses in the Internet Archive's Wayback Machine."""

from __future__ import annotations

import re
from datetime import datetime

from newsdiff_crawler.times import to_iso

MACHINE = "https://web.archive.org"
_MOMENT = re.compile(r"/web/(\d{14})[a-z_]*/")


def calendar_of(url: str) -> str:
    """Where it lists its copies of an address by the day."""
    return f"{MACHINE}/web/*/{url}"


def copied_at(address: str) -> str:
    """When a copy was made, as its address says; empty where it does not."""
    found = _MOMENT.search(address)
    try:
        moment = datetime.strptime(f"{found[1] if found else ''}+0000", "%Y%m%d%H%M%S%z")
    except ValueError:
        return ""
    return to_iso(moment)
