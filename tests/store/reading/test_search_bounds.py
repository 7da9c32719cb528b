"""A search is answered in little time and memory, or refused, whatever is stored and asked."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from newsdiff_crawler.store import Store, TooLongError
from newsdiff_crawler.store.reading import search
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.search import LONGEST, SearchQuery
from tests.support.crawling import PROJECT
from tests.support.records import add_article, story

# The bounds are of SQLite's index; a server has a time limit for each statement.
pytestmark = [pytest.mark.slow, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with three paragraphs of 2 MB, of short words that begin with a."""
    folder = tmp_path_factory.mktemp("flood")
    numbers = random.Random(1)
    words = ["a" + "".join(numbers.choices("abcdefgh", k=4)) for _ in range(30_000)]
    texts = (" ".join(numbers.choices(words, k=350_000)) for _ in range(3))
    store = Store.open(folder)
    add_article(store, story("Mill", *(f"{text} windmill." for text in texts)))
    store.close()
    return folder


# Prints what a search came to, its CPU time in seconds, and by how many MB the process grew.
_ASK = """
import resource, sys, time
from pathlib import Path
from newsdiff_crawler.store import TooLongError
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.search import SearchQuery
from newsdiff_crawler.store.reading.search_terms import marked, parse_query

def size():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000

query, before = sys.argv[2], size()
with Records.open(Path(sys.argv[1])) as records:
    start = time.process_time()
    try:
        hits = records.search.find(SearchQuery(query)).hits
        found = [any(part.is_hit for part in marked(hit.text, parse_query(query))) for hit in hits]
    except TooLongError:
        found = "refused"
print(found, time.process_time() - start, size() - before, sep=";")
"""


@pytest.mark.parametrize(
    "query",
    [
        " ".join(["a*"] * 16),
        "a* aa* ab* ac* ad* ae* af* ag* ah* aaa* aab* aac* aad* aae* aaf* aag*",
        '"a* b*" a* aab* "abc abd"',
        "windmill a*",
    ],
)
def test_no_search_takes_much_time_or_memory_whatever_is_stored(flood: Path, query: str) -> None:
    """Some took 43 s and 2.5 GB. The bounds are 0.2 s and 100 MB; the first has room here for a
    slow machine."""
    command = [sys.executable, "-c", _ASK, str(flood), query]
    asked = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT)
    found, seconds, megabytes = asked.stdout.split(";")
    assert found in ("refused", "[]", str([True] * 3))
    assert float(seconds) < 5 * search.MOST_SECONDS
    assert float(megabytes) < 100


def test_an_ordinary_word_in_a_flood_is_found_with_what_is_around_it(flood: Path) -> None:
    with Records.open(flood) as records:
        hits = records.search.find(SearchQuery("Windmill")).hits
    assert [len(hit.text) for hit in hits] == [LONGEST] * 3
    assert all(hit.text.endswith(" windmill.") for hit in hits)


def test_after_a_search_that_took_too_long_others_are_answered(
    flood: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Records.open(flood) as records:
        monkeypatch.setattr(search, "MOST_SECONDS", 0)
        with pytest.raises(TooLongError):
            records.search.find(SearchQuery("a* aa*"))
        monkeypatch.undo()
        assert records.search.find(SearchQuery("windmill")).count == 3
