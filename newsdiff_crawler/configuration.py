"""Our own settings, which begin with NEWSDIFF_: what each means, its default and its bounds.

As a program (``python -m newsdiff_crawler.configuration``) it prints docs/settings.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from socket import gethostname
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo
from scrapy.settings import BaseSettings, default_settings
from scrapy.utils.conf import closest_scrapy_cfg

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.scheduling.price import FEWEST_CHECKS, MOST_CHECKS
from newsdiff_crawler.times import from_iso

PREFIX = "NEWSDIFF_"
LONGEST_CONTACT = 200
ALIKE = 0.75  # how much of a name must be right to be taken for a misspelt one
_HOST = re.compile(r"(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?")
_LONGEST_QUOTED = 150  # bytes: a file's name may have 255
_SHOWN = 80  # characters of a wrong value
_KINDS: dict[object, str] = {int: "a whole number", float: "a number", timedelta: "a whole number"}
# Of which kind a setting of Scrapy's is, by its default; a bool is an int too.
_SCRAPYS: tuple[tuple[type | tuple[type, ...], Callable[..., object], str], ...] = (
    (bool, BaseSettings.getbool, "True or False"),
    ((int, float), BaseSettings.getfloat, "a number"),
    (dict, BaseSettings.getdict, "a dictionary"),
)


class ConfigurationError(Exception):
    """A setting makes no sense; the message is one line that names it and what is allowed."""


def _folder(value: object) -> Path:
    """Where a folder is or could be made. Raises ValueError for what can be none."""
    if not str(value).strip():
        raise ValueError("no folder is named")
    try:
        folder = Path(str(value)).expanduser()
        is_taken = folder.exists() and not folder.is_dir()
    except (OSError, RuntimeError) as error:  # too long; not allowed; nobody's home
        raise ValueError(str(error)) from error
    if is_taken:
        raise ValueError("something else is there")
    return folder


def _beside_scrapy_cfg() -> str:
    return str(Path(closest_scrapy_cfg() or "scrapy.cfg").parent / "data")


def _one_line(text: str) -> str:
    """It becomes part of a header."""
    if not text.isprintable():
        raise ValueError("control characters")
    return text.strip()


def _machine(text: str) -> str:
    """It becomes part of a file's name, quoted."""
    if len(quote(text, safe="")) > _LONGEST_QUOTED:
        raise ValueError("too long for a file's name")
    return _one_line(text)


def _names(value: object) -> tuple[str, ...]:
    """As they stand in the header Host, apart by commas. Raises ValueError."""
    names = tuple(str(value).lower().replace(",", " ").split())
    for name in names:
        if not _HOST.fullmatch(name):
            raise ValueError(f"{name} is no host")
    return names


def _switch(value: object) -> bool:
    if str(value) not in ("0", "1", "False", "True"):
        raise ValueError("neither on nor off")
    return str(value) in ("1", "True")


def _site(text: str) -> str:
    parts = urlsplit(_one_line(text))
    is_one = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    if text and (not is_one or parts.query or parts.fragment or "@" in parts.netloc):
        raise ValueError("no address of a site")
    return parts.geturl().rstrip("/")


def _service(text: str) -> str:
    parts = urlsplit(_one_line(text))
    is_one = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    if text and (not is_one or parts.fragment):
        raise ValueError("no address of a service")
    return parts.geturl()


def _services(value: object) -> tuple[str, ...]:
    given = str(value).replace(",", " ").split()
    return tuple(_service(each).rstrip("/") for each in given)


def _file(value: object) -> Path | None:
    """Where a file is or could be: that it is missing is said by who needs it. Raises ValueError
    for what can be none."""
    if not str(value).strip():
        return None
    try:
        path = Path(str(value)).expanduser()
        is_folder = path.is_dir()
    except (OSError, RuntimeError) as error:
        raise ValueError(str(error)) from error
    if is_folder:
        raise ValueError("a folder")
    return path


def _moment(value: object) -> datetime | None:
    moment = from_iso(str(value)) if value else None
    if moment and not 1970 <= moment.year < 3000:
        raise ValueError("arithmetic with it would leave the calendar")
    return moment


def _setting_name(field: str) -> str:
    return PREFIX + field.upper()


def _setting(
    default: object,
    means: str,
    *,
    unit: str = "",
    allowed: str = "",
    shown: str = "",
    **bounds: Any,
) -> Any:
    """A field of the model.

    ``allowed`` ends the sentence "VALUE is not"; a number has none, and must have a unit and both
    bounds, ``ge`` and ``le``. ``shown``: the default, for people. One that is computed is given as
    a function.
    """
    extra: dict[str, Any] = {"unit": unit, "allowed": allowed, "default": shown}
    given: dict[str, Any] = {"default_factory" if callable(default) else "default": default}
    return Field(**given, description=means, json_schema_extra=extra, **bounds)


class Configuration(BaseModel):
    """All of them, read and checked. A field is the setting's name without NEWSDIFF_."""

    model_config = ConfigDict(
        alias_generator=_setting_name,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
    )

    data: Annotated[Path, BeforeValidator(_folder)] = _setting(
        _beside_scrapy_cfg,
        "The folder of the record, `newsdiff.db`, and of `sources.toml`; a crawl makes it. `~` is "
        "your home. What begins with neither `/` nor `~` is below the folder a command runs in.",
        allowed="a folder",
        shown="`data` beside scrapy.cfg",
    )
    contact: Annotated[str, AfterValidator(_one_line)] = _setting(
        "",
        "Where publishers and readers can reach you: a mail address or a page. It is part of the "
        "User-Agent and stands on `/about`. Please set it.",
        allowed=f"one line of at most {LONGEST_CONTACT} characters",
        shown="none",
        max_length=LONGEST_CONTACT,
    )
    checks_per_article: float = _setting(
        24,
        "How often an average article is checked in its life of 90 days: more while it is fresh "
        "or being edited, less where nothing changes. The rule is in [schedule.md](schedule.md).",
        unit="checks",
        ge=FEWEST_CHECKS,
        le=MOST_CHECKS,
    )
    checks_per_hour: float = _setting(
        0,
        "In place of that: checks of all crawls together, averaged over days. 0: no such limit.",
        unit="checks an hour",
        ge=0,
        le=1_000_000,
    )
    archive: Annotated[bool, BeforeValidator(_switch)] = _setting(
        "1",
        "Whether the page behind each version, refusal and doubt is kept, in WARC files below "
        "`archive/` in the data folder.",
        allowed="0 or 1",
    )
    tsa: Annotated[str, AfterValidator(_service)] = _setting(
        "",
        "The authority for time stamps (RFC 3161) that is asked once a day to stamp what the "
        "record holds. How to choose one: [evidence.md](evidence.md).",
        allowed="an address as https://freetsa.org/tsr",
        shown="none: nothing is stamped",
    )
    tsa_root: Annotated[Path | None, BeforeValidator(_file)] = _setting(
        "",
        "The file of the root certificates (PEM) that the authority's own must lead to.",
        allowed="a file",
        shown="none: no authority is asked",
    )
    calendars: Annotated[tuple[str, ...], BeforeValidator(_services)] = _setting(
        "",
        "Calendars of OpenTimestamps that are asked as well, apart by commas.",
        allowed="one or more addresses as https://a.pool.opentimestamps.org",
        shown="none",
    )
    unchanged_days: int = _setting(
        0,
        "After this time the pages of a story that never changed are let go, one file of the "
        "archive at each run's end; its version stays. 0: all pages are kept for ever.",
        unit="days",
        ge=0,
        le=36500,
    )
    portion: int = _setting(
        50,
        "How many due articles a crawl claims at a time. It claims fewer where its hosts want to "
        "be asked slowly.",
        unit="articles",
        ge=1,
        le=1000,
    )
    host_requests_per_day: int = _setting(
        0,
        "How often a host may be asked in a day (UTC), by all crawls of the record together; then "
        "it is left alone until the next one. 0: no such bound.",
        unit="requests",
        ge=0,
        le=10_000_000,
    )
    lease: Annotated[timedelta, BeforeValidator(lambda value: int(str(value)))] = _setting(
        1800,
        "After this time another crawl may check an article or a feed that was claimed and never "
        "reported on.",
        unit="seconds",
        ge=timedelta(minutes=1),
        le=timedelta(days=1),
    )
    crawl_minutes: float = _setting(
        60,
        "After this time a crawl claims nothing more and ends; what is left is due for the next "
        "one. 0: it reads feeds and checks no article.",
        unit="minutes",
        ge=0,
        le=7 * 24 * 60,
    )
    late_hours: float = _setting(
        6,
        "How long due checks may wait. A source of which some wait longer is unwell; and where no "
        "crawl ran for so long, `/health` answers 503 and the front page says it.",
        unit="hours",
        ge=0.1,
        le=24 * 365,
    )
    unwell_percent: float = _setting(
        25,
        "How many of the sources may be unwell before `/health` answers 503. 0: none; 100: all.",
        unit="percent",
        ge=0,
        le=100,
    )
    feed_entries: int = _setting(
        2000,
        "How many articles of a feed or sitemap are followed: the newest. How many were left out "
        "is said at the end of a crawl and by `scrapy sources`.",
        unit="articles",
        ge=10,
        le=50_000,
    )
    new_per_day: int = _setting(
        10_000,
        "How many new articles of a source are tracked within 24 hours. Its feeds list more? Then "
        "the source is unwell, and they are tracked when there is room.",
        unit="articles",
        ge=10,
        le=10_000_000,
    )
    reading_seconds: float = _setting(
        10,
        "How much CPU time the reading of one page or feed may take. One that takes more is a "
        "failed check. Ordinary ones take some hundredths of a second.",
        unit="seconds",
        ge=1,
        le=600,
    )
    headline_words: int = _setting(
        300,
        "How long a headline may be. A page with a longer one is a failed check.",
        unit="words",
        ge=10,
        le=100_000,
    )
    headline_bytes: int = _setting(
        3_000,
        "The same in bytes of UTF-8.",
        unit="bytes",
        ge=100,
        le=1_000_000,
    )
    text_words: int = _setting(
        100_000,
        "How long the text of an article may be. A page with a longer one is a failed check.",
        unit="words",
        ge=1_000,
        le=10_000_000,
    )
    text_bytes: int = _setting(
        1_000_000,
        "The same in bytes of UTF-8, with headline and byline.",
        unit="bytes",
        ge=10_000,
        le=100_000_000,
    )
    hosts: Annotated[tuple[str, ...], BeforeValidator(_names)] = _setting(
        "",
        "The names under which readers reach the site, as `news.example.org` or "
        "`news.example.org:8443`, apart by commas. Feeds and pictures name the site by them; under "
        "any other name it is answered as under the first.",
        allowed="one or more hosts",
        shown="where it listens, on this machine",
    )
    site_url: Annotated[str, AfterValidator(_site)] = _setting(
        "",
        "Where readers reach the site, for the links of messages: with the prefix, where a proxy "
        "serves it below one.",
        allowed="an address as https://news.example.org",
        shown="none: messages link to the source only",
    )
    hub: Annotated[str, AfterValidator(_site)] = _setting(
        "",
        "The WebSub hub that feeds name, and to which what is new in them is announced; see "
        "[telling/websub.md](telling/websub.md).",
        allowed="an address as https://hub.example",
        shown="none",
    )
    wayback: Annotated[str, AfterValidator(_site)] = _setting(
        "",
        "The Wayback Machine that is asked to copy the page of each new version, "
        "`https://web.archive.org`; see [internet-archive.md](internet-archive.md).",
        allowed="an address as https://web.archive.org",
        shown="none: no copies are asked for",
    )
    node: Annotated[str, AfterValidator(_machine)] = _setting(
        gethostname,
        "What this machine is called where several crawl for one record: `/health` tells of each "
        "by its name, and the files of its archive have it. To be kept.",
        allowed="one line of at most 100 characters (12 beyond ASCII)",
        shown="the machine's own name",
        min_length=1,
        max_length=100,
    )
    now: Annotated[datetime | None, BeforeValidator(_moment)] = _setting(
        "",
        "What a crawl takes for the present moment. The demo lives through two days in a minute "
        "with it.",
        allowed="a time as 2026-11-22T10:30:00Z",
        shown="the clock's time",
    )

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Configuration:
        """Those that Scrapy's settings hold, and the defaults of the others.

        Raises ConfigurationError for the first that is wrong, or that is no setting.
        """
        ours = {name: value for name, value in settings.items() if name.startswith(PREFIX)}
        said = {name: value for name, value in ours.items() if value is not None}
        given = from_environment({}) | said
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            name = str(error.errors()[0]["loc"][0])
            raise ConfigurationError(_explain(name, given[name])) from error


def configured(settings: Mapping[str, Any]) -> Configuration:
    """The configuration, or the end of the program with one line that says what is wrong, with one
    of Scrapy's settings too."""
    try:
        if isinstance(settings, BaseSettings):
            _check_scrapys(settings)
        return Configuration.from_settings(settings)
    except ConfigurationError as error:
        give_up(error, ExitStatus.NO_SENSE)


def _check_scrapys(settings: BaseSettings) -> None:
    """Raises ConfigurationError for a setting of Scrapy's that is of another kind than its default:
    Scrapy finds out while it starts, or when it needs it."""
    for name, default in vars(default_settings).items():
        if not name.isupper() or not settings.getpriority(name):
            continue  # at its default
        read, kind = next(
            ((read, kind) for types, read, kind in _SCRAPYS if isinstance(default, types)),
            (None, ""),
        )
        try:
            _ = read and settings[name] is not None and read(settings, name)
        except (ValueError, TypeError) as error:
            shown = repr(settings[name])[:_SHOWN]
            raise ConfigurationError(f"{name}: expected {kind}, not {shown}") from error


class ContactInUserAgent:
    """An add-on, so that it holds for every spider: those of ``scrapy fetch`` and ``shell`` too."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Scrapy's way to complete settings before any spider is known."""
        name_the_contact(settings)


def name_the_contact(settings: BaseSettings) -> None:
    """Fills the contact in where USER_AGENT has ``{contact}``."""
    contact = configured(settings).contact or "no contact given"
    agent = settings["USER_AGENT"].replace("{contact}", contact)
    settings.set("USER_AGENT", agent, settings.getpriority("USER_AGENT") or "project")


def from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    """Every setting as Scrapy is to hold it, by its name: what the environment says, or the
    default. Not checked yet, for what is said on the command line comes before it."""
    return {
        name: environment.get(name) or field.get_default(call_default_factory=True)
        for name, field in _fields().items()
    }


def misspelt(environment: Mapping[str, str]) -> list[str]:
    """A line for each variable that seems to be meant for a setting.

    No more than that, and none for other names with our prefix: Kubernetes, for one, makes
    NEWSDIFF_PORT of a service that is called newsdiff.
    """
    unknown = [name for name in environment if name.startswith(PREFIX) and name not in _fields()]
    return [f"{name} in the environment: {_hint(name)}" for name in unknown if _meant(name)]


def _fields() -> dict[str, FieldInfo]:
    return {_setting_name(name): field for name, field in Configuration.model_fields.items()}


def _explain(name: str, value: object) -> str:
    field = _fields().get(name)
    problem = f"{_shown(value)} is not {_allowed(field)}" if field else _hint(name)
    return f"{name}: {problem}"


def _hint(name: str) -> str:
    meant = _meant(name)
    names = ", ".join(_fields())
    return f"there is no such setting; {f'is it {meant}?' if meant else f'there are {names}'}"


def _meant(name: str) -> str | None:
    """The setting whose name is most like this one, without the beginning that all share."""
    known = [setting.removeprefix(PREFIX) for setting in _fields()]
    alike = get_close_matches(name.removeprefix(PREFIX).upper(), known, 1, ALIKE)
    return PREFIX + alike[0] if alike else None


def _shown(value: object) -> str:
    """On one line, and visible."""
    text = str(value)
    shown = text if text.isprintable() and text.strip() else repr(text)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _allowed(field: FieldInfo) -> str:
    extra = _extra(field)
    if extra["allowed"]:
        return extra["allowed"]
    low, high = (_bound(field, name) for name in ("ge", "le"))
    kind = _KINDS[field.annotation]
    return f"{kind} of {extra['unit']} from {_number(low)} to {_number(high)}"


def _bound(field: FieldInfo, name: str) -> float | timedelta:
    bounds: list[float | timedelta] = [
        getattr(part, name) for part in field.metadata if hasattr(part, name)
    ]
    assert bounds, f"a number needs both ge and le; this has no {name}: {field.description}"
    return bounds[0]


def _number(bound: float | timedelta) -> str:
    return f"{bound.total_seconds() if isinstance(bound, timedelta) else bound:.10g}"


def _extra(field: FieldInfo) -> dict[str, str]:
    assert isinstance(field.json_schema_extra, dict)
    return {key: str(value) for key, value in field.json_schema_extra.items()}


PAGE = """\
# Settings

<!-- Made by: python -m newsdiff_crawler.configuration > docs/settings.md -->

| setting | default | allowed | means |
|---|---|---|---|
{rows}

Each is read from the environment, by every command and by the jobs of [Scrapyd](scrapyd.md). A
variable that is empty counts as not set. Later ones in this list win:

1. the default;
2. the environment: `NEWSDIFF_LEASE=600 scrapy crawl bbc`;
3. the settings file of your own project, if you have one:
   `from newsdiff_crawler.settings import *`, then `NEWSDIFF_LEASE = 600`;
4. `custom_settings` of a spider;
5. the command line: `scrapy crawl bbc -s NEWSDIFF_LEASE=600`.

`scrapy settings --get NEWSDIFF_LEASE` shows the value in effect.

All of them are checked before a command begins. A wrong value ends it with status 2 and one line:

    newsdiff_crawler: NEWSDIFF_LEASE: 5 is not a whole number of seconds from 60 to 86400

A name that begins with NEWSDIFF_ and is no setting ends it too, on the command line and in a
settings file. In the environment, where other programs have their say, it does not: a name that
seems to be misspelt is named on stderr, and the command goes on.

## Not ours

Those of Scrapy's own settings that we change are in
[settings.py](../newsdiff_crawler/settings.py), with a comment where the reason is not plain. `-s`
changes them too; the environment does not.

| environment | means |
|---|---|
| `https_proxy`, `http_proxy`, `no_proxy` | the proxies of crawls and of `scrapy schedule` |
| `SSL_CERT_FILE` | whom to trust, where that is not the system's list |
| `SCRAPYD_USERNAME`, `SCRAPYD_PASSWORD` | what Scrapyd asks for: [scrapyd.md](scrapyd.md) |
"""


def page_of_settings() -> str:
    """docs/settings.md."""
    return PAGE.format(rows="\n".join(_row(name, field) for name, field in _fields().items()))


def _row(name: str, field: FieldInfo) -> str:
    default = _extra(field)["default"] or f"{field.default}"
    cells = (f"`{name}`", default, _allowed(field), field.description)
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    print(page_of_settings(), end="")
