"""ETag and Last-Modified: when they are sent, and how it is found out that a server's lie.

A server that says "not modified" of a text that was hides every edit. So one look in ten asks
for the whole page; where that brings another text, the server is asked once more, with the
validators of the text that is no more. If it says "not modified" again, that is a lie, and the
source is from then on asked for whole pages only.
"""

from __future__ import annotations

import logging

from scrapy.http import Request, Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from newsdiff_crawler.answers import (
    conditions,
    is_conditional,
    is_redirected,
    make_unconditional,
)
from newsdiff_crawler.items import Article
from newsdiff_crawler.middlewares import Middleware
from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.store import Claim
from newsdiff_crawler.text import content_hash

logger = logging.getLogger(__name__)


class WholePages(Middleware):
    """Takes the conditions off requests that need the whole page: where a redirect leads, since
    they are for another URL, and of sources whose validators lied."""

    def process_request(self, request: Request) -> None:
        if request.meta.get("redirect_urls") or self.spider.validators_lie:
            make_unconditional(request)


class Proof(BaseSpiderMiddleware):
    """Asks again where a whole look found a text that the validators did not tell of."""

    @property
    def spider(self) -> NewsSpider:
        assert isinstance(self.crawler.spider, NewsSpider)
        return self.crawler.spider

    def get_processed_item(self, item: object, response: Response | None) -> object:
        """The item, as it is."""
        if isinstance(item, Article) and response and self._is_suspicious(item, response):
            assert self.crawler.engine
            self.crawler.engine.crawl(self._request(response.cb_kwargs["claim"]))
        return item

    def _is_suspicious(self, article: Article, response: Response) -> bool:
        claim: Claim = response.cb_kwargs["claim"]
        if self.spider.validators_lie or not (claim.etag or claim.last_modified):
            return False
        if is_conditional(response.request) or is_redirected(response):
            return False
        texts = [block.text for block in article.blocks()]
        return claim.parser == article.parser and content_hash(texts) != claim.seen_hash

    def _request(self, claim: Claim) -> Request:
        return Request(
            claim.url,
            self.judge,
            errback=self.give_up,
            headers=conditions(claim.etag, claim.last_modified),
            cb_kwargs={"claim": claim},
        )

    def judge(self, response: Response, claim: Claim) -> None:
        """Takes the validators away from a source that said "not modified" of another text."""
        spider = self.spider
        if response.status != 304 or spider.validators_lie:
            return
        spider.validators_lie = True
        if spider.store.hosts.record_lie(spider.name, claim.url, spider.now()):
            message = '%s: %s: "not modified", but it was: whole pages only from now on'
            logger.warning(message, spider.name, claim.url)

    def give_up(self, failure: object) -> None:
        """What could not be asked is not held against the source."""
