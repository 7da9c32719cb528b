"""A page without a text that leads on by itself is told from a page that has one."""

from __future__ import annotations

import pytest

from newsdiff_crawler.parsing.stub import stub_target

URL = "https://news.example/old/rain"
NEW = "https://news.example/new/rain"
LEADS_ON = [
    f'<meta http-equiv="refresh" content="0; url={NEW}">',
    f"<META HTTP-EQUIV='Refresh' CONTENT='3;URL={NEW}'><p>This page has moved.</p>",
    '<meta http-equiv="refresh" content="0; url=/new/rain">',
    f'<script>window.location = "{NEW}"</script>',
    f"<script>location.href='{NEW}';</script><noscript>Click <a href='{NEW}'>here</a></noscript>",
    f'<script>document.location.replace("{NEW}")</script>',
    f'<script>top.location.assign( "{NEW}" )</script>',
    '<script>location = "https:\\/\\/news.example\\/new\\/rain"</script>',
    '<script>location = "https:\\u002F\\u002fnews.example\\x2fnew\\x2Frain"</script>',
    f"<script>window.location.replace(`{NEW}`)</script>",
]
IS_READ = {
    "a text": f'<meta http-equiv="refresh" content="0; url={NEW}">'
    + "<p>It rained all night.</p>" * 60,
    "no sign": f'<p>This page has moved to <a href="{NEW}">a new place</a>.</p>',
    "itself": f'<meta http-equiv="refresh" content="0; url={URL}">',
    "a page that reloads itself": '<meta http-equiv="refresh" content="300">',
    "a wait that is none": f'<meta http-equiv="refresh" content="900; url={NEW}">',
    "a place that a script works out": "<script>location = `${base}/new/rain`</script>",
    "a comparison": f'<script>if (location.href == "{NEW}") track()</script>',
    "another name": f'<script>my.relocation = "{NEW}"; allocation = "{NEW}"</script>',
    "a comment": f'<!-- <meta http-equiv="refresh" content="0; url={NEW}"> -->',
    "no web address": '<script>location = "javascript:history.back()"</script>',
    "a bad port": '<meta http-equiv="refresh" content="0; url=https://news.example:99999/">',
    "a bad host": '<meta http-equiv="refresh" content="0; url=https://[news.example/">',
    "much markup": f'<meta http-equiv="refresh" content="0; url={NEW}">' + "<b></b>" * 9000,
    "nothing": "",
}


@pytest.mark.parametrize("html", LEADS_ON)
def test_it_leads_on(html: str) -> None:
    assert stub_target(f"<html><head><title>Rain</title></head><body>{html}", URL) == NEW


@pytest.mark.parametrize("html", IS_READ.values(), ids=IS_READ)
def test_it_is_read_as_it_is(html: str) -> None:
    assert stub_target(html, URL) is None


@pytest.mark.parametrize("header", [f"0; url={NEW}", "2;URL='/new/rain'", f'0; url="{NEW}"'])
def test_a_header_leads_on_too(header: str) -> None:
    assert stub_target("", URL, header) == NEW


@pytest.mark.parametrize("header", ["300", "", "0; url=", f"900; url={NEW}", '"><p>'])
def test_a_header_that_names_no_page_or_no_near_time_is_passed_by(header: str) -> None:
    assert stub_target("<p>It rained.</p>", URL, header) is None
