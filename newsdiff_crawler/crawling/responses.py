"""What an answer to an article's request amounts to: a fetched page, or a check."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from scrapy.http import JsonResponse, Response, TextResponse, XmlResponse

from newsdiff_crawler.budget import Budget, OverBudget
from newsdiff_crawler.crawling.exchange import exchange_of
from newsdiff_crawler.fetching.errors import ABSENT_STATUSES, BLOCKED_STATUSES
from newsdiff_crawler.fetching.headers import header, retry_after, validators_of
from newsdiff_crawler.fetching.validators import is_conditional, is_redirected
from newsdiff_crawler.items import Check, FetchedPage, Outcome, ParsedPage
from newsdiff_crawler.parsing import Page, Refusal, read
from newsdiff_crawler.parsing.length import USUAL_LENGTH, LengthBounds
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import Claim
from newsdiff_crawler.times import to_iso
from newsdiff_crawler.urls import are_alike, clean

logger = logging.getLogger(__name__)

_NO_PAGES = (XmlResponse, JsonResponse)


@dataclass(frozen=True)
class ResponseReader:
    """Reads the answers that one source gives. ``now`` tells the present moment, ``budget`` what a
    reading may cost, ``bounds`` how long a text may be."""

    source: Source
    now: Callable[[], datetime]
    budget: Budget
    bounds: LengthBounds = USUAL_LENGTH

    def read(self, response: Response, claim: Claim) -> FetchedPage | Check:
        """The page as it was fetched, or the check that the answer amounts to. Raises CutShort."""
        try:
            result = self._read(response, claim)
        except Exception:
            logger.exception("%s: %s: a fault of ours", self.source.name, response.url)
            result = self.check(claim, "failed", "a fault of ours: see the log")
        if isinstance(result, Check) and result.outcome == "unchanged":
            return result
        at = result.checked_at if isinstance(result, Check) else result.fetched_at
        return replace(result, exchange=exchange_of(response, at))

    def _read(self, response: Response, claim: Claim) -> FetchedPage | Check:
        if response.status == 304:
            return self._not_modified(response, claim)
        if response.status in ABSENT_STATUSES:
            return self.check(claim, "gone", f"HTTP {response.status}")
        if response.status in BLOCKED_STATUSES:
            wait = retry_after(response, self.now())
            return self.check(claim, "blocked", f"HTTP {response.status}", retry_after=wait)
        if response.status != 200:
            return self.check(claim, "failed", f"HTTP {response.status}")
        if not isinstance(response, TextResponse) or isinstance(response, _NO_PAGES):
            content_type = header(response, "Content-Type") or "no content type"
            return self.check(claim, "failed", f"not HTML ({content_type})")
        return self._read_body(response, claim)

    def check(self, claim: Claim, outcome: Outcome, reason: str, **more: Any) -> Check:
        """A check that brought no text. ``more``: other fields of it."""
        return Check(
            source=self.source.name,
            url=claim.asked_url,
            article_id=claim.article_id,
            outcome=outcome,
            is_trial=claim.trial_url is not None,
            checked_at=to_iso(self.now()),
            reason=reason,
            **more,
        )

    def _not_modified(self, response: Response, claim: Claim) -> Check:
        if not is_conditional(response.request):
            return self.check(claim, "failed", "HTTP 304 to a request for the whole page")
        in_a_row = claim.not_modified + 1
        return self.check(claim, "unchanged", "not modified", not_modified=in_a_row)

    def _read_body(self, response: TextResponse, claim: Claim) -> FetchedPage | Check:
        body_hash = hashlib.blake2b(response.body, digest_size=16).hexdigest()
        # Known parsers read equal bytes as they did before.
        is_known = claim.parser in {parser.name for parser in self.source.parsers}
        is_own = not (claim.is_to_be_read or is_redirected(response))
        if is_known and is_own and body_hash == claim.body_hash:
            etag, last_modified = validators_of(response)
            held = {"etag": etag, "last_modified": last_modified}
            return self.check(claim, "unchanged", "same page", **held)
        page = self._parse(response, claim)
        return page if isinstance(page, Check) else self._fetched(page, response, claim, body_hash)

    def _parse(self, response: TextResponse, claim: Claim) -> ParsedPage | Check:
        try:
            return self.budget.spend_on(lambda: self._page(response, claim))
        except OverBudget as over:
            return self.check(claim, "failed", str(over), is_over_budget=True)
        except Refusal as refusal:
            return self.check(claim, refusal.outcome, str(refusal))
        except Exception:
            logger.exception("%s: %s: the parser failed", self.source.name, response.url)
            return self.check(claim, "failed", "the parser failed")

    def _page(self, response: TextResponse, claim: Claim) -> ParsedPage:
        content_type = header(response, "Content-Type")
        asked = claim.asked_url
        page = Page(response.body, response.url, asked_url=asked, content_type=content_type)
        return read(page, self.source.parsers, prefer=claim.parser or "", bounds=self.bounds)

    def _fetched(
        self, page: ParsedPage, response: Response, claim: Claim, body_hash: str
    ) -> FetchedPage:
        url = answered = self._answered(response)
        if claim.asked_url.startswith("https:") and _is_without_tls(url, claim.asked_url):
            url = claim.asked_url
        led = is_redirected(response) and url != claim.asked_url
        etag, last_modified = validators_of(response)
        return FetchedPage(
            page=page,
            source=self.source.name,
            article_id=claim.article_id,
            url=url,
            fetched_at=to_iso(self.now()),
            moved_from=claim.asked_url if led else None,
            stated_url=self._stated(page, answered),
            is_trial=claim.trial_url is not None,
            body_hash=body_hash,
            etag=etag,
            last_modified=last_modified,
        )

    def _answered(self, response: Response) -> str:
        """The address that answered; as it is, where a redirect made it what no link may be."""
        try:
            return clean(response.url)
        except ValueError:
            return response.url

    def _stated(self, page: ParsedPage, answered: str) -> str | None:
        """What the page calls itself, where that can be an article of the source. ``answered``: the
        address that did."""
        try:
            stated = clean(page.canonical_url or "")
        except ValueError:
            return None
        is_own = _is_without_tls(stated, answered)
        return stated if self.source.is_article(stated) and not is_own else None


def _is_without_tls(url: str, known: str) -> bool:
    """Whether a URL is a known one without TLS, which is no other address."""
    return url.startswith("http:") and are_alike(url, known)


def is_new_text(result: FetchedPage | Check, claim: Claim) -> bool:
    """Whether a check brought another text than the last good one, as the same parser reads it."""
    if not isinstance(result, FetchedPage) or result.page.parser != claim.parser:
        return False
    return result.content_hash != claim.seen_hash
