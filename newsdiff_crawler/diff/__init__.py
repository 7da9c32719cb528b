"""What differs between two versions of an article. Pure functions on strings."""

from newsdiff_crawler.diff.align import shared_ends
from newsdiff_crawler.diff.boilerplate import (
    LONGEST_BOILERPLATE,
    changed_blocks,
    may_be_boilerplate,
    without,
)
from newsdiff_crawler.diff.compare import compare
from newsdiff_crawler.diff.labels import NOTICES
from newsdiff_crawler.diff.model import (
    ChangeSummary,
    DetailedSummary,
    Diff,
    Evidence,
    Label,
    LabelName,
    Row,
    Side,
    Span,
)
from newsdiff_crawler.diff.redesign import sort_out
from newsdiff_crawler.diff.replacing import replacements
from newsdiff_crawler.diff.resemblance import is_another_text, is_one_story, shares_subject
from newsdiff_crawler.diff.restless import LOOKS, restless
from newsdiff_crawler.diff.summary import count_changes, summarise, summarise_in_detail

__all__ = [
    "LONGEST_BOILERPLATE",
    "LOOKS",
    "NOTICES",
    "ChangeSummary",
    "DetailedSummary",
    "Diff",
    "Evidence",
    "Label",
    "LabelName",
    "Row",
    "Side",
    "Span",
    "changed_blocks",
    "compare",
    "count_changes",
    "is_another_text",
    "is_one_story",
    "may_be_boilerplate",
    "replacements",
    "restless",
    "shared_ends",
    "shares_subject",
    "sort_out",
    "summarise",
    "summarise_in_detail",
    "without",
]
