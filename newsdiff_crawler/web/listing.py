"""What a list of changes is asked for: the filters of its address, and how it goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from fastapi import HTTPException
from pydantic import BaseModel, Field

from newsdiff_crawler.diff.model import LabelName
from newsdiff_crawler.store.reading.changes import ChangeFilter, Position
from newsdiff_crawler.times import to_iso
from newsdiff_crawler.web.access import LARGEST

PERIODS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


class Listing(BaseModel):
    """The query of a list's address. Everything is optional; empty means no condition."""

    source: str = Field(default="", max_length=100)
    label: LabelName | Literal[""] = ""
    period: Literal["", "day", "week", "month"] = ""
    order: Literal["time", "size"] = "time"
    show: Literal["", "all"] = ""
    before: str = Field(default="", max_length=80)

    def wanted(self, now: datetime) -> ChangeFilter:
        """The conditions. The largest changes are always those of a period: a week, or as asked."""
        by_size = self.order == "size"
        period = self.period or ("week" if by_size else "")
        return ChangeFilter(
            source=self.source,
            label=self.label,
            since=to_iso(now - PERIODS[period]) if period else "",
            everything=self.show == "all",
            largest_first=by_size,
        )

    def position(self) -> Position | None:
        """Where the list goes on; None: from its start. Raises HTTPException (404) for a place
        that no list has."""
        if not self.before:
            return None
        try:
            key, article_id, number = self.before.rsplit(".", 2)
            by_size = int(key) if self.order == "size" else key
            found = Position(by_size, int(article_id), int(number))
        except ValueError:
            raise HTTPException(404) from None
        if any(isinstance(part, int) and abs(part) > LARGEST for part in vars(found).values()):
            raise HTTPException(404)
        return found

    def query(self, **changes: str) -> str:
        """The same list with some filters set otherwise, as the query of an address."""
        told = {**self.model_dump(), **changes}
        defaults = Listing().model_dump()
        differing = {name: value for name, value in told.items() if value != defaults[name]}
        return f"?{urlencode(differing)}" if differing else ""


def token(position: Position) -> str:
    """A place in a list, for an address."""
    return f"{position.key}.{position.article_id}.{position.number}"
