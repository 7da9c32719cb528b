"""What looks like a tag of a thousand attributes and is none refuses no page."""

from __future__ import annotations

import pytest

from newsdiff_crawler.parsing.refusal import Refusal
from newsdiff_crawler.parsing.size import MAX_ATTRIBUTES, check_size

WORDS = "if (a&&b) return c " * MAX_ATTRIBUTES


@pytest.mark.parametrize(
    "html",
    [
        f"<script>x = a<b {WORDS}</script><p>Rain.</p>",
        f"<SCRIPT>x = a<b {WORDS}</SCRIPT ><p>Rain.</p>",
        f"<!-- {WORDS} --><p>Rain.</p>",
        f"<style><![CDATA[ {WORDS} ]]></style><p>Rain.</p>",
        f"<script>x = a<b {WORDS}",
    ],
)
def test_code_and_comments_are_no_tags(html: str) -> None:
    check_size(html)


@pytest.mark.parametrize("before", ["", "<script>a<b</script>", "<!-- a -->"])
def test_a_tag_with_more_attributes_is_refused(before: str) -> None:
    names = " ".join(f"a{n}" for n in range(20_000))
    with pytest.raises(Refusal, match="a tag of more than"):
        check_size(f"{before}<p {names}>Rain.</p>")
