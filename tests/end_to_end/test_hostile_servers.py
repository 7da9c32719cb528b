"""``scrapy crawl bbc`` against servers that refuse, hang, lie about their size, go in circles."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newsdiff_crawler.demo.loopback import Answer, Request
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import from_iso
from tests.support.crawling import (
    PROJECT,
    bbc_routes,
    crawl_command,
    environment,
    query,
    stories,
    urls_of,
)
from tests.support.newsroom import (
    Babble,
    Drip,
    Flood,
    Newsroom,
    Reset,
    Silence,
    page,
    redirect,
    typed,
)

AT_EIGHT = ("-s", "NEWSDIFF_NOW=2026-03-01T08:00:00Z")
PER_HOST = 8
BY_TURNS = [page("", 429), page("", 503, retry_after="3600")]
LEFT_ALONE = "left alone until 2026-03-01T08:.*: "
TOO_LARGE = "failed: the answer is larger than allowed"
CHECK = page("<html><head><title>Just a moment...</title></head><body></body></html>")
BOMB = typed(gzip.compress(bytes(50_000_000)), "text/html", content_encoding="gzip")
HOSTS: dict[str, tuple[Answer, str]] = {
    "refuses.bbc.com": (page("", 403), f"{LEFT_ALONE}HTTP 403"),
    "checks.bbc.com": (CHECK, f"{LEFT_ALONE}a bot check"),
    "hangs.bbc.com": (Silence(), f"{LEFT_ALONE}timed out"),
    "drips.bbc.com": (Drip(), f"{LEFT_ALONE}timed out"),
    "resets.bbc.com": (Reset(), f"{LEFT_ALONE}the connection was dropped"),
    "babbles.bbc.com": (Babble(), f"{LEFT_ALONE}the head of the answer is larger than allowed"),
    "breaks.bbc.com": (page("", 500), f"{LEFT_ALONE}HTTP 500"),
    "floods.bbc.com": (Flood(size=300_000_000), TOO_LARGE),
    "pours.bbc.com": (Flood(size=300_000_000, promised=False), TOO_LARGE),
    "bombs.bbc.com": (BOMB, TOO_LARGE),
    "packs.bbc.com": (typed(b"ab" * 40, "text/html; charset=hex"), "failed: no parser fits"),
    "names.bbc.com": (
        redirect("https://a:b@names.bbc.com/news/articles/there"),
        "failed: led to an address with a user or a password in it",
    ),
    "forged.bbc.com": (page(""), "failed: robots.txt: the certificate is not trusted"),
}
ROBOTS: dict[str, tuple[Answer, str]] = {
    "secret.bbc.com": (page("", 503), f"{LEFT_ALONE}robots.txt: HTTP 503"),
    "mute.bbc.com": (Silence(), f"{LEFT_ALONE}robots.txt: timed out"),
}
# The rest are played by functions.
SAID = {host: said for host, (_, said) in (HOSTS | ROBOTS).items()} | {
    "turns.bbc.com": "left alone until 2026-03-01T09:00:00Z: HTTP 503",
    "circles.bbc.com": "failed: redirected too often",
}


def circles(host: str) -> dict[str, Answer]:
    """Each page leads to the next one, the last to the first."""
    urls = urls_of(PER_HOST, host)
    return {url: redirect(to) for url, to in zip(urls, [*urls[1:], urls[0]], strict=True)}


def by_turns(host: str) -> dict[str, Any]:
    turns: Counter[str] = Counter()

    def answer(request: Request) -> Answer:
        turns[host] += 1
        return BY_TURNS[turns[host] % 2]

    return dict.fromkeys(urls_of(PER_HOST, host), answer)


def hostile() -> dict[str, Any]:
    routes = circles("circles.bbc.com") | by_turns("turns.bbc.com") | stories(urls_of(PER_HOST))
    for host, (answer, said) in HOSTS.items():
        few = 2 if said == TOO_LARGE else PER_HOST  # the page's fault, not the host's
        routes |= dict.fromkeys(urls_of(few, host), answer)
    for host, (answer, _) in ROBOTS.items():
        routes |= stories(urls_of(PER_HOST, host)) | {f"https://{host}/robots.txt": answer}
    return routes


def track(folder: Path, urls: Iterable[str]) -> None:
    """Makes the record know them, and check them at eight."""
    store = Store.open(folder / "data")
    store.queue.track("bbc", urls, from_iso("2026-03-01T08:00:00Z"))
    store.close()


# A process that is started inherits the peak of the one that starts it, on Linux, and pytest is
# large by then. So a small one starts the crawl, and tells the peak of its child.
MEASURE = """
import os, subprocess, sys
_, _, used = os.wait4(subprocess.Popen(sys.argv[1:]).pid, 0)
print(used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) // 1_000_000)
"""


def measured(*arguments: str, env: dict[str, str], log: Path) -> tuple[int, str]:
    """A crawl's largest size in memory, in megabytes, and its log."""
    with log.open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, *crawl_command(*arguments)],
            cwd=PROJECT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=output,
            check=True,
        )
    return int(done.stdout), log.read_text("utf-8")


def test_hostile_servers_cost_little_and_are_named(tmp_path: Path) -> None:
    routes = hostile()
    track(tmp_path, [url for url in routes if "/articles/" in url])
    with Newsroom(bbc_routes({}) | routes, untrusted=("forged.bbc.com",)) as newsroom:
        megabytes, log = measured(
            *("bbc", "-s", "DOWNLOAD_TIMEOUT=4", "-s", "DOWNLOAD_MAXSIZE=1000000", *AT_EIGHT),
            env=environment(newsroom, tmp_path),
            log=tmp_path / "log",
        )
        requests = Counter(record.request.host for record in newsroom.log)
    unnamed = [host for host, said in SAID.items() if not re.search(rf"{host}\S* {said}", log)]
    assert unnamed == []
    assert "Traceback" not in log
    assert megabytes < 300
    # No more than a few tries each; a redirect is followed five times.
    assert max(requests[host] for host in HOSTS | ROBOTS) <= 10
    assert requests["turns.bbc.com"] <= 3
    assert requests["circles.bbc.com"] <= 1 + PER_HOST * 6
    good = "select count(*) from articles where version_count = 1 and url like '%//www.bbc.com/%'"
    assert query(tmp_path, good) == [(PER_HOST,)]
    left = "select count(*) - (select checks + put_off from runs) from articles"
    assert query(tmp_path, left) == [(0,)]
