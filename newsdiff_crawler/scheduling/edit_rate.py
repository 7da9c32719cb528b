"""How often an article is edited: what was seen of it, and what that says about its next hours.

Pure. Ages and gaps are hours, rates are changes per hour. The model has two parts:

- At age a an article is edited at its fresh rate times (1 + a / FADING)^-2; each edit opens the
  story again: REOPENED of the fresh rate comes back, and fades in the same way.
- The fresh rate differs from article to article, as a Gamma distribution of shape SPREAD around
  the baseline rate of the article's section. After n changes in an exposure E (see `Watched`) its
  mean is (SPREAD + n) / (SPREAD / baseline + E).

The numbers are what did best in the replay of benchmarks/schedule.py: docs/schedule.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FADING = 2.0
REOPENED = 0.25
SPREAD = 0.5
BASELINE_RATE = 0.24  # where nothing was learned
LATE = 1e-6  # changes per hour that any article may get at any age
SHRINKAGE = 200  # articles that a section needs for its own rate to count as much as its source's
FEWEST_ARTICLES = 10  # of a section with a rate of its own; some sites have a folder per article

# (source, section) -> baseline rate. The section "" is the whole source, ("", "") all sources.
Rates = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Watched:
    """What was seen of an article: its age now and when it was first seen, how often it really
    changed, and how long ago it last did. All but ``changes`` are hours."""

    age: float
    age_at_first: float = 0.0
    changes: int = 0
    since_change: float = 0.0

    @property
    def exposure(self) -> float:
        """The hours for which it was watched, each weighted by how likely an edit was then: an
        hour of a fresh article counts as one."""
        watched = _worth(self.age) - _worth(self.age_at_first)
        if self.changes:
            watched += REOPENED * ((self.changes - 1) * FADING + _worth(self.since_change))
        return watched

    def exposure_ahead(self, gap: float) -> float:
        """What `exposure` grows by in the next `gap` hours."""
        ahead = _worth(self.age + gap) - _worth(self.age)
        if self.changes:
            since = self.since_change
            ahead += REOPENED * (_worth(since + gap) - _worth(since))
        return ahead

    def rate(self, baseline_rate: float) -> float:
        """The article's own fresh rate, in a section where `baseline_rate` is the mean."""
        return (SPREAD + self.changes) / (SPREAD / baseline_rate + self.exposure)


def _worth(age: float) -> float:
    """The integral of (1 + a / FADING)^-2 from 0 to age: never more than FADING."""
    return FADING * age / (FADING + age)


@dataclass(frozen=True)
class Lesson:
    """What one article says about its section. ``exposure``: see `Watched`."""

    source: str
    section: str
    changes: int
    exposure: float


def learn(lessons: Iterable[Lesson]) -> dict[tuple[str, str], float]:
    """The baseline rates of all articles, of each source and of each section.

    A rate is changes per exposure. It counts SHRINKAGE more articles, with the rate of what the
    section belongs to: its source, or all, or BASELINE_RATE.
    """
    lessons_of: dict[tuple[str, str], list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        for key in {(lesson.source, lesson.section), (lesson.source, ""), ("", "")}:
            lessons_of[key].append(lesson)
    rates: dict[tuple[str, str], float] = {}
    weight = SHRINKAGE * FADING
    for key in sorted(lessons_of):  # all, then a source, then its sections
        if len(lessons_of[key]) >= FEWEST_ARTICLES or not key[1]:
            changes = sum(lesson.changes for lesson in lessons_of[key])
            exposure = sum(lesson.exposure for lesson in lessons_of[key])
            rates[key] = (changes + weight * rate_of(rates, *key)) / (exposure + weight)
    return rates


def rate_of(rates: Rates, source: str, section: str) -> float:
    """The baseline rate of a section, or else of its source, or else of all."""
    for key in ((source, section), (source, ""), ("", "")):
        if key in rates:
            return rates[key]
    return BASELINE_RATE
