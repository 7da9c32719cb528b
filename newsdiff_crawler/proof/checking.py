"""Whether a bundle proves what it says, without the record that it is of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from newsdiff_crawler import __version__
from newsdiff_crawler.archive.warc import Record
from newsdiff_crawler.proof import container
from newsdiff_crawler.proof.bundle import (
    DIGEST,
    EVIDENCE,
    MANIFEST,
    ROOTS,
    digest_file,
    digest_of,
    files_of,
    manifest_of,
    signed_data,
)
from newsdiff_crawler.proof.container import BundleError
from newsdiff_crawler.proof.evidence import LARGEST_EVIDENCE, Evidence, Version
from newsdiff_crawler.proof.page import PAGE, PATCH
from newsdiff_crawler.proof.signing import fingerprint, is_signed
from newsdiff_crawler.proof.web_archive import WARC, records_in
from newsdiff_crawler.times import from_iso
from newsdiff_crawler.witness import calendars, timestamps
from newsdiff_crawler.witness.asking import ClockError
from newsdiff_crawler.witness.files import (
    OTS,
    STATEMENT,
    TRUSTED,
    TSR,
    BrokenFileError,
    Statement,
    hash_of,
)
from newsdiff_crawler.witness.merkle import root_by_path

_BY_RELEASE = (PAGE, PATCH)  # which another release may write otherwise


def check(path: Path, tsa_root: Path | None) -> list[str]:
    """What a bundle proves, in lines for people. ``tsa_root``: certificates to check stamps by, in
    place of those in the bundle. Raises BundleError at the first thing that does not hold."""
    return check_bytes(container.read(path), tsa_root)


def check_bytes(data: bytes, tsa_root: Path | None) -> list[str]:
    """As `check`."""
    files = container.unpack(data)
    evidence = _evidence(files)
    lines = [f"{evidence.title}: {evidence.url}"]
    lines += _check_files(evidence, files)
    pages = _pages(files.get(WARC, b""))
    for version in evidence.versions:
        _check_version(version, pages)
        lines.append(
            f"version {version.number}, seen {version.fetched_at} to {version.last_seen_at}: text, "
            f"{'page, ' if version.has_page else ''}time and hash belong together"
        )
        lines += [f"  {line}" for line in _Roots(files, tsa_root).lines(version)]
    return lines


def _evidence(files: Mapping[str, bytes]) -> Evidence:
    if EVIDENCE not in files:
        raise BundleError("it is no proof that newsdiff_crawler made")
    if len(files[EVIDENCE]) > LARGEST_EVIDENCE:
        raise BundleError(f"{EVIDENCE} is too large")
    try:
        return Evidence.model_validate_json(files[EVIDENCE])
    except (ValidationError, ValueError, RecursionError) as error:
        raise BundleError(f"{EVIDENCE} is not as it was written") from error


def _check_files(evidence: Evidence, files: Mapping[str, bytes]) -> Iterator[str]:
    """That they are those that the evidence makes, that all are in the manifest, and who signed."""
    for version in evidence.versions:
        for fault in version.faults():
            raise BundleError(f"version {version.number}: {fault}")
    roots = {
        name.removeprefix(ROOTS): data for name, data in files.items() if name.startswith(ROOTS)
    }
    made = files_of(evidence, files.get(WARC, b""), roots)
    is_ours = evidence.software == f"newsdiff_crawler {__version__}"
    for name in sorted(made.keys() | files.keys() - {MANIFEST, DIGEST}):
        if name not in files or name not in made:
            raise BundleError(f"{name} is missing, or does not belong there")
        if files[name] != made[name]:
            if is_ours or name not in _BY_RELEASE:
                raise BundleError(f"{name} is not what follows from the rest")
            yield f"{name} was not checked: another release wrote it"
    signed = {name: data for name, data in files.items() if name not in (MANIFEST, DIGEST)}
    if files.get(MANIFEST) != manifest_of(evidence, signed):
        raise BundleError(f"{MANIFEST} has other hashes than those of the files")
    yield _signature(evidence, files[MANIFEST], files.get(DIGEST, b""))


def _signature(evidence: Evidence, manifest: bytes, digest: bytes) -> str:
    said = _said(digest)
    signed = said.get("signedData")
    if signed is None and digest == digest_file(digest_of(manifest), None):
        return "it is not signed"
    if not isinstance(signed, dict):
        raise BundleError(f"{DIGEST} is not as it was written")
    signature, key = (str(signed.get(name)) for name in ("signature", "publicKey"))
    expected = signed_data(evidence, digest_of(manifest), signature, key)
    if digest != digest_file(digest_of(manifest), expected):
        raise BundleError(f"{DIGEST} is not as it was written")
    if not is_signed(digest_of(manifest), signature, key):
        raise BundleError("its signature is not that of its key")
    return f"signed {evidence.made_at} by key {fingerprint(key)}, whose owner it does not name"


def _said(digest: bytes) -> dict[str, Any]:
    try:
        said = json.loads(digest)
    except (ValueError, RecursionError) as error:
        raise BundleError(f"{DIGEST} is not as it was written") from error
    return said if isinstance(said, dict) else {}


def _pages(warc: bytes) -> list[Record]:
    return [record for _, _, record in records_in(warc) if record.type in ("response", "revisit")]


def _check_version(version: Version, pages: list[Record]) -> None:
    if not version.has_page:
        return
    of_version = [
        page
        for page in pages
        if page.at == version.fetched_at and page.body_sha256 == version.response
    ]
    bodies = {page.body_sha256 for page in pages if page.type == "response"}
    if not of_version or version.response not in bodies:
        raise BundleError(f"version {version.number}: its page is not in the archive")


class _Roots:
    """The roots in a bundle, and who vouches for them."""

    def __init__(self, files: Mapping[str, bytes], tsa_root: Path | None) -> None:
        self._files, self._tsa_root = files, tsa_root

    def lines(self, version: Version) -> list[str]:
        """Who vouches for a version. Raises BundleError where its path leads to no root, or the
        stamp is not good."""
        path = version.path
        if path is None:
            return ["no root knows it yet: no outside clock vouches for when it was recorded"]
        statement = self._statement(path.root)
        nodes = [bytes.fromhex(node) for node in path.nodes]
        digest = bytes.fromhex(version.version_hash)
        root = root_by_path(digest, path.index, path.size, nodes)
        if root is None or (root.hex(), path.size) != (statement.root, statement.size):
            raise BundleError(f"version {version.number}: its path does not lead to its root")
        at = path.root
        lines = [f"root {at} of {statement.made_at} knows it"]
        while not (stamps := list(self._stamps(at))):
            if self._name(at + 1, STATEMENT) not in self._files:
                return [*lines, "no outside clock has stamped that root yet"]
            self._check_next(at)
            at += 1
        return [*lines, *(f"root {at}, {stamp}" for stamp in stamps)]

    def _statement(self, root_id: int) -> Statement:
        name = self._name(root_id, STATEMENT)
        try:
            return Statement.parse(self._files[name])
        except (KeyError, BrokenFileError) as error:
            raise BundleError(f"{name} is missing, or none") from error

    def _check_next(self, root_id: int) -> None:
        this = hash_of(self._files[self._name(root_id, STATEMENT)])
        if self._statement(root_id + 1).previous != this:
            raise BundleError(f"root {root_id + 1} does not come after root {root_id}")

    def _stamps(self, root_id: int) -> Iterator[str]:
        """What outside clocks say of a root; promises are none."""
        statement = self._files[self._name(root_id, STATEMENT)]
        tsr, ots = (self._files.get(self._name(root_id, kind)) for kind in (TSR, OTS))
        made_at = self._statement(root_id).made_at
        try:
            if tsr is not None:
                trusted, whose = self._trusted(root_id)
                at = timestamps.check(tsr, statement, from_iso(made_at), trusted)
                yield f"stamped {at.isoformat()} under {whose}"
            if ots is not None:
                attested = calendars.check(ots, statement)
                if attested.blocks:
                    yield f"in {attested}, if `ots verify` says so"
        except (ClockError, ValueError) as error:
            raise BundleError(f"the stamp on root {root_id}: {error}") from error

    def _trusted(self, root_id: int) -> tuple[timestamps.Certificates, str]:
        if self._tsa_root:
            return timestamps.read_certificates(self._tsa_root), f"{self._tsa_root}"
        trusted = timestamps.parse_certificates(self._files.get(self._name(root_id, TRUSTED), b""))
        names = "; ".join(
            f"{each.subject.rfc4514_string()} ({timestamps.fingerprint(each)})" for each in trusted
        )
        return trusted, f"{names}: a certificate from the file itself, which you should compare"

    def _name(self, root_id: int, kind: str) -> str:
        return f"{ROOTS}{root_id:06}{kind}"
