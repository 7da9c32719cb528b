"""The site over a record: requested in this process, or by a real browser."""

from __future__ import annotations

import itertools
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.web.app import create_app
from newsdiff_crawler.web.own_host import local_hosts
from tests.support import gallery

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    clock = itertools.count().__next__  # each call is a second later
    database, hosts = tmp_path / DATABASE_NAME, ["testserver"]
    app = create_app(database, {"paper": "The Paper"}, hosts=hosts, clock=clock)
    with TestClient(app) as opened:
        yield opened


@pytest.fixture(scope="session")
def gallery_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which every kind of page has something to show."""
    folder = tmp_path_factory.mktemp("gallery")
    store = Store.open(folder)
    gallery.fill(store)
    store.close()
    return folder / DATABASE_NAME


@pytest.fixture(scope="module")
def site(gallery_record: Path) -> Iterator[str]:
    """The address of the site over the gallery, on a real server."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        app = create_app(gallery_record, hosts=local_hosts(*listening.getsockname()))
        config = uvicorn.Config(app, log_level="critical")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield "http://{}:{}".format(*listening.getsockname())
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()
