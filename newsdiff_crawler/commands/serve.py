"""``scrapy serve``: the reading site."""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import resource
import signal
import socket
import sys
from dataclasses import asdict
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.spiderloader import get_spider_loader

from newsdiff_crawler.crawling.sources_loader import titles_of
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store.trouble import Limits
from newsdiff_crawler.terminal.project_command import ProjectCommand

if TYPE_CHECKING:
    from fastapi import FastAPI

_PATH = re.compile(r"/?(?:[A-Za-z0-9._~-]+/)*(?:[A-Za-z0-9._~-]+)?")
# Tells the workers, which begin anew and know nothing of the command line, what to serve: JSON.
SITE = "NEWSDIFF_SITE"


class Command(ProjectCommand):
    """Serves the record of the data folder; writes nothing."""

    def short_desc(self) -> str:
        """One line for ``scrapy -h``."""
        return "Show the record as a web site"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Where to listen, and what stands in front."""
        super().add_options(parser)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument("--workers", type=int, default=1, help="processes that share the work")
        parser.add_argument(
            "--root-path", default="", help="path below which a proxy serves the site, as /news"
        )
        parser.add_argument("--access-log", action="store_true", help="print each request")
        parser.add_argument(
            "--proxy",
            metavar="ADDRESS",
            help="address of the proxy whose X-Forwarded headers are believed; none unless given",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve until interrupted."""
        # Imported here, for Scrapy imports every command, whichever is asked for.
        import uvicorn

        from newsdiff_crawler.web.own_host import local_hosts
        from newsdiff_crawler.web.prompt_requests import PromptRequests

        try:
            _check(args, opts)
        except ValueError as error:
            give_up(error, ExitStatus.NO_SENSE)
        assert self.settings is not None
        site = {
            "database": str(self.database),
            "source_titles": titles_of(get_spider_loader(self.settings)),
            "contact": self.configuration.contact,
            "limits": asdict(self.limits),
            "hosts": self.configuration.hosts or local_hosts(opts.host, opts.port),
            "hub": self.configuration.hub,
        }
        os.environ[SITE] = json.dumps(site)
        _check_place(opts.host, opts.port)
        _open_many_files()
        host = f"[{opts.host}]" if ":" in opts.host else opts.host
        below = opts.root_path.strip("/")
        root_path = f"/{below}" if below else ""
        address = f"http://{host}:{opts.port}{root_path}/"
        # uvicorn ends in good order, and then sends the signal again: the work was done.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(ExitStatus.DONE))
        print(f"The record is at {address} (Ctrl+C ends)", flush=True)
        uvicorn.run(
            "newsdiff_crawler.commands.serve:make_app",
            factory=True,
            http=PromptRequests,
            ws="none",
            host=opts.host,
            port=opts.port,
            workers=opts.workers,
            root_path=root_path,
            proxy_headers=bool(opts.proxy),
            forwarded_allow_ips=opts.proxy,
            log_config=_logging(uvicorn.config.LOGGING_CONFIG),
            access_log=opts.access_log,
            log_level=None,
            server_header=False,
        )


def _check(args: list[str], opts: argparse.Namespace) -> None:
    """Raises ValueError, with one line for people, for what could not be meant."""
    if args:
        raise ValueError("serve takes no arguments, only options")
    if not 1 <= opts.port <= 65_535:
        raise ValueError(f"--port: expected 1 to 65535, not {opts.port}")
    if opts.workers < 1:
        raise ValueError(f"--workers: expected 1 or more, not {opts.workers}")
    if not _PATH.fullmatch(opts.root_path):
        raise ValueError(f"--root-path: expected a path such as /news, not {opts.root_path!r}")
    if opts.proxy and not all(map(_is_address, opts.proxy.split(","))):
        raise ValueError(f"--proxy: expected an address such as 127.0.0.1, not {opts.proxy!r}")


def _is_address(text: str) -> bool:
    """Of one, of a network, or of all. A name would be believed of nobody."""
    try:
        return text == "*" or bool(ip_network(text.strip(), strict=False))
    except ValueError:
        return False


def _check_place(host: str, port: int) -> None:
    """Ends the program where nobody can listen there, before anything else is said."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        number = getattr(error, "errno", None)
        reason = os.strerror(number) if number and number > 0 else error
        give_up(f"cannot listen on {host}, port {port}: {reason}; --port names another")


def _open_many_files() -> None:
    """As many as this user may: each connection takes one, and the usual bound is 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _logging(usual: dict[str, Any]) -> dict[str, Any]:
    """What uvicorn logs: errors, for any client can bring about its warnings, a line or two at each
    request; and the requests where they are asked for."""
    loggers = usual["loggers"]
    quiet = {name: {**each, "level": "ERROR"} for name, each in loggers.items()}
    return {**usual, "loggers": {**quiet, "uvicorn.access": loggers["uvicorn.access"]}}


def make_app() -> FastAPI:
    """The site that the command was asked for."""
    from newsdiff_crawler.web.app import create_app

    _collect_seldom()
    site = json.loads(os.environ[SITE])
    return create_app(
        Path(site["database"]),
        site["source_titles"],
        site["contact"],
        Limits(**site["limits"]),
        site["hosts"],
        hub=site["hub"],
    )


def _collect_seldom() -> None:
    """What was imported stays, and answers leave nothing in circles: looking for garbage at
    Python's own pace took a tenth of each answer's time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
