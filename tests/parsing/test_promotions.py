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
        "Sign up for our newsletter.",
        "Follow us on Facebook and Instagram, our readers do.",
        "Abonnieren Sie unseren Newsletter.",
        "Article continues after advertisement",
        "© 2026 The Harbour Post",
        "Already a subscriber? Log in to read on.",
        "Read more: Ferry fares rise in June",
    ],
)
def test_an_offer_of_the_newspaper_is_a_promo(text: str) -> None:
    assert is_promotion(text)


@pytest.mark.parametrize(
    ("text", "link", "is_offer"),
    [
        ("We need your help to report from the rock. Donate today", "Donate today", True),
        ("This was in our letter of the week. Sign up for it here.", "Sign up for it here", True),
        ("News costs money. Donate to keep us on the rock.", "Donate", True),
        ("The keeper takes gifts for a new lamp. Donate here.", "Donate here", False),
        ("“We need a lamp,” he said. Donate here.", "Donate here", False),
        ("We were told to sign up here for the boat.", "sign up here", False),
        ("Sign up here, he told us. Nobody did so.", "Sign up here", False),
    ],
)
def test_an_appeal_of_the_newspaper_has_a_link_to_its_offer(
    text: str, link: str, is_offer: bool
) -> None:
    assert is_promotion(text, [link]) == is_offer


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Haberleri WhatsApp kanalımızdan takip edin.", "WhatsApp kanalımızdan"),
        ("Obserwuj nas na WhatsAppie", "WhatsAppie"),
        ("Підписуйтесь на наш канал у Telegram!", "наш канал у Telegram"),
        ("Seuraa meitä Facebookissa", "Facebookissa"),
        ("ニュースはFacebookでフォローする", "Facebook"),
    ],
)
def test_an_invitation_is_a_promo_in_languages_with_cases_and_late_verbs(
    text: str, link: str
) -> None:
    assert is_promotion(text, [link])


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


def test_who_is_quoted_on_an_offer_makes_none() -> None:
    assert not is_promotion("“Sign up for our newsletter, they told me,” said the keeper.")
