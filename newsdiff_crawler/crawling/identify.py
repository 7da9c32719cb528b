"""Which article a page belongs to, and whether what it says is that article's story at all.

An address is believed when it has shown the story: the one that was asked and answered is the
article's. Another one that a page states, or that a redirect leads to, becomes its address when it
answers with a text that resembles the story's, and is left again when it stops doing so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import as_check
from newsdiff_crawler.crawling.pipelines import Pipeline, dropped
from newsdiff_crawler.crawling.placeholders import (
    LONG,
    WELL_BEFORE,
    false_versions,
    is_not_as_listed,
    is_one_story_at_two,
    is_placeholder,
    leads_back,
    names_story,
    original,
)
from newsdiff_crawler.diff import compare, is_one_story
from newsdiff_crawler.items import Check, FetchedPage
from newsdiff_crawler.parsing import is_read_generically
from newsdiff_crawler.store import NoSuchArticleError
from newsdiff_crawler.store.writing.other_texts import Twin
from newsdiff_crawler.text import words_hash
from newsdiff_crawler.times import from_iso, to_iso
from newsdiff_crawler.urls import are_alike

# An address that only led to the story, and still does after this time, is no longer asked.
STEADY = timedelta(days=1)
# A short text that does not look like what is listed is believed when it has stayed so long.
STAYS = timedelta(hours=3)
# Versions that a placeholder made so long ago at most are taken back.
TAKEN_BACK = timedelta(days=1)


class Identify(Pipeline):
    """Passes on the text with what is known of the article that it belongs to; or the check that
    it amounts to, where it is not that article's story."""

    def process(self, item: Any) -> Any:
        if not isinstance(item, FetchedPage):
            return item
        if is_read_generically(item.page.parser, self.run.source.parsers):
            self.run.count("read_generically")
        if item.page.parser in {parser.name for parser in self.run.source.parsers[:1]}:
            self.run.count("read_by_newest")
            for hook in item.page.unmatched:
                self.run.count(f"unmatched_{hook}")
        try:
            return _with_own_validators(self._identified(self._found(item)))
        except NoSuchArticleError:
            raise dropped(self.store, item) from None

    def _found(self, fetched: FetchedPage) -> Candidate:
        """Of the article as it goes by now: another crawl may have merged it meanwhile."""
        try:
            return self._candidate(fetched)
        except NoSuchArticleError:
            current = self.store.identities.current(fetched.article_id)
            return self._candidate(replace(fetched, article_id=current))

    def _candidate(self, fetched: FetchedPage) -> Candidate:
        candidate = Candidate(fetched, self.store.latest(fetched.article_id, fetched.content_hash))
        if not (candidate.is_first or candidate.is_known):
            self.run.budget.spend_on(candidate.compare)
        return candidate

    def _identified(self, candidate: Candidate) -> Candidate | Check:
        fetched = candidate.fetched
        erased = self._erased(candidate)
        if erased:
            return erased
        if fetched.moved_from and not self._is_respelt(fetched):
            return self._led(candidate)
        if fetched.moved_from or fetched.is_trial:
            return self._elsewhere(candidate)
        if candidate.is_first:
            return self._first(candidate)
        if candidate.is_another_text:
            return self._another_text(candidate)
        return self._of_kin(candidate)

    def _erased(self, candidate: Candidate) -> Check | None:
        """A story that was erased is not recorded again, wherever it is found. An address without a
        text of its own that leads to it, or states that it is its, is its."""
        fetched, erasures = candidate.fetched, self.store.erasures
        erased = erasures.claimant(fetched, is_first=candidate.is_first)
        if erased is not None and candidate.is_first:
            self.store.identities.absorb(erased, fetched.article_id, fetched.fetched_at)
            erasures.take_over(erased)
            return self._unchanged(replace(fetched, article_id=erased), "was erased here")
        if erased is None and not erasures.has_text(fetched):
            return None
        check = as_check(fetched, "failed", "shows what was erased here")
        return replace(check, is_absent=not candidate.is_first, exchange=None)

    def _is_respelt(self, fetched: FetchedPage) -> bool:
        """Whether a redirect led to the same address in another spelling."""
        return bool(fetched.moved_from and are_alike(fetched.moved_from, fetched.url))

    # --- At an address that is not the article's -------------------------------------------------

    def _elsewhere(self, candidate: Candidate) -> Candidate | Check:
        """Another address of the article was tried, or its own led to another spelling of it."""
        fetched = candidate.fetched
        if candidate.is_first:
            return self._first(candidate)
        if candidate.is_the_story:
            is_copy = fetched.stated_url == candidate.latest.url  # calls that address its own
            return self._beside(candidate) if is_copy else self._settled(candidate)
        if fetched.is_trial and self._may_detach(fetched):
            return self._detached(candidate, fetched.url)
        return self._not_the_story(candidate, self._what_it_is(candidate))

    def _beside(self, candidate: Candidate) -> Candidate:
        """A copy of the story, which stays where it is; the copy's address is not tried again."""
        fetched = candidate.fetched
        self.store.addresses.believe(fetched.article_id, fetched.url, fetched.fetched_at)
        return candidate

    def _led(self, candidate: Candidate) -> Candidate | Check:
        """A redirect led to another address."""
        fetched = candidate.fetched
        owner = self.store.addresses.owner(fetched.url)
        is_others = owner not in (None, fetched.article_id)
        if candidate.is_first:
            return self._is_others(candidate) if is_others else self._first(candidate)
        if not candidate.is_the_story:
            return self._not_the_story(candidate, f"led to another page, {fetched.url}")
        is_its_own = fetched.stated_url == fetched.moved_from  # as of a page for small screens
        if is_others or (self._is_steady(fetched) and not is_its_own):
            return self._settled(candidate)
        return candidate

    def _is_steady(self, fetched: FetchedPage) -> bool:
        """Whether the story has been where the redirect leads for some time, or was read at the
        asked address itself before."""
        known = self.store.addresses.answering(fetched.article_id)
        if known.get(fetched.moved_from or ""):
            return True
        since = known.get(fetched.url)
        return bool(since and from_iso(since) + STEADY <= from_iso(fetched.fetched_at))

    def _is_others(self, candidate: Candidate) -> Check:
        """An address without a text of its own leads to another article's. It is that one's when it
        has done so for some time."""
        fetched = candidate.fetched
        known = candidate.latest.schedule_state.first_seen_at
        if known and known + STEADY <= from_iso(fetched.fetched_at):
            identities = self.store.identities
            owner = identities.settle(fetched.article_id, fetched.url, fetched.fetched_at)
            fetched = replace(fetched, article_id=owner)
        return self._unchanged(fetched, f"leads to {fetched.url}, which has its own record")

    def _settled(self, candidate: Candidate) -> Candidate | Check:
        """The story is at this address: from now on that is the article's, and another article that
        was found there becomes one with it where the two histories allow."""
        fetched = candidate.fetched
        identities, addresses = self.store.identities, self.store.addresses
        moved_from = None if self._is_respelt(fetched) else fetched.moved_from
        article_id = identities.settle(
            fetched.article_id, fetched.url, fetched.fetched_at, moved_from
        )
        if not identities.has(article_id, fetched.url):
            reason = f"leads to {fetched.url}, which has its own record"
            return self._unchanged(replace(fetched, article_id=article_id), reason)
        addresses.believe(article_id, fetched.url, fetched.fetched_at)
        addresses.adopt(article_id, fetched.url)
        return self._candidate(replace(fetched, article_id=article_id, is_trial=False))

    # --- A first text -----------------------------------------------------------------------------

    def _first(self, candidate: Candidate) -> Candidate | Check:
        fetched = candidate.fetched
        twins = self.store.other_texts.twins(fetched)
        listed_as = self.store.other_texts.listed_as(fetched.moved_from or fetched.url)
        same = self._same_story(candidate, twins, listed_as)
        if same is not None:
            return self._one_with(candidate, same)
        if is_placeholder(fetched, listed_as, twins, is_first=True):
            return self._placeholder(candidate, twins)
        had_it_first = original(fetched, twins)
        if had_it_first and any(twin.number is None for twin in twins):
            return self._not_the_story(candidate, _of_another([had_it_first]))
        if leads_back(fetched) or self._is_in_doubt(fetched, listed_as):
            listed = f"the story that is listed as “{listed_as}”" if listed_as else "a story"
            reason = f"shows {_quoted(fetched)}, which does not look like {listed}"
            return self._not_the_story(candidate, f"{reason}: believed if it stays")
        return candidate

    def _is_in_doubt(self, fetched: FetchedPage, listed_as: str) -> bool:
        """Whether a short text is not what it is listed as, or was found to be no story here not
        long ago. It is believed when it stays."""
        since = self.store.other_texts.sighting(fetched).since
        if since is not None and from_iso(since) + STAYS <= from_iso(fetched.fetched_at):
            return False
        was_none = since is not None
        named = names_story(fetched.page.title, fetched.url, listed_as)
        return is_not_as_listed(fetched, listed_as) or (was_none and not named)

    def _same_story(self, candidate: Candidate, twins: list[Twin], listed_as: str) -> int | None:
        """The article that tells the same story at another address."""
        fetched = candidate.fetched
        for other in self.store.addresses.kin(fetched.article_id, fetched.stated_url):
            if self._resembles(fetched, other):
                return other
        texts = words_hash(block.text for block in fetched.page.blocks())
        for twin in twins:
            if is_one_story_at_two(fetched, listed_as, twin, texts):
                return twin.article_id
        return None

    def _resembles(self, fetched: FetchedPage, other: int) -> bool:
        known = self.store.latest(other, fetched.content_hash)
        if fetched.content_hash == known.seen_hash:
            return True
        return is_one_story(compare(known.blocks(), fetched.page.blocks()))

    def _one_with(self, candidate: Candidate, other: int) -> Candidate:
        """An article without a version becomes part of another one, which is from now on at the
        address that answered if the page calls that its own; else where it was."""
        fetched = candidate.fetched
        known = self.store.latest(other, fetched.content_hash)
        addresses = self.store.addresses
        owner = self.store.identities.settle(fetched.article_id, known.url, fetched.fetched_at)
        addresses.believe(owner, fetched.url, fetched.fetched_at)
        if fetched.stated_url == fetched.url:
            addresses.adopt(owner, fetched.url)
        return self._candidate(replace(fetched, article_id=owner, moved_from=None, is_trial=False))

    def _of_kin(self, candidate: Candidate) -> Candidate:
        """A text of the story. Where its page states the address of another article that tells the
        same, the two become one if their histories allow."""
        fetched = candidate.fetched
        stated = fetched.stated_url
        if candidate.is_known or not stated or stated == candidate.latest.url:
            return candidate
        owner = self.store.addresses.owner(stated)
        if owner in (None, fetched.article_id) or not self._resembles(fetched, int(owner or 0)):
            return candidate
        at = fetched.fetched_at
        article_id = self.store.identities.settle(fetched.article_id, stated, at)
        return self._candidate(replace(fetched, article_id=article_id))

    # --- Another text -----------------------------------------------------------------------------

    def _another_text(self, candidate: Candidate) -> Candidate | Check:
        """The article's own address shows a text that is not the one before after an edit."""
        fetched = candidate.fetched
        if self._may_detach(fetched):
            return self._detached(candidate, fetched.url)
        twins = self.store.other_texts.twins(fetched)
        listed_as = self.store.other_texts.listed_as(fetched.url)
        if is_placeholder(fetched, listed_as, twins, is_first=False):
            return self._placeholder(candidate, twins)
        if self._was_no_story(candidate, listed_as):
            return self._read_at_last(candidate)
        told_elsewhere = [twin for twin in twins if twin.number is not None]
        if told_elsewhere:
            return self._not_the_story(candidate, _of_another(told_elsewhere))
        if candidate.is_told_anew and self.store.other_texts.sighting(fetched).looks:
            return candidate
        return self._not_the_story(candidate, self._what_it_is(candidate))

    def _was_no_story(self, candidate: Candidate, listed_as: str) -> bool:
        """Whether the one text that was read here was none: it tells of something else, and this
        one, seen before, is what the address or its entry in a feed is called after; or it was
        short, and a long story has stayed in its place. What an article said in several texts, not
        only in several counts, is never taken for that."""
        if candidate.is_told_anew:
            return False
        fetched, before = candidate.fetched, candidate.before
        looks, since = self.store.other_texts.sighting(fetched)
        if since is None or not self.store.other_texts.is_one_text(fetched.article_id):
            return False
        known = [each.url for each in self.store.addresses.of(fetched.article_id)]
        listed = self.store.other_texts.listed_as
        if any(names_story(before.page.title, url, listed(url)) for url in known):
            return False
        if names_story(fetched.page.title, fetched.url, listed_as):
            return True
        twins = self.store.other_texts.twins(before)
        if is_placeholder(before, listed_as, twins, is_first=False, is_stored=True):
            return True
        has_stayed = looks > 1 and from_iso(since) + WELL_BEFORE <= from_iso(fetched.fetched_at)
        return before.words < LONG <= fetched.words and has_stayed

    def _read_at_last(self, candidate: Candidate) -> Candidate | Check:
        """The address shows its story for the second time, after something else."""
        fetched = candidate.fetched
        reason = f"{_quoted(candidate.before)} stood in the story's place"
        self.store.taking_back.unread(fetched.article_id, reason, fetched.fetched_at)
        self.store.other_texts.forget(fetched.article_id, fetched.text_key)
        return self._first(self._candidate(fetched))

    def _what_it_is(self, candidate: Candidate) -> str:
        shown = f"{_quoted(candidate.fetched)} stands in the story's place"
        return f"{shown}: believed if seen again" if candidate.is_told_anew else shown

    def _may_detach(self, fetched: FetchedPage) -> bool:
        """Whether an address only ever led to where the article's texts were read."""
        known = self.store.addresses.answering(fetched.article_id)
        return known.get(fetched.url, "") is None and any(known.values())

    def _detached(self, candidate: Candidate, url: str) -> Candidate | Check:
        """An address that led to another story tells its own now, as an article of its own."""
        fetched = candidate.fetched
        new = self.store.addresses.detach(fetched.article_id, url, fetched.fetched_at)
        return self._first(self._candidate(replace(fetched, article_id=new, is_trial=False)))

    def _placeholder(self, candidate: Candidate, twins: list[Twin]) -> Check:
        """One text in the place of several stories. The versions that it made are taken back."""
        fetched = candidate.fetched
        self.run.count("placeholders")
        reason = f"{_quoted(fetched)} stands at other addresses too: a page in the story's place"
        soonest = to_iso(from_iso(fetched.fetched_at) - TAKEN_BACK)
        for twin in false_versions(fetched, twins):
            if twin.at >= soonest and self._was_false(twin):
                self.store.taking_back.placeholder(
                    twin.article_id, twin.number or 0, reason, fetched.fetched_at
                )
        return self._not_the_story(candidate, reason)

    def _was_false(self, twin: Twin) -> bool:
        """Whether a version did not resemble what its article said before."""
        if twin.number == 1:
            return True
        texts = [self.store.blocks(twin.article_id, (twin.number or 0) - back) for back in (1, 0)]
        return not is_one_story(compare(*texts))

    # --- What it amounts to -----------------------------------------------------------------------

    def _not_the_story(self, candidate: Candidate, reason: str) -> Check:
        """A failed check; the text is kept as what it is. A long text of the article's own address
        is awaited again soon, anything else like a page that is gone."""
        fetched = candidate.fetched
        is_awaited = candidate.is_first or (
            not fetched.moved_from and candidate.is_told_anew and fetched.words >= LONG
        )
        check = as_check(fetched, "failed", reason, unconfirmed=candidate.latest.unconfirmed)
        return replace(check, is_absent=not is_awaited, other_text=fetched)

    def _unchanged(self, fetched: FetchedPage, reason: str) -> Check:
        mine = replace(_without_validators(fetched), is_trial=False)  # which are the other's
        return as_check(mine, "unchanged", reason)


def _with_own_validators(result: Candidate | Check) -> Candidate | Check:
    """The validators of a page are kept where its address is asked next."""
    if isinstance(result, Check) or result.fetched.url == result.latest.url:
        return result
    return Candidate(_without_validators(result.fetched), result.latest)


def _without_validators(fetched: FetchedPage) -> FetchedPage:
    return replace(fetched, etag=None, last_modified=None, body_hash=None)


def _quoted(fetched: FetchedPage) -> str:
    return f"“{fetched.page.title[:80]}” ({fetched.words} words)"


def _of_another(twins: list[Twin]) -> str:
    shown = [twin.url for twin in twins if not twin.is_hidden]
    return f"shows the text of another article, {shown[0]}" if shown else "shows another's text"
