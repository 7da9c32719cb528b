"""Signatures after the WACZ specification for signing, anonymous: they say which key signed, and
whose it is only its owner can. ECDSA on P-256 over SHA-256, as raw r and s in base64."""

from __future__ import annotations

import base64
import binascii
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_public_key,
    load_pem_private_key,
)

from newsdiff_crawler.regular_files import read_file
from newsdiff_crawler.store.engine.private import make_data_folder

FILE_NAME = "signing-key.pem"
_SIZE = 32  # bytes of a number


class KeyFileError(Exception):
    """There is no key to sign with, and none can be made; one line for people."""


class Signer:
    """The key of a data folder, made when it is first used. Its user's alone."""

    def __init__(self, folder: Path) -> None:
        path = folder / FILE_NAME
        try:
            make_data_folder(folder)
            self._key = _read(path) if path.exists() else _made(path)
        except OSError as error:
            raise KeyFileError(f"{path}: {error.strerror}") from error
        except (ValueError, TypeError) as error:
            raise KeyFileError(f"{path}: no key that signs") from error

    @property
    def public_key(self) -> str:
        """In base64."""
        public = self._key.public_key()
        return _text(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))

    def sign(self, text: str) -> str:
        """The signature on a text, in base64."""
        first, second = decode_dss_signature(self._key.sign(text.encode(), ECDSA(SHA256())))
        return _text(first.to_bytes(_SIZE, "big") + second.to_bytes(_SIZE, "big"))


def is_signed(text: str, signature: str, public_key: str) -> bool:
    """Whether a signature is that of a key on a text."""
    try:
        key = load_der_public_key(_bytes(public_key))
        raw = _bytes(signature)
        if not isinstance(key, EllipticCurvePublicKey) or len(raw) != 2 * _SIZE:
            return False
        numbers = (int.from_bytes(raw[at : at + _SIZE], "big") for at in (0, _SIZE))
        key.verify(encode_dss_signature(*numbers), text.encode(), ECDSA(SHA256()))
    except (InvalidSignature, ValueError, TypeError, binascii.Error):
        return False
    return True


def fingerprint(public_key: str) -> str:
    """Of a key, for people to compare: SHA-256, the first half."""
    return sha256(public_key.encode()).hexdigest()[:32]


def _read(path: Path) -> EllipticCurvePrivateKey:
    key = load_pem_private_key(read_file(path), None)
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
        raise ValueError("another kind of key")
    return key


def _made(path: Path) -> EllipticCurvePrivateKey:
    """Of two who make one at once, the first one's is the key."""
    key = generate_private_key(SECP256R1())
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    file = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(file, "wb") as out:
            out.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        part.unlink()
    return _read(path)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    """Raises ValueError for any but the one way to write it."""
    data = base64.b64decode(text, validate=True)
    if _text(data) != text:
        raise ValueError("not as it is written")
    return data
