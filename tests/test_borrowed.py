"""What we use of Scrapy and Twisted that is not public is there, does what we take it for, and is
named in one module only."""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.utils.test import get_crawler
from twisted.internet.defer import Deferred, succeed
from twisted.internet.testing import StringTransport

from newsdiff_crawler import borrowed

PACKAGE = Path(borrowed.__file__).parent
SUPPORT = Path(__file__).parent / "support"
HOST = "www.news.example"
NOTHING = dict.fromkeys(("data", "file", "ftp", "http", "https", "s3"))
# Names that begin with a line and are public all the same: of named tuples, lxml's types, `os`.
PUBLIC = {"_replace", "_asdict", "_fields", "_make", "_Element", "_exit"}
LENT = ("scrapy", "twisted", "sqlite_utils", "starlette", "fastapi", "uvicorn", "requests")


@pytest.fixture
def crawler() -> Any:
    """A crawl's queues of requests, without the crawl."""
    crawler = get_crawler(settings_dict={"DOWNLOAD_DELAY": 0.25, "DOWNLOAD_HANDLERS": NOTHING})
    crawler.engine = SimpleNamespace(downloader=Downloader(crawler))  # type: ignore[assignment]
    return crawler


def test_a_host_that_nothing_was_asked_of_has_no_queue(crawler: Any) -> None:
    assert borrowed.download_slot(crawler, HOST) is None
    assert borrowed.slowest_delay(crawler) == 0


def test_a_host_can_be_made_slow_before_and_while_it_is_asked(crawler: Any) -> None:
    async def play() -> None:
        borrowed.set_download_delay(crawler, HOST, 7.0)
        crawler.engine.downloader._get_slot(Request(f"https://{HOST}/"))
        slot = borrowed.download_slot(crawler, HOST)
        assert slot
        assert (slot.delay, slot.jitter) == (7.0, 0)
        borrowed.set_download_delay(crawler, HOST, 9.0)
        assert (slot.delay, borrowed.slowest_delay(crawler)) == (9.0, 9.0)
        crawler.engine.downloader.close()

    asyncio.run(play())


class Pool:
    """Of connections that end when the test says so."""

    def __init__(self) -> None:
        self.closed: Deferred[None] = Deferred()

    def closeCachedConnections(self) -> Deferred[None]:  # noqa: N802 - Twisted's name
        return self.closed


@pytest.mark.parametrize("ends", [True, False])
def test_connections_are_waited_for_and_not_for_ever(ends: bool) -> None:
    async def play() -> None:
        pool = Pool()
        if ends:
            asyncio.get_running_loop().call_soon(pool.closed.callback, None)
        await borrowed.close_connections(SimpleNamespace(_pool=pool), 60 if ends else 0)  # type: ignore[arg-type]
        assert bool(pool.closed.called) is ends
        if not ends:  # they may yet
            pool.closed.callback(None)

    asyncio.run(play())


class TooLargeError(Exception):
    pass


def test_a_connection_ends_where_the_head_of_an_answer_does_not() -> None:
    handler: Any = SimpleNamespace(_pool=SimpleNamespace())
    borrowed.bound_heads(handler, 1000, TooLargeError)
    protocol: Any = handler._pool._factory(lambda _: None, {}).buildProtocol(None)
    transport: Any = StringTransport()  # type: ignore[no-untyped-call]
    protocol.makeConnection(transport)
    failures: list[Any] = []
    request: Any = SimpleNamespace(
        method=b"GET", persistent=True, writeTo=lambda _: succeed(None), stopWriting=lambda: None
    )
    protocol.request(request).addErrback(failures.append)
    protocol.dataReceived(b"HTTP/1.1 200 OK\r\n")
    while not failures and transport.connected:
        protocol.dataReceived(b"X: " + b"y" * 100 + b"\r\n")
    assert failures
    assert transport.disconnecting or transport.disconnected


def private_names(path: Path) -> set[str]:
    """Private names that a file imports from elsewhere, or asks for of what is not its own."""
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] in LENT
        for alias in node.names
    }
    return {name for name in imported if any(part.startswith("_") for part in name.split("."))}


def test_no_other_module_imports_a_private_name() -> None:
    users = {
        str(path.relative_to(PACKAGE.parent))
        for folder in (PACKAGE, SUPPORT)
        for path in folder.rglob("*.py")
        if private_names(path)
    }
    assert users == {"newsdiff_crawler/borrowed.py"}


def private_attributes(path: Path) -> set[str]:
    """Private attributes that a file asks of anything but ``self``, ``cls`` and its own names."""
    tree = ast.parse(path.read_text("utf-8"))
    defined = {
        node.name if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else node.attr
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        or (isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store))
    }
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
        and node.attr not in defined | PUBLIC
    }


def test_no_other_module_asks_for_a_private_attribute_of_a_library() -> None:
    users = {
        str(path.relative_to(PACKAGE)): names
        for path in PACKAGE.rglob("*.py")
        if (names := private_attributes(path)) and path.name != "borrowed.py"
    }
    assert users == {}
