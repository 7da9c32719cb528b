"""What people read in a bundle: the page in plain words, the texts, and what differs."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.render import as_patch
from newsdiff_crawler.proof.evidence import Evidence, Version

PAGE, PATCH = "proof/index.html", "proof/changes.patch"


def for_people(evidence: Evidence) -> dict[str, bytes]:
    """These files, by their names. The same for the same, in one release."""
    files = {
        f"proof/version-{version.number}.txt": _text_of(version).encode(errors="replace")
        for version in evidence.versions
    }
    diff = summary = None
    if len(evidence.versions) == 2:
        older, newer = evidence.versions
        diff = compare(older.texts(), newer.texts())
        summary = summarise(diff).sentence
        names = [f"version {each.number}\t{each.fetched_at}" for each in (older, newer)]
        files[PATCH] = as_patch(diff, *names).encode(errors="replace")
    page = _environment().get_template("proof.html")
    text = page.render(evidence=evidence, diff=diff, summary=summary)
    return files | {PAGE: text.encode(errors="replace")}


def _text_of(version: Version) -> str:
    return "\n\n".join(block.text for block in version.texts()) + "\n"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("newsdiff_crawler.proof"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
