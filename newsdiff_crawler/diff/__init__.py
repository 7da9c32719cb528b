"""What differs between two versions of an article. Pure functions on strings."""

from newsdiff_crawler.diff.align import shared_ends
from newsdiff_crawler.diff.compare import compare
from newsdiff_crawler.diff.model import Diff, Evidence, Gist, Label, Row, Side, Span, Summary
from newsdiff_crawler.diff.resemblance import is_one_story
from newsdiff_crawler.diff.summary import count_changes, gist, summarise

__all__ = [
    "Diff",
    "Evidence",
    "Gist",
    "Label",
    "Row",
    "Side",
    "Span",
    "Summary",
    "compare",
    "count_changes",
    "gist",
    "is_one_story",
    "shared_ends",
    "summarise",
]
