"""A proof holds by itself, and other tools for web archives take it for what it is."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from Cryptodome.Hash import SHA256
from Cryptodome.PublicKey import ECC
from Cryptodome.Signature import DSS

from newsdiff_crawler.archive.warc import Record
from newsdiff_crawler.proof.checking import check_bytes
from newsdiff_crawler.proof.signing import FILE_NAME
from newsdiff_crawler.proof.web_archive import records_in
from tests.proof.conftest import Proved, bundle_of
from tests.support.evidence import proved_record, stamped
from tests.support.records import URL


def files(bundle: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(bundle)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def records(bundle: bytes) -> list[Record]:
    return [record for *_, record in records_in(files(bundle)["archive/data.warc.gz"])]


def test_it_says_what_it_proves_and_by_whom(proved: Proved) -> None:
    lines = check_bytes(proved.bundle, proved.authority.root)
    assert lines[0] == f"paper: {URL}"
    assert lines[1].startswith("signed 20")
    assert lines[2] == (
        "version 1, seen 2025-04-22T14:00:00Z to 2025-04-22T14:00:00Z: text, page, time and hash "
        "belong together"
    )
    assert lines[3].startswith("  root 1 of 20")
    assert lines[4].startswith("  root 1, stamped 20")
    assert lines[4].endswith(f" under {proved.authority.root}")
    assert lines[5].startswith("version 3, seen 2025-04-22T15:06:00Z")


def test_a_certificate_from_the_file_itself_is_said_to_be_one(proved: Proved) -> None:
    (line, _) = [line for line in check_bytes(proved.bundle, None) if "stamped" in line]
    assert "CN=Root of tests (" in line
    assert line.endswith("a certificate from the file itself, which you should compare")


def test_what_no_root_knows_is_said(tmp_path: Path) -> None:
    proved_record(tmp_path)
    lines = check_bytes(bundle_of(tmp_path, 2), None)
    assert lines[-1] == (
        "  no root knows it yet: no outside clock vouches for when it was recorded"
    )


def test_what_no_clock_stamped_is_said(tmp_path: Path) -> None:
    proved_record(tmp_path)
    stamped(tmp_path)
    assert check_bytes(bundle_of(tmp_path, 2), None)[-1] == (
        "  no outside clock has stamped that root yet"
    )


def test_a_stamp_on_a_later_root_vouches_for_the_earlier(proved: Proved, tmp_path: Path) -> None:
    from contextlib import closing

    from newsdiff_crawler.store import Store
    from tests.support.records import add_version, story

    proved_record(tmp_path)
    stamped(tmp_path)
    with closing(Store.open(tmp_path)) as store:
        add_version(store, 1, 4, story("Hail"), "2025-04-23T10:00:00Z")
        stamped(tmp_path)
        store.db.execute("update roots set made_at = '2000-01-01T00:00:00Z' where id = 1")
    assert [each.root_id for each in stamped(tmp_path, proved.authority).stamps] == [2]
    lines = check_bytes(bundle_of(tmp_path, 2), proved.authority.root)
    assert lines[-2].startswith("  root 1 of ")
    assert lines[-1].startswith("  root 2, stamped ")


def test_it_need_not_be_signed(proved: Proved) -> None:
    lines = check_bytes(bundle_of(proved.folder, 2, is_signed=False), proved.authority.root)
    assert lines[1] == "it is not signed"


def test_the_key_is_its_users_alone_and_the_same_again(proved: Proved) -> None:
    assert (proved.folder / FILE_NAME).stat().st_mode & 0o777 == 0o600
    again = check_bytes(bundle_of(proved.folder, 2), proved.authority.root)
    key = check_bytes(proved.bundle, proved.authority.root)[1].partition("by key ")[2]
    assert again[1].endswith(key)


def test_the_signature_is_good_to_others(proved: Proved) -> None:
    """As validators of signed WACZ files do it, with another library."""
    within = files(proved.bundle)
    digest = json.loads(within["datapackage-digest.json"])
    manifest = f"sha256:{sha256(within['datapackage.json']).hexdigest()}"
    signed = digest["signedData"]
    assert manifest == digest["hash"] == signed["hash"]
    key = ECC.import_key(base64.standard_b64decode(signed["publicKey"]))
    verifier = DSS.new(key, "fips-186-3", encoding="binary")
    verifier.verify(SHA256.new(manifest.encode()), base64.standard_b64decode(signed["signature"]))


def test_the_manifest_has_all_files_with_their_hashes(proved: Proved) -> None:
    within = files(proved.bundle)
    manifest = json.loads(within["datapackage.json"])
    assert manifest["profile"] == "data-package"
    stated = {each["path"]: (each["hash"], each["bytes"]) for each in manifest["resources"]}
    assert stated == {
        name: (f"sha256:{sha256(data).hexdigest()}", len(data))
        for name, data in within.items()
        if not name.startswith("datapackage")
    }


def test_its_archive_is_sound_and_its_index_leads_to_the_pages(
    proved: Proved, tmp_path: Path
) -> None:
    within = files(proved.bundle)
    path = tmp_path / "data.warc.gz"
    path.write_bytes(within["archive/data.warc.gz"])
    checked = subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(path)])
    assert checked.returncode == 0
    lines = within["indexes/index.cdx"].decode().splitlines()
    assert lines[0].startswith("example,news)/world/1 20250422140000 {")
    found = json.loads(lines[0].split(" ", 2)[2])
    command = ["extract", "--payload", str(path), found["offset"]]
    replayed = subprocess.run(
        [sys.executable, "-m", "warcio.cli", *command], capture_output=True, check=True
    )
    assert replayed.stdout == b"<p>1</p>" * 40


def test_a_page_that_repeats_another_has_that_one_with_it(proved: Proved) -> None:
    kinds = [record.type for record in records(bundle_of(proved.folder, 3))]
    assert kinds == ["response", "request", "revisit", "request"]


def test_people_can_read_it(proved: Proved) -> None:
    within = files(proved.bundle)
    assert within["proof/version-3.txt"].decode() == "Snow\n\nTwo.\n\n<b>Three</b>.\n"
    assert b"+Snow" in within["proof/changes.patch"]
    page = within["proof/index.html"].decode()
    assert "&lt;b&gt;Three&lt;/b&gt;" in page
    assert "What it does not prove" in page
    pages = within["pages/pages.jsonl"].decode().splitlines()
    assert json.loads(pages[1]) == {"url": URL, "ts": "2025-04-22T14:00:00Z", "title": "Rain"}
