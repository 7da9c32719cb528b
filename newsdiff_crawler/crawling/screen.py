"""What people see of a crawl: a line for each thing that happened, and no more.

The log has it too, in Scrapy's form and among Scrapy's own lines: `-L DEBUG` shows it in place of
the screen, `--logfile` writes it to a file.
"""

from __future__ import annotations

import io
import logging
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.settings import BaseSettings

from newsdiff_crawler.borrowed import open_log_files_by
from newsdiff_crawler.crawling.lossy_file import open_lossy
from newsdiff_crawler.diff.render.visible import visible

# The terminal, of which there is one: the bar stands below the lines.
CONSOLE = Console(stderr=True, highlight=False)

OURS = __name__.partition(".")[0]
STYLES = {"+": "green", "~": "yellow", "!": "red", "! WARNING": "red", "! ERROR": "bold red"}
_SAID: set[str] = set()  # of the log's file, which Scrapy opens more than once
_OF_LEVELS = ((logging.ERROR, "! ERROR"), (logging.WARNING, "! WARNING"))


def as_shown(text: str, mark: str = "", source: str = "") -> dict[str, str]:
    """What the screen is to say in place of a log record's message, behind a mark, and behind the
    source's name where crawls of several are shown: the record's ``extra``."""
    return {"shown": " ".join(text.splitlines()), "mark": mark, "source": source}


def has_screen(settings: BaseSettings) -> bool:
    """Whether a crawl is shown to people, rather than logged."""
    is_logged = settings.getbool("LOG_ENABLED") and not settings["LOG_FILE"]
    return is_logged and level_of(settings) >= logging.INFO


def check_log(settings: BaseSettings) -> None:
    """Raises ValueError, with one line for people, where nothing could be logged."""
    levels = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
    if not isinstance(settings["LOG_LEVEL"], int) and settings["LOG_LEVEL"] not in levels:
        raise ValueError(f"LOG_LEVEL: {settings['LOG_LEVEL']} is none of {', '.join(levels)}")
    path = settings["LOG_FILE"]
    try:
        if path:
            Path(path).open("a").close()
    except OSError as error:
        raise ValueError(f"LOG_FILE: {path} cannot be written to: {error.strerror}") from error


def level_of(settings: BaseSettings) -> int:
    """LOG_LEVEL as a number."""
    level = settings["LOG_LEVEL"]
    return level if isinstance(level, int) else logging.getLevelName(str(level))


def open_screen(settings: BaseSettings, *, is_of_many: bool = False) -> None:
    """Shows a crawl from now on, in place of the log. Where that goes to a file, the screen has
    errors only: cron mails them."""
    level = logging.ERROR
    if has_screen(settings):
        settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
        level = level_of(settings)
        logging.root.setLevel(level)
    elif not settings["LOG_FILE"]:
        return
    else:
        open_log_files_by(_open_log)
    logging.root.addHandler(Screen(level, is_of_many=is_of_many))


def _open_log(path: str, mode: str) -> io.TextIOWrapper:
    """The file of the log; once it cannot be written, the screen says so."""

    def failed(error: OSError) -> None:
        line = visible(f"{path}: the log is not whole: {error.strerror or error}")
        if line not in _SAID:
            print(f"! ERROR {line}", file=sys.stderr, flush=True)
        _SAID.add(line)

    return io.TextIOWrapper(open_lossy(path, f"{mode}b", failed), "utf-8", "backslashreplace")


class Screen(logging.Handler):
    """Writes to stderr. Of Scrapy and of libraries it shows what is wrong, and nothing else."""

    def __init__(self, level: int, *, is_of_many: bool = False) -> None:
        super().__init__(level)
        self._is_of_many = is_of_many
        self.setFormatter(logging.Formatter())
        self.addFilter(_is_for_people)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._show(*self._parts(record))
        except Exception:
            self.handleError(record)

    def _parts(self, record: logging.LogRecord) -> tuple[str, str]:
        """A mark and a text."""
        mark = next((name for level, name in _OF_LEVELS if record.levelno >= level), "")
        text = getattr(record, "shown", None)
        if text is None:
            return mark, self.format(record)
        source = getattr(record, "source", "") if self._is_of_many else ""
        return getattr(record, "mark", mark), f"{source}: {text}" if source else text

    def _show(self, mark: str, text: str) -> None:
        shown = "\n".join(map(visible, text.split("\n")))
        if not CONSOLE.is_terminal:  # rich would take as long as a check
            print(f"{mark} {shown}" if mark else shown, file=sys.stderr, flush=True)
            return
        grid = Table.grid(padding=(0, 1))
        cells = (Text(mark, STYLES.get(mark, "")), Text(shown)) if mark else (Text(shown),)
        grid.add_row(*cells)
        CONSOLE.print(grid)


def _is_for_people(record: logging.LogRecord) -> bool:
    is_ours = f"{record.name}.".startswith(f"{OURS}.")
    return is_ours or record.levelno > logging.INFO
