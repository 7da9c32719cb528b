"""Whatever is wrong with a bundle is one clear line, and nothing of it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from newsdiff_crawler.evidence import Said, text_hash, version_hash
from newsdiff_crawler.proof.bundle import bundle_of, files_of
from newsdiff_crawler.proof.checking import check, check_bytes
from newsdiff_crawler.proof.container import BundleError, pack, unpack
from newsdiff_crawler.proof.evidence import Evidence, Version
from newsdiff_crawler.proof.signing import Signer
from newsdiff_crawler.proof.web_archive import WARC
from tests.proof.conftest import Proved
from tests.support.clocks import Authority


def refusal(data: bytes, authority: Authority | None = None) -> str:
    with pytest.raises(BundleError) as raised:
        check_bytes(data, authority.root if authority else None)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def zipped(files: Mapping[str, bytes], how: int = ZIP_STORED) -> bytes:
    """By another tool."""
    out = BytesIO()
    with ZipFile(out, "w", how) as bundle:
        for name, data in files.items():
            bundle.writestr(name, data)
    return out.getvalue()


def test_one_byte_changed_anywhere_is_noticed(proved: Proved) -> None:
    step = len(proved.bundle) // 120
    unnoticed = []
    for at in range(0, len(proved.bundle), step):
        data = bytearray(proved.bundle)
        data[at] ^= 1
        try:
            check_bytes(bytes(data), proved.authority.root)
        except BundleError:
            continue
        unnoticed.append(at)
    assert unnoticed == []


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_a_truncated_bundle_is_noticed(proved: Proved, share: float) -> None:
    assert refusal(proved.bundle[: int(len(proved.bundle) * share)])
    assert refusal(proved.bundle[:-1])


def test_what_is_added_is_noticed(proved: Proved) -> None:
    assert refusal(proved.bundle + b"x")
    assert refusal(b"x" + proved.bundle)


@pytest.mark.parametrize(
    "name", ["../../evil", "/etc/passwd", "a/../b", "C:\\x", "a\\b", "A", "a//b", "..", "a\0b"]
)
def test_no_name_leads_anywhere(name: str) -> None:
    assert refusal(zipped({name: b"x"}))


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = zipped({"proof/evidence.json": b"0" * 50_000_000}, ZIP_DEFLATED)
    assert refusal(bomb) == "proof/evidence.json is compressed, which nothing in a proof is"


def test_a_bomb_within_its_archive_is_bounded(proved: Proved) -> None:
    from newsdiff_crawler.archive.members import LARGEST
    from newsdiff_crawler.archive.members import pack as member

    files = unpack(proved.bundle)
    files[WARC] = member(b"0" * (LARGEST + 1))
    assert refusal(pack(files)).startswith("its archive, at 0: ")


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"<html>", b"\x1f\x8b" + b"\0" * 100, b"PK\x05\x06" + b"\xff" * 18],
)
def test_what_is_no_bundle_is_said_to_be_none(data: bytes) -> None:
    assert refusal(data).endswith(("it is none, or cut off", "it is no proof, or is cut off"))


def test_a_list_of_very_many_files_is_not_read() -> None:
    many = zipped({f"a{number}": b"" for number in range(5_001)})
    assert refusal(many) == "it has too many files"
    longer = bytearray(zipped({"a": b"x"}))
    longer[-22:-22] = b"PK\6\7" + bytes(16)  # where ZIP64 says how long it is
    assert refusal(bytes(longer)).startswith("it does not end as a proof does")


def test_a_bundle_of_somebody_else_is_said_to_be_none() -> None:
    files = {"datapackage.json": b"{}", "archive/data.warc.gz": b"x"}
    assert refusal(pack(files)) == "it is no proof that newsdiff_crawler made"
    assert refusal(zipped(files)) == "it is not as it was written"


def test_what_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(BundleError, match="it cannot be read: "):
            check(path, None)


@pytest.mark.parametrize(
    "evidence", [b"", b"{}", b"[" * 100_000, b"null", b'{"versions": []}', b"\xff"]
)
def test_evidence_that_is_none_is_one_line(proved: Proved, evidence: bytes) -> None:
    files = unpack(proved.bundle) | {"proof/evidence.json": evidence}
    assert refusal(pack(files)) == "proof/evidence.json is not as it was written"


# --- Who forges one with a key of his own -------------------------------------------------------


def forged(proved: Proved, tmp_path: Path, **altered: object) -> bytes:
    """A bundle, sound in itself, of a first version that says something else."""
    files = unpack(proved.bundle)
    said = json.loads(files["proof/evidence.json"])
    said["versions"][0] |= altered
    first = Version.model_validate(said["versions"][0])
    blocks = text_hash(first.texts())
    about = Said(
        first.url,
        first.fetched_at,
        first.title,
        first.authors,
        first.published_at,
        first.modified_at,
    )
    whole = version_hash(first.previous_hash, first.response, blocks, about)
    said["versions"][0] |= {"text_hash": blocks, "version_hash": whole} | {
        name: value for name, value in altered.items() if name.endswith("hash")
    }
    roots = {
        name.rpartition("/")[2]: data
        for name, data in files.items()
        if name.startswith("proof/roots/")
    }
    evidence = Evidence.model_validate(said)
    return bundle_of(evidence, files[WARC], roots, Signer(tmp_path))


def test_another_text_is_under_no_root(proved: Proved, tmp_path: Path) -> None:
    other = forged(proved, tmp_path, blocks=[["headline", "Rain"], ["paragraph", "Lies."]])
    assert refusal(other) == "version 1: its path does not lead to its root"


def test_another_time_is_under_no_root_and_has_no_page(proved: Proved, tmp_path: Path) -> None:
    earlier = {"fetched_at": "2020-01-01T00:00:00Z"}
    said = refusal(forged(proved, tmp_path, **earlier))
    assert said == "version 1: its page is not in the archive"
    said = refusal(forged(proved, tmp_path, **earlier, has_page=False))
    assert said == "version 1: its path does not lead to its root"


def test_a_hash_that_is_not_that_of_the_text_is_noticed(proved: Proved, tmp_path: Path) -> None:
    said = refusal(forged(proved, tmp_path, version_hash="0" * 64))
    assert said == "version 1: its hash is not that of what it says"
    said = refusal(forged(proved, tmp_path, text_hash="0" * 64))
    assert said == "version 1: its text is not the one that its hash is of"


def remade(proved: Proved, tmp_path: Path, **roots: bytes) -> bytes:
    """The bundle with other files of roots, signed by somebody else."""
    files = unpack(proved.bundle)
    kept = {
        name.rpartition("/")[2]: data
        for name, data in files.items()
        if name.startswith("proof/roots/")
    }
    evidence = Evidence.model_validate_json(files["proof/evidence.json"])
    return bundle_of(evidence, files[WARC], kept | roots, Signer(tmp_path))


def test_a_forged_stamp_is_named(proved: Proved, tmp_path: Path) -> None:
    forger = Authority(tmp_path / "tsa")
    forger.server_close()
    statement = unpack(proved.bundle)["proof/roots/000001.json"]
    stamp = forger.stamp(forger.query(statement))
    said = refusal(remade(proved, tmp_path, **{"000001.json.tsr": stamp}), proved.authority)
    assert said.startswith("the stamp on root 1: no stamp that is good: Error while verifying")


def test_a_root_of_the_forgers_own_is_not_stamped(proved: Proved, tmp_path: Path) -> None:
    statement = unpack(proved.bundle)["proof/roots/000001.json"].replace(b'"size": 3', b'"size": 4')
    said = refusal(remade(proved, tmp_path, **{"000001.json": statement}), proved.authority)
    assert said == "version 1: its path does not lead to its root"


@pytest.mark.parametrize("name", ["proof/index.html", "proof/version-1.txt", "pages/pages.jsonl"])
def test_what_people_read_follows_from_the_evidence(
    proved: Proved, tmp_path: Path, name: str
) -> None:
    from newsdiff_crawler.proof import bundle

    files = unpack(proved.bundle)
    evidence = Evidence.model_validate_json(files["proof/evidence.json"])
    roots = {k.rpartition("/")[2]: v for k, v in files.items() if k.startswith("proof/roots/")}
    made = files_of(evidence, files[WARC], roots) | {name: b"Lies."}
    manifest = made["datapackage.json"] = bundle.manifest_of(evidence, made)
    digest, signer = bundle.digest_of(manifest), Signer(tmp_path)
    signed = bundle.signed_data(evidence, digest, signer.sign(digest), signer.public_key)
    made["datapackage-digest.json"] = bundle.digest_file(digest, signed)
    assert refusal(pack(made)) == f"{name} is not what follows from the rest"
