"""A service that checks honest papers and hostile hosts, two sites, readers: for an hour.

`python -m tests.hardship.hour --minutes 60`: the honest papers lose no edit that stood long
enough, and none of their articles waits; the sites answer; no process grows. Real time, real
servers; exit status 1 where one of the bounds is not kept.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import httpx

from tests.hardship.press import Edit, Press, list_sources
from tests.hardship.recorded import faults, lateness, lost, versions
from tests.support.crawling import LISTED, PROJECT, environment
from tests.support.newsroom import Newsroom

STOOD = 15 * 60.0  # seconds that an edit stands before it is edited again
EVERY_EDIT = 40.0  # seconds from one edit to the next
MOST_LATE = 4 * 60.0  # seconds that a due article may wait; the service looks once a minute
SLOWEST = 1.0  # seconds, of 99 answers of 100
MOST_MEMORY = 400  # MB
HALF_REQUESTS = 60  # at each site, all the time
PATHS = (
    "/", "/", "/?source=mill", "/articles/{n}", "/articles/{n}", "/articles/{n}/diff/1/2",
    "/articles/{n}/versions/1", "/sources", "/changes.rss", "/api/v1/changes", "/search?q=boats",
    "/health", "/articles/{n}/changes.rss", "/about",
)  # fmt: skip
HARMFUL = (
    "/search?q=" + "+".join(["a*"] * 16), "/search?q=" + "%22a+b".ljust(4000, "a"),
    "/changes.rss?limit=500", "/articles/{n}/diff/2/1", "/?before=" + "9" * 500,
    "/search?q=lines+upon*",
)  # fmt: skip


@dataclass
class Readings:
    """What was measured. ``slow``: seconds of each ordinary answer; ``peaks``: MB by process."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    latest: float = 0.0
    peaks: dict[str, int] = field(default_factory=dict)


def play(folder: Path, minutes: float, seed: int) -> tuple[Press, Readings, list[str]]:
    """The press, what was measured, and what went wrong, a line each."""
    press, readings, over, wrong = Press(seed), Readings(), Event(), []
    list_sources(folder / "data")
    with ExitStack() as stack:
        newsroom = stack.enter_context(Newsroom(press))
        service = stack.enter_context(_command(newsroom, folder, "crawl", "all", "--every", "1m"))
        wait_for(lambda: (folder / "data" / "newsdiff.db").exists())
        ports = [free_port() for _ in range(2)]
        serving = [_command(newsroom, folder, "serve", "--port", str(port)) for port in ports]
        sites = [stack.enter_context(each) for each in serving]
        processes = {"service": service, **{f"site {n}": site for n, site in enumerate(sites, 1)}}
        wait_for(lambda: all(map(is_open, ports)))
        threads = [Thread(target=_read, args=(port, readings, over, seed)) for port in ports * 2]
        threads += [Thread(target=_hold_half_requests, args=(port, over)) for port in ports]
        for thread in threads:
            thread.start()
        end = time.monotonic() + minutes * 60
        next_edit = time.monotonic() + EVERY_EDIT
        while time.monotonic() < end and not over.wait(5):
            if time.monotonic() >= next_edit:
                press.edit(STOOD)
                next_edit += EVERY_EDIT
            readings.latest = max(readings.latest, lateness(folder))
            for name, process in processes.items():
                readings.peaks[name] = _peak(process.pid)
                if process.poll() is not None:
                    wrong.append(f"{name} ended with {process.returncode}")
                    over.set()
        over.set()
        for thread in threads:
            thread.join()
        with ThreadPoolExecutor() as pool:
            wrong += [each for each in pool.map(_end, processes, processes.values()) if each]
    return press, readings, wrong


def judge(press: Press, readings: Readings, folder: Path) -> list[str]:
    """Which bounds were not kept."""
    now = time.monotonic()
    stood = [edit for edit in press.shown if _stood(press, edit, now) >= STOOD]
    wrong = [f"lost: {edit}" for edit in lost(folder, stood)] + faults(folder) + failures(folder)
    if readings.latest > MOST_LATE:
        wrong.append(f"an article was due for {readings.latest:.0f} s")
    if p99(readings.seconds) > SLOWEST:
        wrong.append(f"99 of 100 answers took up to {p99(readings.seconds):.2f} s")
    wrong += [f"{name}: {mb} MB" for name, mb in readings.peaks.items() if mb > MOST_MEMORY]
    return wrong + readings.failed[:20]


def failures(folder: Path) -> list[str]:
    """What failed inside of us, by the logs: the last line of each traceback."""
    return [
        f"{log.name}: {trace.strip().splitlines()[0]}"
        for log in sorted(folder.glob("*.log"))
        for trace in re.split(r"^Traceback .*\n(?:  .*\n)*", log.read_text("utf-8"), flags=re.M)[1:]
    ]


def p99(seconds: list[float]) -> float:
    """The time that 99 of 100 do not exceed."""
    return sorted(seconds)[int(len(seconds) * 0.99)] if seconds else 0.0


def _stood(press: Press, edit: Edit, now: float) -> float:
    after = (each.at for each in press.shown if each.url == edit.url and each.at > edit.at)
    return min(after, default=now) - edit.at


@contextmanager
def _command(
    newsroom: Newsroom, folder: Path, *arguments: str
) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / f"{arguments[0]}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", *arguments, *LISTED],
            cwd=PROJECT,
            env=environment(newsroom, folder),
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _end(name: str, process: subprocess.Popen[bytes]) -> str:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        return f"{name} did not end in 20 s"
    return ""


def _read(port: int, readings: Readings, over: Event, seed: int) -> None:
    chance = random.Random(f"{seed} {port}")
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
        while not over.wait(chance.uniform(0, 0.2)):
            is_harm = chance.random() < 0.05
            path = chance.choice(HARMFUL if is_harm else PATHS).format(n=chance.randint(1, 60))
            headers = {"Host": f"h{chance.random()}.example"} if is_harm else {}
            began = time.monotonic()
            try:
                status = client.get(path, headers=headers).status_code
            except httpx.HTTPError as error:
                readings.failed.append(f"{path}: {error!r}")
                continue
            if is_harm:
                continue
            readings.seconds.append(time.monotonic() - began)
            if status >= 500 and path != "/health":
                readings.failed.append(f"{path}: {status}")


def _hold_half_requests(port: int, over: Event) -> None:
    held: list[socket.socket] = []
    while not over.wait(0.1):
        with suppress(OSError):
            half = socket.create_connection(("127.0.0.1", port), timeout=5)
            half.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ")
            held.append(half)
        if len(held) > HALF_REQUESTS:
            held.pop(0).close()
    for half in held:
        half.close()


def _peak(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) // 1000
    return 0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def is_open(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(holds)
        time.sleep(0.1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=Path, help="the folder to play in, which is kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        press, readings, wrong = play(folder, given.minutes, given.seed)
        wrong += judge(press, readings, folder)
        kept = len(versions(folder))
    edits = len([edit for edit in press.shown if edit.edits])
    print(
        f"{given.minutes:g} minutes, seed {given.seed}: {edits} edits, {kept} versions, "
        f"{len(readings.seconds)} answers, 99 of 100 within {p99(readings.seconds):.2f} s, "
        f"the latest check {readings.latest:.0f} s late, {readings.peaks} MB, {len(wrong)} faults"
    )
    for each in wrong:
        print(each)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
