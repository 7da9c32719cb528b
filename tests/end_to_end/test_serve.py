"""``scrapy serve``, the real command, as operators run it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.store import Store
from tests.support.crawling import PROJECT
from tests.support.forked import Forked, scrapy_forked
from tests.support.records import add_article, story
from tests.support.users import as_plain_user

SOMEBODY = 65534
PAGES = ("", "sources", "articles/1", "search?q=rain", "changes.rss", "static/style.css")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder, with a record that no crawl has open."""
    data = tmp_path / "data"
    store = Store.open(data)
    add_article(store, story("One", "It rained."), story("Two", "It rained."))
    store.close()
    return data


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _started(
    folder: Path, *options: str, before: Sequence[str] = ()
) -> Forked | subprocess.Popen[str]:
    """A site on a port of its own; ``before``: what its command is to be started by."""
    command = ["serve", "--port", str(free_port()), *options]
    env = os.environ | {"NEWSDIFF_DATA": str(folder)}
    out, err = subprocess.PIPE, subprocess.STDOUT
    if not before:
        return Forked(command, cwd=PROJECT, env=env, stdout=out, stderr=err)
    command = [*before, sys.executable, "-u", "-m", "scrapy", *command]
    return subprocess.Popen(command, cwd=PROJECT, env=env, stdout=out, stderr=err, text=True)


@contextmanager
def serving(
    folder: Path, *options: str, before: Sequence[str] = ()
) -> Iterator[tuple[str, list[str]]]:
    """The address that it prints; what else it says, once it has ended."""
    said: list[str] = []
    with _started(folder, *options, before=before) as process:
        assert process.stdout
        try:
            found = None
            for line in process.stdout:
                found = re.match(r"The record is at (\S+) \(Ctrl\+C ends\)", line)
                if found:
                    break
                said.append(line)
            assert found, said
            _await(found[1])
            yield found[1], said
        finally:
            process.terminate()
            said += process.stdout.read().splitlines()


def _await(address: str) -> None:
    """Until somebody listens there."""
    host, port = re.findall(r"//([^/]+):(\d+)", address)[0]
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=10).close()
        except ConnectionRefusedError:
            continue
        return


def status(url: str) -> int:
    with build_opener(ProxyHandler({})).open(url, timeout=20) as answer:
        return int(answer.status)


def share_by_group(folder: Path) -> None:
    """The record is another user's, who lets the group of this one read it."""
    for path in (folder, *folder.iterdir()):
        os.chown(path, SOMEBODY, os.getgid())
        path.chmod(0o750 if path.is_dir() else 0o640)


def test_a_user_who_may_only_read_serves_every_page_while_no_crawl_runs_and_while_one_does(
    folder: Path,
) -> None:
    share_by_group(folder)
    with serving(folder, before=as_plain_user()) as (address, said):
        assert [status(address + page) for page in PAGES] == [200] * len(PAGES)
        store = Store.open(folder)
        add_article(store, story("Three", "It snowed."), url="https://news.example/3")
        assert [status(address + page) for page in (*PAGES, "articles/2")] == [200] * 7
        store.close()
        assert [status(address + page) for page in (*PAGES, "articles/2")] == [200] * 7
    assert said == []


@pytest.mark.parametrize("command", ["sources", "migrate", "crawl bbc"])
def test_of_a_folder_that_may_not_be_entered_each_file_is_one_line(
    folder: Path, command: str
) -> None:
    os.chown(folder, SOMEBODY, SOMEBODY)
    folder.chmod(0o700)
    done = subprocess.run(
        [*as_plain_user(), sys.executable, "-m", "scrapy", *command.split()],
        cwd=PROJECT,
        env=os.environ | {"NEWSDIFF_DATA": str(folder)},
        capture_output=True,
        text=True,
    )
    lines = done.stderr.splitlines()
    assert 1 <= len(lines) == len({*lines}) <= 2
    assert all(line.startswith(f"newsdiff_crawler: {folder}/") for line in lines)
    assert all(line.endswith(": Permission denied") for line in lines)
    assert done.returncode in (ExitStatus.NO_RECORD, ExitStatus.NO_SENSE)


def test_the_site_of_a_folder_that_may_not_be_entered_says_so_on_every_page(folder: Path) -> None:
    os.chown(folder, SOMEBODY, SOMEBODY)
    folder.chmod(0o700)
    with serving(folder, before=as_plain_user()) as (address, _):
        with pytest.raises(HTTPError) as refused:
            status(address)
        assert refused.value.code == 503
        refused.value.close()


@pytest.mark.parametrize("prefix", ["", "/news"])
def test_below_a_path_the_printed_address_works_and_a_proxy_may_take_the_path_off(
    folder: Path, prefix: str
) -> None:
    with serving(folder, "--root-path", "/news") as (address, _):
        assert address.endswith("/news/")
        root = address.removesuffix("/news/")
        assert [status(f"{root}{prefix}/{page}") for page in PAGES] == [200] * len(PAGES)


def test_requests_are_logged_where_that_is_asked_for(folder: Path) -> None:
    with serving(folder, "--access-log") as (address, said):
        status(f"{address}sources")
    assert any('"GET /sources HTTP/1.1" 200' in line for line in said)
    with serving(folder) as (address, said):
        status(f"{address}sources")
    assert said == []


def test_a_port_that_is_taken_is_one_line(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        env = os.environ | {"NEWSDIFF_DATA": str(folder)}
        done = scrapy_forked(["serve", "--port", port], cwd=PROJECT, env=env)
    line = f"newsdiff_crawler: cannot listen on 127.0.0.1, port {port}: Address already in use; "
    line += "--port names another\n"
    assert (done.stdout, done.stderr) == ("", line)
    assert done.returncode == ExitStatus.NOT_DONE


def test_half_a_request_is_let_go_and_an_invented_host_stands_nowhere(folder: Path) -> None:
    with serving(folder, "-s", "NEWSDIFF_HOSTS=news.example") as (address, said):
        place = urlsplit(address)
        assert place.hostname
        assert place.port
        with socket.create_connection((place.hostname, place.port), timeout=60) as half:
            half.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
            request = Request(f"{address}changes.rss", headers={"Host": "evil.example"})
            with build_opener(ProxyHandler({})).open(request, timeout=20) as answer:
                feed = answer.read()
            assert b"http://news.example/" in feed
            assert b"evil.example" not in feed
            assert half.recv(1000) == b""
    assert said == []


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_it_has_done_its_work_when_it_is_told_to_end(folder: Path, sent: signal.Signals) -> None:
    with _started(folder) as process:
        try:
            assert process.stdout
            _await(process.stdout.readline())
            process.send_signal(sent)
            assert process.wait(60) == ExitStatus.DONE
        finally:
            process.kill()


def test_no_client_can_fill_the_log(folder: Path) -> None:
    odd = (
        b"GET / HTTP/1.1\r\nHost: \r\nHost:\x7f\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
        b"nonsense\r\n\r\n",
    )
    with serving(folder) as (address, said):
        host, port = re.findall(r"//([^/]+):(\d+)", address)[0]
        for request in odd:
            with socket.create_connection((host, int(port)), timeout=20) as connection:
                connection.sendall(request)
                assert connection.recv(1_000)
    assert [line for line in said if line.strip()] == []
