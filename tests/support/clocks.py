"""Outside clocks on loopback: an authority for time stamps (`openssl ts`), and a calendar of
OpenTimestamps with a block of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp

from newsdiff_crawler.demo.loopback import Answer, Connection, LoopbackServer, Request

BLOCK = 900_000
_CONFIG = """
[ req ]
distinguished_name = dn
[ dn ]
[ ca ]
basicConstraints = critical, CA:TRUE
subjectKeyIdentifier = hash
[ tsa ]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ tsa_config ]
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
serial = {folder}/serial
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class _Posting(Connection):
    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert isinstance(self.server, (Authority, Calendar))
        self.server.asked.append(body)
        self.server.answer(body).send(self)


class Authority(LoopbackServer):
    """Stamps what it is asked to, under a root certificate of its own. ``instead``: what it answers
    in place of that, by what it would have."""

    handler = _Posting

    def __init__(self, folder: Path) -> None:
        super().__init__(lambda _: Answer(status=404))
        self.folder = folder
        self.asked: list[bytes] = []
        self.instead: Callable[[Answer], Answer] = lambda answer: answer
        folder.mkdir(parents=True)
        (folder / "openssl.cnf").write_text(_CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        self._certificate("ca", "/CN=Root of tests")
        self._certificate("tsa", "/CN=Clock of tests", "-CA", "ca.pem", "-CAkey", "ca.key")

    @property
    def root(self) -> Path:
        """The certificate that its own leads to."""
        return self.folder / "ca.pem"

    def answer(self, query: bytes) -> Answer:
        """To one request."""
        return self.instead(Answer(self.stamp(query), headers={"Content-Type": "x"}))

    def stamp(self, query: bytes) -> bytes:
        """What `openssl ts` makes of a query."""
        (self.folder / "query.tsq").write_bytes(query)
        reply = "ts -reply -config openssl.cnf -section tsa_config -queryfile query.tsq"
        self._openssl(f"{reply} -signer tsa.pem -inkey tsa.key -out reply.tsr")
        return (self.folder / "reply.tsr").read_bytes()

    def query(self, data: bytes) -> bytes:
        """A query of somebody else, for some data."""
        (self.folder / "data").write_bytes(data)
        self._openssl("ts -query -data data -sha256 -cert -out other.tsq")
        return (self.folder / "other.tsq").read_bytes()

    def _certificate(self, name: str, subject: str, *signed_by: str) -> None:
        key = f"-newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout {name}.key"
        made = f"req -x509 -config openssl.cnf -extensions {name} {key} -days 30 -out {name}.pem"
        self._openssl(made, "-subj", subject, *signed_by)

    def _openssl(self, arguments: str, *more: str) -> None:
        command = ["openssl", *arguments.split(), *more]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)


class Calendar(LoopbackServer):
    """Promises to put what it is given into Bitcoin's chain. ``is_done``: whether it has."""

    handler = _Posting

    def __init__(self) -> None:
        super().__init__(self._more)
        self.asked: list[bytes] = []
        self.is_done = False
        self.instead: Callable[[Answer], Answer] = lambda answer: answer

    def answer(self, digest: bytes) -> Answer:
        """To what is submitted."""
        stamp = Timestamp(digest)
        inner = stamp.ops.add(OpAppend(b"salt")).ops.add(OpSHA256())
        inner.attestations.add(PendingAttestation(self.address))
        return self.instead(Answer(written(stamp)))

    def _more(self, request: Request) -> Answer:
        wanted = request.path.rpartition("/")[2]
        known = {sha256(each + b"salt").hexdigest() for each in self.asked}
        if not self.is_done or wanted not in known:
            return Answer(b"not yet", status=404)
        stamp = Timestamp(bytes.fromhex(wanted))
        stamp.ops.add(OpAppend(b"block")).attestations.add(BitcoinBlockHeaderAttestation(BLOCK))
        return Answer(written(stamp))


def promised(data: bytes, uri: str) -> DetachedTimestampFile:
    """A stamp on data that a calendar has promised."""
    stamp = Timestamp(sha256(data).digest())
    stamp.attestations.add(PendingAttestation(uri))
    return DetachedTimestampFile(OpSHA256(), stamp)


def written(stamp: Timestamp | DetachedTimestampFile) -> bytes:
    """As a calendar writes it, or as it stands in a file."""
    context = BytesSerializationContext()
    stamp.serialize(context)
    return bytes(context.getbytes())
