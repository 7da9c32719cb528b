"""What was left out of a feed, as a column holds it: JSON."""

from __future__ import annotations

import json

from newsdiff_crawler.items import LeftOut


def to_json(left_out: LeftOut) -> str:
    """Only what there was: ``{}`` is nothing."""
    return json.dumps({name: value for name, value in vars(left_out).items() if value})


def from_json(column: str | None) -> LeftOut:
    """Nothing was left out of a feed that was never read."""
    values = json.loads(column or "{}")
    return LeftOut(**{**values, "named": tuple(values.get("named", ()))})
