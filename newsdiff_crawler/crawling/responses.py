"""What an answer to an article's request amounts to: the article as it reads now, or a check."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from scrapy.http import Request, Response, TextResponse

from newsdiff_crawler.fetching.headers import header, retry_after, validators
from newsdiff_crawler.items import Article, Check, Outcome
from newsdiff_crawler.parsing import Page, Parser, Refusal, read
from newsdiff_crawler.store import Claim
from newsdiff_crawler.text import content_hash
from newsdiff_crawler.times import to_iso
from newsdiff_crawler.urls import clean

logger = logging.getLogger(__name__)

BLOCKED_STATUSES = (401, 403, 429, 451, 503)
ABSENT_STATUSES = (404, 410)
_CONDITIONS = ("If-None-Match", "If-Modified-Since")


@dataclass(frozen=True)
class Reader:
    """Reads the answers that one source gives."""

    source: str
    parsers: Sequence[type[Parser]]
    is_article: Callable[[str], bool]
    now: Callable[[], datetime]

    def read(self, response: Response, claim: Claim) -> Article | Check:
        """The article on a page, or the check that the answer amounts to."""
        if response.status == 304:
            return self._not_modified(response, claim)
        if response.status in ABSENT_STATUSES:
            return self.check(claim, "gone", f"HTTP {response.status}")
        if response.status in BLOCKED_STATUSES:
            check = self.check(claim, "blocked", f"HTTP {response.status}")
            check.retry_after = retry_after(response, self.now())
            return check
        if response.status != 200:
            return self.check(claim, "failed", f"HTTP {response.status}")
        if not isinstance(response, TextResponse):
            content_type = header(response, "Content-Type") or "no content type"
            return self.check(claim, "failed", f"not HTML ({content_type})")
        return self._read_body(response, claim)

    def check(self, claim: Claim, outcome: Outcome, reason: str) -> Check:
        """A check that brought no text."""
        now = to_iso(self.now())
        return Check(self.source, claim.url, claim.article_id, outcome, now, reason)

    def _not_modified(self, response: Response, claim: Claim) -> Check:
        if not is_conditional(response.request):
            return self.check(claim, "failed", "HTTP 304 to a request for the whole page")
        check = self.check(claim, "unchanged", "not modified")
        check.not_modified = claim.not_modified + 1
        return check

    def _read_body(self, response: TextResponse, claim: Claim) -> Article | Check:
        body_hash = hashlib.blake2b(response.body, digest_size=16).hexdigest()
        # Known parsers read equal bytes as they did before.
        known = claim.parser in {parser.name for parser in self.parsers}
        if known and body_hash == claim.body_hash and not is_redirected(response):
            check = self.check(claim, "unchanged", "same page")
            check.etag, check.last_modified = validators(response)
            return check
        found = self._parse(response, claim)
        if isinstance(found, Article):
            found.body_hash = body_hash
        return found

    def _parse(self, response: TextResponse, claim: Claim) -> Article | Check:
        content_type = header(response, "Content-Type")
        try:
            page = Page(response.body, response.url, asked_url=claim.url, content_type=content_type)
            article = read(page, self.parsers, prefer=claim.parser or "")
        except Refusal as refusal:
            return self.check(claim, refusal.outcome, str(refusal))
        except Exception:
            logger.exception("%s: %s: the parser failed", self.source, response.url)
            return self.check(claim, "failed", "the parser failed")
        article.source = self.source
        article.article_id = claim.article_id
        article.url = self._identity(article, response)
        article.fetched_at = to_iso(self.now())
        if is_redirected(response) and article.url != claim.url:
            article.moved_from = claim.url
        if article.url == clean(response.url):  # the validators are of the URL asked for next
            article.etag, article.last_modified = validators(response)
        return article

    def _identity(self, article: Article, response: Response) -> str:
        canonical = clean(article.canonical_url or "")
        return canonical if self.is_article(canonical) else clean(response.url)


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers that let a server answer "not modified"."""
    held = zip(_CONDITIONS, (etag, last_modified), strict=True)
    return {name: value for name, value in held if value}


def make_unconditional(request: Request) -> None:
    """Takes those headers off."""
    for name in _CONDITIONS:
        request.headers.pop(name, None)


def is_conditional(request: Request | None) -> bool:
    """Whether a request may be answered by 304."""
    return request is not None and any(name in request.headers for name in _CONDITIONS)


def is_redirected(response: Response) -> bool:
    """Whether the answer comes from another URL than the one first asked for."""
    return response.request is not None and "redirect_urls" in response.request.meta


def is_new_text(found: Article | Check, claim: Claim) -> bool:
    """Whether a check brought another text than the last good one, as the same parser reads it."""
    if not isinstance(found, Article) or found.parser != claim.parser:
        return False
    return content_hash(block.text for block in found.blocks()) != claim.seen_hash
