"""An OPML file is read outline by outline: one that is broken harms no other."""

from __future__ import annotations

import pytest

from newsdiff_crawler.adding.opml import (
    LONGEST_TITLE,
    BrokenLine,
    ListedFeed,
    NoOPMLError,
    read_opml,
)

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News">
  <outline type="rss" text="Ash" title="The Ash &amp; Elm" xmlUrl="https://ash.example/rss"
    htmlUrl="https://www.ash.example"/>
  <OUTLINE text='Birch' XMLURL='http://birch.example/feed?a=1&amp;b=2'></OUTLINE>
</outline>
</body></opml>"""


def lines(body: str) -> list[ListedFeed | BrokenLine]:
    return [*read_opml(body.encode())]


def test_feeds_are_read_with_their_titles_and_sites_and_folders_are_none() -> None:
    assert lines(FILE) == [
        ListedFeed(4, "The Ash & Elm", "https://ash.example/rss", "https://www.ash.example/"),
        ListedFeed(6, "Birch", "http://birch.example/feed?a=1&b=2"),
    ]


def test_a_link_to_a_site_is_read_as_one_without_a_feed() -> None:
    link = '<outline type="link" text="Ash" url="https://www.ash.example"/>'
    assert lines(link) == [ListedFeed(1, "Ash", "", "https://www.ash.example/")]
    assert isinstance(lines('<outline type="link" text="Ash" url="ash"/>')[0], BrokenLine)


@pytest.mark.parametrize(
    ("outline", "reason"),
    [
        ('<outline xmlUrl="https://a.example/rss', "an <outline> that is broken"),
        ('<outline text="a" xmlUrl=https://a.example/>', "an <outline> that is broken"),
        ('<outline text="a < b" xmlUrl="https://a.example/"/>', "an <outline> that is broken"),
        ('<outline text="a"/>', "no address of a feed (xmlUrl)"),
        ('<outline xmlUrl="javascript:alert(1)"/>', "no address of a feed: "),
        ('<outline xmlUrl="https://u:p@a.example/"/>', "no address of a feed: a user or pass"),
    ],
)
def test_what_is_broken_is_one_line_with_its_reason(outline: str, reason: str) -> None:
    read = lines(FILE.replace("<outline text=", f"{outline}\n<outline text=", 1))
    (broken,) = [each for each in read if isinstance(each, BrokenLine)]
    assert broken.line == 3
    assert broken.reason.startswith(reason)
    assert len(read) == 3


def test_of_ten_thousand_lines_every_right_one_is_read() -> None:
    right = '<outline text="{0}" xmlUrl="https://n{0}.example/rss"/>'
    wrong = '<outline text="{0}" xmlUrl="https://n{0}.example/rss'
    outlines = [(right if n % 2 else wrong).format(n) for n in range(10_000)]
    read = lines("<opml><body>\n" + "\n".join(outlines) + "\n</body></opml>")
    assert [type(each).__name__ for each in read] == ["BrokenLine", "ListedFeed"] * 5_000
    assert [each.line for each in read] == [*range(2, 10_002)]


def test_nothing_is_expanded_and_nothing_commented_out_is_read() -> None:
    body = (
        '<!DOCTYPE opml [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        '<opml><!-- <outline xmlUrl="https://gone.example/"/> -->'
        '<outline text="&b;" xmlUrl="https://ash.example/rss"/></opml>'
    )
    assert lines(body) == [ListedFeed(1, "&b;", "https://ash.example/rss")]


def test_a_title_is_one_short_line_that_prints() -> None:
    title = "Red\x1b[31m\n&#10;alert " + "x" * 1000
    (read,) = lines(f'<opml><outline text="{title}" xmlUrl="https://ash.example/"/></opml>')
    assert isinstance(read, ListedFeed)
    assert read.title.startswith("Red[31m alert x")
    assert len(read.title) == LONGEST_TITLE


def test_other_encodings_are_read() -> None:
    text = '<?xml version="1.0" encoding="{}"?><outline text="Blåbær" xmlUrl="https://b.example/"/>'
    for encoding in ("iso-8859-1", "utf-16", "utf-8-sig"):
        (read,) = read_opml(text.format(encoding).encode(encoding))
        assert isinstance(read, ListedFeed)
        assert read.title == "Blåbær"


@pytest.mark.parametrize("body", [b"", b"<html><body>No feeds</body></html>", b"\x00" * 100])
def test_what_is_no_opml_is_refused(body: bytes) -> None:
    with pytest.raises(NoOPMLError, match="no OPML"):
        [*read_opml(body)]


@pytest.mark.parametrize("encoding", ["idna", "undefined", "none-such"])
def test_an_encoding_that_is_none_for_a_file_is_read_as_utf_8(encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{encoding}"?><outline xmlUrl="https://ash.example/é"/>'
    assert [*read_opml(body.encode())] == [ListedFeed(1, "", "https://ash.example/%C3%A9")]


def test_a_comment_that_does_not_end_hides_nothing() -> None:
    (found,) = lines('<opml><!-- one --><!-- two <outline xmlUrl="https://ash.example/rss"/>')
    assert found == ListedFeed(1, "", "https://ash.example/rss")
