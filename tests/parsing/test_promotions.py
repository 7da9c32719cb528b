"""Promos by their words and links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.parsing.promotions import is_label, is_link, is_promotion, is_weak_label

HEADLINE = "Why ferry fares rise in June"


@pytest.mark.parametrize(
    "text",
    [
        "Most read",
        "MORE ON THIS STORY",
        "Lesen Sie auch:",
        "À lire aussi",
        "Lo más leído",
        "関連記事",
        "Anzeige",
    ],
)
def test_a_label_stands_over_other_stories(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize(
    "text", ["What happens next", "Related costs", "More than a lamp", "3 May"]
)
def test_a_subheading_is_no_label(text: str) -> None:
    assert not is_label(text)


@pytest.mark.parametrize("text", ["Opinion", "Watch", "Folgen Sie uns", "Support our work"])
def test_a_label_of_a_card_may_head_a_part_of_a_story_too(text: str) -> None:
    assert is_weak_label(text)
    assert not is_label(text)


@pytest.mark.parametrize(
    "before", ["", "READ MORE: ", "Lue myös: ", "Ganz neu: ", "► ", "Watch: ", "See also "]
)
def test_a_link_to_another_story_is_a_promo(before: str) -> None:
    assert is_promotion(f"{before}{HEADLINE}", [HEADLINE])


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (
            "The keeper has asked the museum for its lamp.",
            "The keeper has asked the museum for its lamp.",
        ),
        ("The question: who knew of it?", "who knew of it?"),
        ("He wrote it down in a letter to the board", "a letter"),
    ],
)
def test_a_linked_sentence_is_text(text: str, link: str) -> None:
    assert not is_promotion(text, [link])


@pytest.mark.parametrize(
    "text",
    [
        "Copyright law says nothing of lamps.",
        "Sign up to the scheme by May, he said.",
        "Follow the river and you will find it.",
        "Get out of the house, she told the children.",
        "Read in full, the letter says nothing of the kind.",
        "Related: he is her brother.",
    ],
)
def test_a_first_word_alone_makes_no_promo(text: str) -> None:
    assert not is_promotion(text)


@pytest.mark.parametrize(
    "text",
    [
        "Article continues after advertisement",
        "© 2026 The Harbour Post",
        "Read more: Ferry fares rise in June",
    ],
)
def test_a_label_of_its_own_and_a_notice_of_rights_are_promos(text: str) -> None:
    assert is_promotion(text)


@pytest.mark.parametrize(
    ("text", "links", "is_list"),
    [
        (f"Quite new {HEADLINE} {HEADLINE}", [HEADLINE, HEADLINE], True),
        (f"Premium {HEADLINE}", [HEADLINE], True),
        (f"Lest jetzt › {HEADLINE}", [HEADLINE], True),
        (f"({HEADLINE})", [HEADLINE], True),
        ("Temas: Lamps, Boats, Gulls", ["Lamps", "Boats", "Gulls"], True),
        ("Sold were Lamps, Boats, Gulls", ["Lamps", "Boats", "Gulls"], False),
        (f"He read, again, {HEADLINE} and {HEADLINE}", [HEADLINE, HEADLINE], False),
    ],
)
def test_a_rubric_and_links_to_stories_are_a_promo(
    text: str, links: list[str], is_list: bool
) -> None:
    assert is_promotion(text, links) == is_list


@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=3))
def test_any_text_is_judged(text: str, links: list[str]) -> None:
    assert is_promotion(text, links) or not is_link(text, links) or len(text) > 250
