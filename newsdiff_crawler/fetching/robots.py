"""robots.txt, as RFC 9309 wants it read."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser

from newsdiff_crawler.borrowed import set_download_delay
from newsdiff_crawler.fetching.errors import Forbidden, NoRobotsError, NotSentError, reason_of
from newsdiff_crawler.fetching.host_limits import HostLimits
from newsdiff_crawler.fetching.source_hosts import MAY_LEAVE_SOURCE
from newsdiff_crawler.run import Run
from newsdiff_crawler.store import RecordFailedError

logger = logging.getLogger(__name__)

MAX_SIZE = 500 * 1024  # bytes that are read of it; the RFC's least
LONGEST_DELAY = 300.0  # seconds
FIRST = 1000  # priority: nothing else is asked of a host before


class Robots:
    """Obeys each host's robots.txt, Crawl-delay included, as ROBOTSTXT_USER_AGENT or BOT_NAME.

    Scrapy's own takes a robots.txt that cannot be read for permission. Here the host is left
    alone for a while where it does not answer or is out of order (5xx); where it says that
    there is none (4xx), everything is allowed. Spiders that are no sources are served as
    Scrapy serves them.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self.crawler = crawler
        self._is_source = Run.of(crawler) is not None
        self._name = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["BOT_NAME"]
        self._rules: dict[str, asyncio.Task[ProtegoRobotParser]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        """Scrapy's way to make a middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises Forbidden, or NoRobotsError; NotSentError as long as the host is left alone."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self._rules_for(request)
        if not rules.allowed(request.url, self._name):
            raise Forbidden("robots.txt forbids it")
        if rules.crawl_delay(self._name):
            request.meta["autothrottle_dont_adjust_delay"] = True

    async def _rules_for(self, request: Request) -> ProtegoRobotParser:
        url = urlsplit(request.url)
        origin = f"{url.scheme}://{url.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._read(origin, request))
        reading = self._rules[origin]
        try:
            return await asyncio.shield(reading)
        except (NoRobotsError, NotSentError, RecordFailedError):
            if self._rules.get(origin) is reading:  # asked again later
                del self._rules[origin]
            raise

    async def _read(self, origin: str, page: Request) -> ProtegoRobotParser:
        host = urlsplit(origin).hostname or ""
        try:
            response = await self._fetch(f"{origin}/robots.txt", page)
        except (NotSentError, RecordFailedError):  # which say nothing of the host
            raise
        except IgnoreRequest as error:  # a redirect that led away, or in circles
            logger.warning("%s/robots.txt: %s", origin, reason_of(error))
            return self._parse(b"")
        except Exception as error:
            return self._unreadable(host, reason_of(error), error)
        if response.status == 429 or response.status >= 500:
            return self._unreadable(host, f"HTTP {response.status}")
        rules = self._parse(response.body[:MAX_SIZE] if response.status == 200 else b"")
        self._slow_down(host, rules.crawl_delay(self._name) or 0)
        return rules

    async def _fetch(self, url: str, page: Request) -> Response:
        """For a page that a redirect led to, its robots.txt is led to as well. It may itself lead
        anywhere, up to REDIRECT_MAX_TIMES times (RFC 9309, 2.3.1.2): what is there holds."""
        meta: dict[str, Any] = {"dont_obey_robotstxt": True, MAY_LEAVE_SOURCE: True}
        if "redirect_urls" in page.meta:
            meta["redirect_urls"] = [*page.meta["redirect_urls"]]
        request = Request(url, NO_CALLBACK, priority=FIRST, meta=meta)
        return await self.crawler.engine.download_async(request)

    def _parse(self, body: bytes) -> ProtegoRobotParser:
        return ProtegoRobotParser.from_crawler(self.crawler, body)

    def _unreadable(
        self, host: str, reason: str, cause: Exception | None = None
    ) -> ProtegoRobotParser:
        if not self._is_source:
            return self._parse(b"")
        HostLimits.of(self.crawler).back_offs.give_up(host, f"robots.txt: {reason}")
        raise NoRobotsError(f"robots.txt: {reason}") from cause

    def _slow_down(self, host: str, delay: float) -> None:
        """Makes Scrapy's queue of requests to a host as slow as the host asks for, and all crawls
        together no faster."""
        if not self._is_source or delay <= 0:
            return
        delay = min(delay, LONGEST_DELAY)
        HostLimits.of(self.crawler).space_out(host, delay)
        if delay > self.crawler.settings.getfloat("DOWNLOAD_DELAY"):
            set_download_delay(self.crawler, host, delay)
