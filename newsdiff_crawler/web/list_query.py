"""The query of a list of changes: its filters, its order, and where it goes on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import HTTPException
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    Field,
    TypeAdapter,
    WithJsonSchema,
)

from newsdiff_crawler.diff.model import LabelName
from newsdiff_crawler.store.reading.changes import ChangeFilter, Position
from newsdiff_crawler.store.reading.publishers import SourceChoice
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import to_iso
from newsdiff_crawler.web.dependencies import MAX_INTEGER
from newsdiff_crawler.web.publishers import only_of

PERIODS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


class ListQuery(BaseModel):
    """The parameters in the address of a list. All are optional; empty means no condition."""

    source: str = Field(default="", max_length=100)
    country: str = Field(default="", max_length=2)
    language: str = Field(default="", max_length=10)
    label: LabelName | Literal[""] = ""
    period: Literal["", "day", "week", "month"] = ""
    order: Literal["time", "size"] = "time"
    show: Literal["", "all"] = ""
    before: str = Field(default="", max_length=80)

    def change_filter(self, now: datetime, records: Records) -> ChangeFilter:
        """The same for the record. By size, a list is always of a period: of a week if none is
        set."""
        by_size = self.order == "size"
        period = self.period or ("week" if by_size else "")
        change_filter = ChangeFilter(
            source=self.source,
            label=self.label,
            since=to_iso(now - PERIODS[period]) if period else "",
            with_minor=self.show == "all",
            largest_first=by_size,
        )
        return only_of(change_filter, records, SourceChoice(self.country, self.language))

    def position(self) -> Position | None:
        """Where the list goes on; None: at its start. Raises HTTPException, 404, for a position
        that no list has."""
        if not self.before:
            return None
        try:
            key, article_id, number = self.before.rsplit(".", 2)
            time_or_size = int(key) if self.order == "size" else key
            position = Position(time_or_size, int(article_id), int(number))
        except ValueError:
            raise HTTPException(404) from None
        numbers = (part for part in vars(position).values() if isinstance(part, int))
        if any(abs(number) > MAX_INTEGER for number in numbers):
            raise HTTPException(404)
        return position

    def query_string(self, **changes: str) -> str:
        """The query of the same list with some parameters changed: ``?source=bbc``, or ``""``."""
        parameters = {**self.model_dump(), **changes}
        defaults = type(self)().model_dump()
        differing = {name: value for name, value in parameters.items() if value != defaults[name]}
        return f"?{urlencode(differing)}" if differing else ""


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SECOND = timedelta(seconds=1)
_moment = TypeAdapter(AwareDatetime)
_DAY_OR_TIME = WithJsonSchema(
    {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}, {"maxLength": 0}]}
)


def _since(text: str) -> str:
    """A day or a time (RFC 3339) as the record writes times. Raises ValueError."""
    return _moved(text, timedelta()) if text else ""


def _until(text: str) -> str:
    """The moment after it. Raises ValueError."""
    return _moved(text, timedelta(days=1) if _DAY.fullmatch(text) else _SECOND) if text else ""


def _moved(text: str, later: timedelta) -> str:
    if not text[:1].isdigit() or "-" not in text:  # pydantic takes numbers too
        raise ValueError("neither a day nor a time")
    moment = _moment.validate_strings(f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text)
    try:
        return to_iso(moment + later)
    except OverflowError:
        return (
            "~" if moment.year > 1 else "0"
        )  # after the end of the calendar, before its beginning


class PeriodQuery(ListQuery):
    """The same for programs: with any period, from a day or a time on to another, both included."""

    since: Annotated[str, BeforeValidator(_since), _DAY_OR_TIME] = Field(default="", alias="from")
    until: Annotated[str, BeforeValidator(_until), _DAY_OR_TIME] = Field(default="", alias="to")

    def change_filter(self, now: datetime, records: Records) -> ChangeFilter:
        usual = super().change_filter(now, records)
        is_set = self.period or not (self.since or self.until)
        since = max(self.since, usual.since if is_set else "")
        return replace(usual, since=since, until=self.until)


def token(position: Position) -> str:
    """A position in a list as the parameter ``before``."""
    return f"{position.key}.{position.article_id}.{position.number}"
