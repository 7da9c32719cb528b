"""Commands of the project in processes of their own, forked from one that has imported them all:
half of what a small crawl takes is to import."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from pkgutil import iter_modules

import scrapy.commands

from newsdiff_crawler import commands

LONGEST = 120  # seconds
# What imports the rest, and reads neither the environment nor a settings file. Scrapy imports all
# commands, whichever is asked for.
PRELOADED = (
    *(f"scrapy.commands.{each.name}" for each in iter_modules(scrapy.commands.__path__)),
    *(f"newsdiff_crawler.commands.{each.name}" for each in iter_modules(commands.__path__)),
    "scrapy.cmdline",
    "scrapy.core.downloader.handlers.http11",
    "newsdiff_crawler.crawling.all_sources",
    "newsdiff_crawler.crawling.pipelines",
    "newsdiff_crawler.crawling.identify",
    "newsdiff_crawler.crawling.progress",
    "newsdiff_crawler.store.reading.records",
    "newsdiff_crawler.terminal.record_command",
    "newsdiff_crawler.spiders",
)
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([*PRELOADED])


def scrapy_forked(
    arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """What ``python -m scrapy`` with these arguments does in a folder and an environment, as
    ``subprocess.run`` would tell it."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = _context.Process(
            target=_execute, args=([*arguments], str(cwd), dict(env), str(out), str(err))
        )
        process.start()
        process.join(LONGEST)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired([*arguments], LONGEST, _read(out), _read(err))
        status = process.exitcode
        return subprocess.CompletedProcess([*arguments], status, _read(out), _read(err))


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _execute(arguments: list[str], cwd: str, env: dict[str, str], out: str, err: str) -> None:
    """The command, in the process that was forked."""
    from scrapy.cmdline import execute

    for path, number in ((out, 1), (err, 2)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.path[:0] = [cwd, *filter(None, env.get("PYTHONPATH", "").split(os.pathsep))]
    random.seed()
    try:
        execute(["scrapy", *arguments])
    finally:
        sys.stdout.flush()
        atexit._run_exitfuncs()
