"""A real Scrapyd, set up, fed and scheduled by the very commands of docs/scrapyd.md."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener
from zipfile import ZipFile

import pytest

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.store import Store
from tests.support.crawling import PROJECT, bbc_routes, bbc_story, bbc_url, query
from tests.support.newsroom import Held, Newsroom, feed, typed

PAGE = (PROJECT / "docs" / "scrapyd.md").read_text("utf-8")
DEADLINE = 60.0  # seconds for what takes a few
KEEPERS = PROJECT / "tests" / "pages" / "guardian-2020.html"
KEEPERS_TITLE = "Lighthouse keepers vote to keep their lamps"
KEEPERS_URL = "https://www.theguardian.com/uk-news/2023/nov/14/lighthouse-keepers-vote-lamps"


def block(mark: str) -> str:
    """The code block under an HTML comment of docs/scrapyd.md."""
    found = re.search(rf"<!-- {re.escape(mark)} -->\n```\n(.+?)\n```", PAGE, re.DOTALL)
    assert found, f"no block under {mark}"
    return found[1]


def until(condition: Callable[[], Any]) -> None:
    """Asks again and again, and gives up at the deadline."""
    end, pause = monotonic() + DEADLINE, Event()
    while not condition():
        assert monotonic() < end, f"not within {DEADLINE} seconds"
        pause.wait(0.05)


@dataclass
class Machine:
    """A machine as docs/scrapyd.md describes it, below a folder."""

    root: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}/"

    @property
    def scrapyd(self) -> Path:
        return self.root / "var/lib/newsdiff/scrapyd"

    @property
    def log(self) -> str:
        """What `scrapy schedule` wrote when cron ran it."""
        return (self.root / "var/lib/newsdiff/schedule.log").read_text("utf-8")

    def here(self, text: str) -> str:
        """A text of the page with its absolute paths below the folder."""
        return re.sub(r"(?<![\w.])/(?=opt/|var/lib/|etc/)", f"{self.root}/", text)

    def environment(self) -> dict[str, str]:
        lines = (self.root / "etc/newsdiff.env").read_text("utf-8").splitlines()
        return self.bare() | dict(line.split("=", 1) for line in lines)

    def bare(self) -> dict[str, str]:
        """As little as cron gives."""
        return {"PATH": os.environ["PATH"], "HOME": str(self.root)}

    def shell(self, command: str) -> subprocess.CompletedProcess[str]:
        """Runs a command of the page as cron would."""
        return subprocess.run(
            ["/bin/sh", "-c", self.here(command)],
            env=self.bare(),
            capture_output=True,
            text=True,
            timeout=DEADLINE,
        )

    def service(self, unit: str, *more: str) -> subprocess.Popen[bytes]:
        """Starts a service of the page as systemd would, with more arguments."""
        parsed = ConfigParser(interpolation=None)
        parsed.optionxform = str  # type: ignore[assignment, method-assign]
        parsed.read_string(self.here(block(unit)))
        service = parsed["Service"]
        assert service["EnvironmentFile"] == str(self.root / "etc/newsdiff.env")
        return subprocess.Popen(
            [*shlex.split(service["ExecStart"]), *more],
            cwd=service["WorkingDirectory"],
            env=self.environment(),
            stderr=subprocess.PIPE if more else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def schedule(self, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
        """Runs `scrapy schedule` for the BBC, with more in its environment."""
        return subprocess.run(
            [sys.executable, "-m", "scrapy", "schedule", "bbc"],
            cwd=folder,
            env=self.environment() | more,
            capture_output=True,
            text=True,
            timeout=DEADLINE,
        )

    def ask(self, name: str, **fields: str) -> dict[str, Any]:
        """What Scrapyd says; ``fields`` are posted."""
        environment = self.environment()
        user, password = environment["SCRAPYD_USERNAME"], environment["SCRAPYD_PASSWORD"]
        credentials = b64encode(f"{user}:{password}".encode()).decode()
        url = f"http://127.0.0.1:{self.port}/{name}"
        data = urlencode(fields).encode() if fields else None
        request = Request(url, data, headers={"Authorization": f"Basic {credentials}"})
        with build_opener(ProxyHandler({})).open(request, timeout=DEADLINE) as answer:
            said: dict[str, Any] = json.load(answer)
        return said

    def jobs(self, state: str) -> set[str]:
        return {job["spider"] for job in self.ask("listjobs.json")[state]}

    def answers(self) -> bool:
        try:
            return bool(self.ask("daemonstatus.json"))
        except OSError:
            return False


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom({}) as opened:
        yield opened


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, newsroom: Newsroom) -> Machine:
    """The project as in a fresh checkout, and a Scrapyd's folder and settings by the page."""
    made = Machine(tmp_path_factory.mktemp("machine"), free_port())
    project = made.root / "opt/newsdiff_crawler"
    leave_out = shutil.ignore_patterns(".*", "data", "build", "*.egg-info", "tests")
    shutil.copytree(PROJECT, project, ignore=leave_out)
    (project / ".venv").symlink_to(sys.prefix)
    (project / "scrapy.cfg").write_text(
        (PROJECT / "scrapy.cfg").read_text().replace("6800", str(made.port))
    )
    with (project / "newsdiff_crawler/settings.py").open("a") as settings:
        settings.write("\nAUTOTHROTTLE_ENABLED = False\nDOWNLOAD_DELAY = 0\n")
    # Where these tests differ from the page: the port, the world, and how often Scrapyd looks.
    proxies = newsroom.environment(made.root) | {"no_proxy": "localhost"}
    here = [f"{name}={value}" for name, value in proxies.items()]
    here += [f"SCRAPYD_HTTP_PORT={made.port}", block("environment")]
    (made.root / "etc").mkdir()
    (made.root / "etc/newsdiff.env").write_text(made.here("\n".join(here)))
    (made.root / ".scrapyd.conf").write_text("[scrapyd]\npoll_interval = 0.1\n")
    assert made.shell(block("configure")).returncode == 0
    return made


@pytest.fixture(scope="module")
def running(machine: Machine) -> Iterator[Machine]:
    """The machine with Scrapyd started as a service."""
    service = machine.service("scrapyd.service")
    try:
        until(lambda: service.poll() is not None or machine.answers())
        assert service.poll() is None, "Scrapyd ended at once"
        yield machine
    finally:
        os.killpg(service.pid, signal.SIGKILL)
        service.wait()


@pytest.fixture(scope="module")
def deployed(running: Machine) -> Machine:
    """The machine with the project deployed, all of it."""
    done = running.shell(block("deploy"))
    assert '"status": "ok"' in done.stdout, done.stderr
    return running


def routes(bbc: Answer, guardian: Answer) -> dict[str, Any]:
    """Both newspapers, with an article each in one of their feeds."""
    from newsdiff_crawler.spiders.guardian import Guardian

    item = f"<item><title>t</title><link>{KEEPERS_URL}</link></item>"
    rss = feed(f'<rss version="2.0"><channel><title>Guardian</title>{item}</channel></rss>')
    found: dict[str, Any] = bbc_routes({bbc_url("valley"): bbc})
    return found | dict.fromkeys(Guardian.feeds, rss) | {KEEPERS_URL: guardian}


def test_two_scheduled_sources_run_at_the_same_time_and_never_twice(
    deployed: Machine, newsroom: Newsroom
) -> None:
    schedule = re.sub(r"^\S+ \S+ \S+ \S+ \S+ ", "", block("crontab"))
    schedule = schedule.replace("scrapy schedule", "scrapy schedule bbc guardian")
    story = bbc_story(bbc_url("valley"), "Rain in the valley", ["It rained for the third day."])
    bbc = Held(story.body, headers=story.headers)
    page = typed(KEEPERS.read_bytes(), "text/html; charset=utf-8")
    guardian = Held(page.body, headers=page.headers)
    newsroom.routes = routes(bbc, guardian)
    assert deployed.shell(schedule).returncode == 0
    assert " queued bbc, guardian\n" in deployed.log

    assert bbc.asked.wait(DEADLINE)
    assert guardian.asked.wait(DEADLINE)
    assert deployed.jobs("running") == {"bbc", "guardian"}
    deployed.shell(schedule)
    assert deployed.log.endswith(" nothing queued; at work: bbc, guardian\n")
    bbc.gate.set()
    guardian.gate.set()

    until(lambda: deployed.ask("daemonstatus.json")["finished"] == 2)
    assert deployed.jobs("pending") | deployed.jobs("running") == set()
    kept = deployed.root / "var/lib/newsdiff"
    assert query(
        kept,
        """select a.source, a.url, v.number, v.title, v.parser
             from versions v join articles a on a.id = v.article_id order by 1""",
    ) == [
        ("bbc", bbc_url("valley"), 1, "Rain in the valley", "bbc/2024"),
        (
            "guardian",
            KEEPERS_URL,
            1,
            "Lighthouse keepers vote to keep their lamps",
            "guardian/2020",
        ),
    ]
    runs = query(kept, "select source, reason, checks, new from runs order by 1")
    assert runs == [("bbc", "finished", 1, 1), ("guardian", "finished", 1, 1)]
    assert not (deployed.scrapyd / "data").exists()

    deployed.shell(schedule)
    assert " nothing queued; 2 not due, the first of them " in deployed.log.splitlines()[-1]


def test_all_sources_are_one_job(deployed: Machine, newsroom: Newsroom) -> None:
    newsroom.routes = {}
    followed = "[apnews]\n[lemonde]\n[spiegel]\n"
    data = deployed.root / "var/lib/newsdiff/data"
    data.mkdir(exist_ok=True)
    (data / "sources.toml").write_text(followed, "utf-8")
    before = deployed.ask("daemonstatus.json")["finished"]
    job = deployed.ask("schedule.json", project="newsdiff_crawler", spider="all")
    assert job["status"] == "ok"
    until(lambda: deployed.ask("daemonstatus.json")["finished"] == before + 1)
    kept = deployed.root / "var/lib/newsdiff"
    crawled = {source for (source,) in query(kept, "select distinct source from runs")}
    assert {"apnews", "lemonde", "spiegel"} <= crawled


def test_the_egg_has_every_file_of_the_package(deployed: Machine) -> None:
    (egg,) = (deployed.scrapyd / "eggs/newsdiff_crawler").glob("*.egg")
    project = deployed.root / "opt/newsdiff_crawler"
    package = (project / "newsdiff_crawler").rglob("*")
    files = {str(path.relative_to(project)) for path in package if path.is_file()}
    with ZipFile(egg) as opened:
        sent = {name for name in opened.namelist() if not name.startswith("EGG-INFO/")}
    assert {name for name in sent if "__pycache__" not in name} == {
        name for name in files if "__pycache__" not in name
    }


def test_a_job_with_a_wrong_setting_ends_with_one_line(deployed: Machine) -> None:
    job = ["crawl", "bbc", "-a", "_job=1", "-s", "NEWSDIFF_LEASE=5"]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "scrapyd.runner", *job],
        cwd=deployed.scrapyd,
        env=deployed.environment() | {"SCRAPY_PROJECT": "newsdiff_crawler"},
        capture_output=True,
        text=True,
        timeout=DEADLINE,
    )
    problem = "5 is not a whole number of seconds from 60 to 86400"
    assert done.returncode == ExitStatus.NO_SENSE
    assert done.stderr == f"newsdiff_crawler: NEWSDIFF_LEASE: {problem}\n"


def test_the_site_runs_from_the_egg_file(deployed: Machine, tmp_path: Path) -> None:
    (egg,) = (deployed.scrapyd / "eggs/newsdiff_crawler").glob("*.egg")
    Store.open(tmp_path / "data").close()
    port = free_port()
    more = {"PYTHONPATH": str(egg), "SCRAPY_SETTINGS_MODULE": "newsdiff_crawler.settings"}
    site = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "serve", "--port", str(port)],
        cwd=tmp_path,
        env=deployed.bare() | more | {"NEWSDIFF_DATA": str(tmp_path / "data")},
    )
    try:
        until(lambda: site.poll() is not None or fetched(port, "/"))
        assert b"<title>" in fetched(port, "/")
        for file in (PROJECT / "newsdiff_crawler/web/static").iterdir():
            assert fetched(port, f"/static/{file.name}") == file.read_bytes()
    finally:
        site.send_signal(signal.SIGINT)  # so that it removes the files that it unpacked
        site.wait()


def fetched(port: int, path: str) -> bytes:
    """A page of a site on this machine; nothing where no site listens."""
    try:
        with build_opener(ProxyHandler({})).open(f"http://127.0.0.1:{port}{path}") as answer:
            body: bytes = answer.read()
    except OSError:
        return b""
    return body


@pytest.mark.parametrize(
    ("environment", "problem"),
    [
        ({"SCRAPYD_PASSWORD": "wrong"}, "wrong password for newsdiff, or no such user"),
        ({"SCRAPYD_USERNAME": ""}, "wants a user name and a password"),
    ],
)
def test_without_the_right_password_there_is_one_clear_line(
    running: Machine, environment: dict[str, str], problem: str
) -> None:
    done = running.schedule(running.root / "opt/newsdiff_crawler", **environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"newsdiff_crawler: Scrapyd at {running.url}: {problem}\n"


def test_a_project_that_was_not_deployed_is_one_clear_line(
    running: Machine, tmp_path: Path
) -> None:
    cfg = (running.root / "opt/newsdiff_crawler/scrapy.cfg").read_text("utf-8")
    (tmp_path / "scrapy.cfg").write_text(cfg.replace("project = newsdiff", "project = other"))
    done = running.schedule(tmp_path, PYTHONPATH=str(PROJECT))
    problem = "the project other_crawler is not deployed there; please run scrapyd-deploy"
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"newsdiff_crawler: Scrapyd at {running.url}: {problem}\n"


def test_the_schedule_service_outlives_a_scrapyd_that_is_down_and_ends_by_ctrl_c(
    machine: Machine,
) -> None:
    nowhere = f"http://localhost:{free_port()}/"
    unit = "newsdiff-schedule.service"
    with machine.service(unit, "bbc", "--scrapyd", nowhere) as service:
        assert service.stderr
        line = service.stderr.readline().decode()
        assert line.startswith(f"newsdiff_crawler: Scrapyd at {nowhere}: cannot be reached: ")
        assert service.poll() is None
        service.send_signal(signal.SIGINT)
        assert service.wait(DEADLINE) == 130
        assert service.stderr.read() == b"newsdiff_crawler: interrupted\n"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_systemd_accepts_the_units(machine: Machine, tmp_path: Path) -> None:
    units = ["scrapyd.service", "newsdiff-schedule.service"]
    for unit in units:
        (tmp_path / unit).write_text(machine.here(block(unit)))
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_page_installs_what_the_tests_ran() -> None:
    pins = (PROJECT / "requirements-dev.txt").read_text("utf-8").split()
    named = re.findall(r"\bscrapyd\S*==\S+", block("install"))
    assert len(named) == 2
    assert set(named) <= set(pins)
