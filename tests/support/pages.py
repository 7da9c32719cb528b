"""The pages saved in tests/pages, and hostile variants of them for property tests."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

SAVED_PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*.html"))
JUNK = [
    "<p>", "</p>", "</article>", "</div>", "<div>", "<li>", "<!--", "-->", "<script>", "</script>",
    "<template>", "<table><tr>", "<svg>", "<plaintext>", "<title>", "<textarea>", "\0", "\ud800",
    "\u202e", "&#0;", "&#xD800;", "&", "<", ">", '"', "{", "}", "]", "]]>", "\\ud800", "[[[[",
    '"headline": 7,', '"author": {"name": [{}]},', '"datePublished": [],', "<h1></h1>", "<body>",
    'datetime="9999-99-99"', "<b>" * 400, "<div>" * 3000, "<blockquote><ul><li><figure>" * 50,
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, pages: list[str]) -> str:
    """A page from which pieces were cut, doubled, moved or replaced by junk."""
    page = draw(st.sampled_from(pages))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(page)))
        end = min(len(page), start + draw(st.integers(0, 2000)))
        piece = draw(st.sampled_from([*JUNK, "", page[start:end] * 2, page[: end - start]]))
        page = page[:start] + piece + page[end:]
    return page
