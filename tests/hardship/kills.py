"""Crawls that are killed, or told to end, at any moment, inside hostile pages too.

`python -m tests.hardship.kills 100`: a signal ends each crawl of all sources within seconds, the
record stays sound, and no version goes or comes twice. At the end a crawl that nobody ends finds
what the honest papers show.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from newsdiff_crawler.exit_status import ExitStatus
from tests.hardship.press import HONEST, HOSTILE, Press, honest_urls, list_sources
from tests.hardship.recorded import faults, lost, versions
from tests.support.crawling import FAST, LISTED, PROJECT, environment
from tests.support.newsroom import Newsroom

LONGEST = 6.0  # seconds that a crawl is left alone, from its start or from its first request
WHILE_STARTING = 0.25  # of the crawls are ended so soon that they may not have begun
TO_END = 20.0  # seconds that it may take to end, once told to
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
# A host that does not answer is given up soon: there would be little else to kill.
SETTINGS = ("-s", "DOWNLOAD_TIMEOUT=3", "-s", "NEWSDIFF_READING_SECONDS=2")


def kill_often(folder: Path, times: int, seed: int = 1) -> list[str]:
    """What went wrong, a line each, of so many crawls in a folder."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what ignores it has deaf children
    chance, press, wrong = random.Random(seed), Press(seed), []
    list_sources(folder / "data")
    with Newsroom(press) as newsroom:
        for number in range(times):
            before = versions(folder)
            wrong += [f"crawl {number}: {each}" for each in _crawl(newsroom, folder, chance)]
            if (folder / "data" / "newsdiff.db").exists():
                wrong += [f"crawl {number}: {each}" for each in faults(folder, before)]
            press.edit(rest=0)
        list_sources(folder / "data", HONEST)
        subprocess.run(
            _command("-a", "recheck=1"),
            cwd=PROJECT,
            env=environment(newsroom, folder),
            stderr=subprocess.DEVNULL,
        )
        latest = {edit.url: edit for edit in press.shown}
        assert latest.keys() == set(honest_urls())
        wrong += [f"not there: {edit}" for edit in lost(folder, latest.values())]
        return [*wrong, *faults(folder)]


def _crawl(newsroom: Newsroom, folder: Path, chance: random.Random) -> list[str]:
    crawl = subprocess.Popen(
        _command("-a", "recheck=1"),
        cwd=PROJECT,
        env=environment(newsroom, folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    sent = chance.choice(SIGNALS)
    if chance.random() > WHILE_STARTING:
        _wait_for_work(newsroom, crawl)
    with suppress(subprocess.TimeoutExpired):
        crawl.wait(chance.uniform(0, LONGEST))
    was_at_work = crawl.poll() is None
    crawl.send_signal(sent)  # nothing happens where it is over
    try:
        said = crawl.communicate(timeout=TO_END)[1]
    except subprocess.TimeoutExpired:
        return [f"{sent} did not end it in {TO_END} s: {_stage(crawl)}"]
    if was_at_work and crawl.returncode == ExitStatus.DONE:
        return [f"{sent} ended it as if all were done: {said[-500:]}"]
    # Python's own, before the crawl said anything: Scrapy is still being imported.
    is_importing = said.startswith("Traceback") and said.rstrip().endswith("KeyboardInterrupt")
    return [f"{sent}: {said[-2000:]}"] if "Traceback" in said and not is_importing else []


def _wait_for_work(newsroom: Newsroom, crawl: subprocess.Popen[str]) -> None:
    """Until it asks for something: how long that takes, the machine says."""
    before = len(newsroom.log)
    while len(newsroom.log) == before and crawl.poll() is None:
        time.sleep(0.02)


def _stage(crawl: subprocess.Popen[str]) -> str:
    """What a crawl that is stuck said last, and where each of its threads is."""
    crawl.send_signal(signal.SIGABRT)  # `faulthandler` says so
    try:
        said = crawl.communicate(timeout=TO_END)[1]
    except subprocess.TimeoutExpired:
        crawl.kill()
        said = crawl.communicate()[1]
    log, _, stacks = said.partition("Fatal Python error")
    return f"{log[-1000:]}\n{stacks.partition('Extension modules')[0]}"


def _command(*arguments: str) -> list[str]:
    given = (*arguments, *FAST, *SETTINGS, *LISTED)
    return [sys.executable, "-X", "faulthandler", "-m", "scrapy", "crawl", "all", *given]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("times", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        wrong = kill_often(Path(folder), given.times, given.seed)
        kept = len(versions(Path(folder)))
    minutes = (time.monotonic() - began) / 60
    print(f"{given.times} crawls of {len(HONEST + HOSTILE)} sources in {minutes:.0f} min, seed "
          f"{given.seed}: {kept} versions, {len(wrong)} faults")  # fmt: skip
    for each in wrong:
        print(each)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
