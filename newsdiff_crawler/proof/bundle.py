"""A bundle's files, from what is to be proved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from newsdiff_crawler.proof.container import pack
from newsdiff_crawler.proof.evidence import Evidence
from newsdiff_crawler.proof.page import for_people
from newsdiff_crawler.proof.signing import Signer
from newsdiff_crawler.proof.web_archive import INDEX, PAGES, WARC, index_of, list_of_pages

EVIDENCE, ROOTS = "proof/evidence.json", "proof/roots/"
MANIFEST, DIGEST = "datapackage.json", "datapackage-digest.json"


def files_of(evidence: Evidence, warc: bytes, roots: Mapping[str, bytes]) -> dict[str, bytes]:
    """All that is signed. ``roots``: files of roots, by their names. The same for the same."""
    files = {
        EVIDENCE: as_json(evidence.model_dump()),
        WARC: warc,
        INDEX: index_of(warc),
        PAGES: list_of_pages(
            [
                (version.url or evidence.url, version.fetched_at, version.title)
                for version in evidence.versions
                if version.has_page
            ]
        ),
        **for_people(evidence),
        **{f"{ROOTS}{name}": data for name, data in roots.items()},
    }
    return {name: data for name, data in files.items() if data or name != WARC}


def bundle_of(
    evidence: Evidence, warc: bytes, roots: Mapping[str, bytes], signer: Signer | None
) -> bytes:
    """The bundle. Without a signer it is not signed."""
    files = files_of(evidence, warc, roots)
    files[MANIFEST] = manifest = manifest_of(evidence, files)
    signed = _signed(evidence, digest_of(manifest), signer) if signer else None
    files[DIGEST] = digest_file(digest_of(manifest), signed)
    return pack(files)


def manifest_of(evidence: Evidence, files: Mapping[str, bytes]) -> bytes:
    """``datapackage.json``: the hashes of all files."""
    return as_json(
        {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": f"Proof: {evidence.versions[-1].title}",
            "created": evidence.made_at,
            "software": evidence.software,
            "resources": [
                {
                    "name": name.rpartition("/")[2],
                    "path": name,
                    "hash": f"sha256:{sha256(files[name]).hexdigest()}",
                    "bytes": len(files[name]),
                }
                for name in sorted(files)
            ],
        }
    )


def digest_of(manifest: bytes) -> str:
    """What is signed."""
    return f"sha256:{sha256(manifest).hexdigest()}"


def digest_file(digest: str, signed: Mapping[str, str] | None) -> bytes:
    """``datapackage-digest.json``."""
    said: dict[str, Any] = {"path": MANIFEST, "hash": digest}
    return as_json(said | ({"signedData": dict(signed)} if signed else {}))


def signed_data(evidence: Evidence, digest: str, signature: str, key: str) -> dict[str, str]:
    """The signature and what belongs to it, as the specification has it."""
    return {
        "hash": digest,
        "created": evidence.made_at,
        "software": evidence.software,
        "signature": signature,
        "publicKey": key,
    }


def _signed(evidence: Evidence, digest: str, signer: Signer) -> dict[str, str]:
    return signed_data(evidence, digest, signer.sign(digest), signer.public_key)


def as_json(value: object) -> bytes:
    """The one way in which it is written."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")
