"""A record that was stamped, and a proof of it, made once: nobody alters them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsdiff_crawler.proof.gathering import Gathering
from newsdiff_crawler.proof.signing import Signer
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import utc_now
from tests.support.clocks import Authority
from tests.support.evidence import proved_record, stamped


@dataclass(frozen=True)
class Proved:
    """``bundle``: of versions 1 and 3, the second of which repeats the page of the first."""

    folder: Path
    authority: Authority
    bundle: bytes


def bundle_of(folder: Path, *numbers: int, is_signed: bool = True) -> bytes:
    with Records.open(folder) as records:
        article = records.article(1)
        assert article
        signer = Signer(folder) if is_signed else None
        return Gathering(records, folder, signer).bundle(article, numbers, utc_now())


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proved]:
    folder = tmp_path_factory.mktemp("proved")
    proved_record(folder / "data")
    with Authority(folder / "tsa") as authority:
        assert stamped(folder / "data", authority).lines == []
        yield Proved(folder / "data", authority, bundle_of(folder / "data", 1, 3))
