from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.diff.align import MAX_PARTS, Match, Unit, align
from newsdiff_crawler.diff.tokens import Alphabet

TALKS = "The ministers met in the old town hall to talk about grain and fishing rights."
STRIKE = "Train drivers will stop work at midnight because their pay has not been raised."
STORM = "A storm tore the roof from the school while the children were at lunch outside."


def matches(before: list[str], after: list[str]) -> list[Match]:
    units = [[Unit(text) for text in texts] for texts in (before, after)]
    return sorted(align(units[0], units[1], Alphabet()))


def test_equal_units_belong_together() -> None:
    assert matches([TALKS, STRIKE], [STRIKE]) == [Match((1,), (0,))]


def test_a_unit_that_keeps_half_its_words_belongs_to_its_older_self() -> None:
    changed = "The ministers met yesterday in Paris to talk about peace and fishing quotas."
    assert matches([STRIKE, TALKS], [changed]) == [Match((1,), (0,))]


def test_units_that_share_little_do_not_belong_together() -> None:
    assert matches([TALKS], [STORM]) == []


def test_of_two_that_could_be_it_the_more_alike_is_chosen() -> None:
    near, far = STORM.replace("school", "church"), "A storm tore the roof from the town hall."
    assert matches([STORM], [far, near]) == [Match((0,), (1,))]


def test_the_longer_text_stays_in_place_and_the_shorter_has_moved() -> None:
    assert matches(["Short line here.", TALKS], [TALKS, "Short line here."]) == [
        Match((0,), (1,), moved=True),
        Match((1,), (0,)),
    ]


def test_a_date_line_or_a_rule_out_of_order_has_not_moved() -> None:
    for line in ("Updated 3 May 2026 at 12.30", "* * *"):
        assert matches([line, TALKS], [TALKS, line]) == [Match((1,), (0,))]


def test_a_unit_is_not_split_into_more_parts_than_the_work_limit_allows() -> None:
    parts = [f"part {n} of this long story says {n * 7}." for n in range(MAX_PARTS + 5)]
    (match,) = matches([" ".join(parts)], parts)
    assert len(match.after) == MAX_PARTS


def test_fixed_pairs_belong_together_whatever_they_say() -> None:
    assert align([Unit(TALKS)], [Unit(STORM)], Alphabet(), fixed=[(0, 0)]) == [Match((0,), (0,))]


UNITS = st.lists(
    st.builds(Unit, st.lists(st.sampled_from("abcde "), max_size=9).map(" ".join)), max_size=8
)


@given(UNITS, UNITS)
def test_each_unit_is_in_one_match_at_most_and_matches_in_place_do_not_cross(
    before: list[Unit], after: list[Unit]
) -> None:
    aligned = align(before, after, Alphabet())
    olds = [i for match in aligned for i in match.before]
    news = [j for match in aligned for j in match.after]
    assert len(olds) == len(set(olds))
    assert len(news) == len(set(news))
    in_place = sorted(match for match in aligned if not match.moved)
    assert in_place == sorted(in_place, key=lambda match: match.after)
