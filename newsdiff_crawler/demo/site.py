"""The reading site, for as long as the demo lasts."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.request import OpenerDirector, ProxyHandler, build_opener

import uvicorn

from newsdiff_crawler.demo.crawling import DemoError
from newsdiff_crawler.demo.papers import PAPERS
from newsdiff_crawler.web.app import create_app
from newsdiff_crawler.web.own_host import local_hosts


@contextmanager
def open_site(database: Path, port: int) -> Iterator[str]:
    """Serves the record on loopback and yields the site's address. Port 0 is any free port.

    Raises DemoError if the port is taken.
    """
    titles = {paper.name: paper.title for paper in PAPERS}
    with _listening(port) as listener:
        place = listener.getsockname()[:2]
        app = create_app(database, titles, hosts=local_hosts(*place))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = Thread(target=server.run, args=([listener],), name="site")
        thread.start()
        try:
            while thread.is_alive() and not server.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{place[1]}"
        finally:
            server.should_exit = True
            thread.join()


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except (OSError, OverflowError):
        raise DemoError(f"port {port} is taken or cannot be used; --port names another") from None


def unserved(address: str, paths: Iterable[str]) -> list[str]:
    """The paths that the site does not answer with a page."""
    opener = build_opener(ProxyHandler({}))  # straight to it, whatever the environment says
    return [path for path in paths if not _is_served(opener, address + path)]


def _is_served(opener: OpenerDirector, url: str) -> bool:
    try:
        with opener.open(url, timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
