"""What a text comes to beside what the record knows: pure, case by case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import judge, new_version
from newsdiff_crawler.items import READING, Check, FetchedPage, LatestState, NewVersion, Outcome
from tests.support.records import parsed_page, story

LONG = "The ferry to the island was taken off after sixty years of service in all weathers."


def fetched(*paragraphs: str, parser: str = "paper/2026") -> FetchedPage:
    page = parsed_page(story("Ferry", *paragraphs), parser)
    return FetchedPage(
        page=page,
        source="paper",
        article_id=7,
        url="https://news.example/ferry",
        fetched_at="2026-03-01T08:00:00Z",
        body_hash="0" * 32,
        etag='"1"',
    )


def state_after(*texts: FetchedPage) -> LatestState:
    """What the record knows once these were stored, one after the other, and another came."""
    state = LatestState()
    for text in texts:
        version = new_version(Candidate(text, state))
        blocks = dict.fromkeys([*state.passages.values(), *text.page.blocks()])
        passages = dict(enumerate(blocks, start=1))
        ids = {block: id_ for id_, block in passages.items()}
        state = LatestState(
            number=version.number,
            seen_hash=text.content_hash,
            words_hash=version.words_hash,
            parser=text.page.parser,
            words=text.words,
            layout=tuple(ids[block] for block in text.page.blocks()),
            passages=passages,
        )
    return state


def judged(text: FetchedPage, state: LatestState) -> NewVersion | Check:
    return judge(Candidate(text, state))


def as_check(result: NewVersion | Check) -> tuple[Outcome, str]:
    assert isinstance(result, Check)
    return result.outcome, result.reason


def as_version(result: NewVersion | Check) -> NewVersion:
    assert isinstance(result, NewVersion)
    return result


def test_a_first_text_is_version_one_and_no_change() -> None:
    version = as_version(judged(fetched(LONG), LatestState()))
    assert (version.number, version.changes, version.is_change) == (1, None, False)


def test_another_text_is_the_next_version_with_what_it_changed() -> None:
    version = as_version(judged(fetched(LONG, "More."), state_after(fetched(LONG))))
    assert (version.number, version.is_change, version.minor) == (2, True, None)
    assert version.changes
    assert (version.changes.blocks_added, version.changes.words_added) == (1, 1)
    assert version.summary


def test_the_text_last_seen_is_unchanged_and_its_validators_are_kept() -> None:
    check = judged(fetched(LONG), state_after(fetched(LONG)))
    assert as_check(check) == ("unchanged", "same text")
    assert isinstance(check, Check)
    assert (check.etag, check.body_hash) == ('"1"', "0" * 32)


def test_a_text_that_was_stored_before_a_sign_was_known_to_be_invisible_is_unchanged() -> None:
    state = state_after(fetched(LONG))
    older = {
        id_: replace(block, text=block.text.replace("ferry", "\u200eferry"))
        for id_, block in state.passages.items()
    }
    state = replace(state, seen_hash="1" * 32, passages=older)
    assert as_check(judged(fetched(LONG), state)) == ("unchanged", "same text")


def test_a_text_that_came_back_once_is_a_version_that_reverts() -> None:
    state = replace(state_after(fetched(LONG), fetched(LONG, "More.")), same_text_in=(1,))
    version = as_version(judged(fetched(LONG), state))
    assert (version.number, version.reverts_to, version.minor) == (3, 1, "reverted")
    assert not version.is_change
    assert version.takes_text_out


def test_a_text_that_is_in_two_versions_is_no_third_one() -> None:
    state = replace(state_after(fetched(LONG), fetched(LONG, "More.")), same_text_in=(1, 3))
    check = judged(fetched(LONG), state)
    assert as_check(check) == ("unchanged", "to the text of version 3")
    assert isinstance(check, Check)
    assert check.seen_hash == fetched(LONG).content_hash


def test_a_text_that_lost_most_of_itself_is_believed_the_second_time() -> None:
    state = state_after(fetched(LONG, LONG + " Again.", LONG + " And again."))
    check = judged(fetched("Gone."), state)
    assert as_check(check) == ("failed", "52 words shrank to 2: believed if seen again")
    assert isinstance(check, Check)
    assert (check.unconfirmed, check.etag) == (True, None)
    assert as_version(judged(fetched("Gone."), replace(state, unconfirmed=True))).number == 2


@pytest.mark.parametrize(
    ("before", "after", "minor"),
    [
        ("“Gone”, he said.", '"Gone" he said.', "cosmetic"),
        ("Updated at 10:15 GMT on Monday.", "Updated at 11:40 GMT on Monday.", "cosmetic"),
        ("Nobody came.", "Hardly anybody came.", None),
    ],
)
def test_a_change_of_appearance_alone_is_cosmetic(
    before: str, after: str, minor: str | None
) -> None:
    version = as_version(judged(fetched(LONG, after), state_after(fetched(LONG, before))))
    assert version.minor == minor


def test_what_another_reading_of_the_same_parser_reads_is_our_doing() -> None:
    known = replace(state_after(fetched(LONG, "A.")), reading=READING - 1)
    version = as_version(judged(fetched(LONG), known))
    assert (version.parser_changed, version.minor) == (True, "parser")


def test_an_equal_text_notes_who_read_it() -> None:
    known = replace(state_after(fetched(LONG)), reading=READING - 1)
    check = judged(fetched(LONG), known)
    assert isinstance(check, Check)
    assert check.read_by == ("paper/2026", READING)


def test_what_another_parser_reads_is_the_parser_s_doing_and_takes_nothing_out() -> None:
    version = as_version(
        judged(fetched(LONG, parser="paper/2027"), state_after(fetched(LONG, "A.")))
    )
    assert (version.minor, version.is_change, version.takes_text_out) == ("parser", False, False)
