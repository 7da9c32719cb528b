"""A machine as docs/operating.md describes it, below a folder, on which its blocks are run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.crawling import PROJECT

PAGE = (PROJECT / "docs" / "operating.md").read_text("utf-8")
# What belongs to the whole machine, and is played: users, their rights, and systemd.
PLAYED = {
    "runuser": 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
    "systemctl": 'echo "$@" >> "$SYSTEMCTL"',
    "useradd": 'echo "$@"',
    "install": """for each; do shift; case "$before" in -o|-g) ;; *)
        case "$each" in -o|-g) ;; *) set -- "$@" "$each";; esac;; esac; before="$each"; done
        exec /usr/bin/install "$@\"""",
}


def block(mark: str) -> str:
    """The code block under an HTML comment of docs/operating.md."""
    found = re.search(rf"<!-- {re.escape(mark)} -->\n```\n(.+?)\n```", PAGE, re.DOTALL)
    assert found, f"no block under {mark}"
    return found[1]


@dataclass
class Machine:
    """``more`` is in the environment of all that runs on it."""

    root: Path
    more: dict[str, str] = field(default_factory=dict)

    @classmethod
    def made_in(cls, root: Path, **more: str) -> Machine:
        """With the project, the users' folders, the settings and the two scripts of the page."""
        machine = cls(root, more)
        (root / "usr/local/bin").mkdir(parents=True)
        for name, does in PLAYED.items():
            machine.script(name, f"#!/bin/sh\n{does}\n")
        for name in ("newsdiff", "newsdiff-backup"):
            machine.script(name, machine.here(block(name)))
        machine.run(block("users"))
        (root / "etc").mkdir()
        (root / "etc/newsdiff.env").write_text(machine.here(block("newsdiff.env")))
        leave_out = shutil.ignore_patterns(".*", "data", "build", "*.egg-info", "tests")
        shutil.copytree(PROJECT, machine.project, ignore=leave_out)
        (machine.project / ".venv").symlink_to(sys.prefix)
        return machine

    @property
    def project(self) -> Path:
        return self.root / "opt/newsdiff_crawler"

    @property
    def kept(self) -> Path:
        """What has the folder of the record in it."""
        return self.root / "var/lib/newsdiff"

    @property
    def asked_of_systemd(self) -> list[str]:
        return (self.root / "systemctl").read_text().splitlines()

    def script(self, name: str, text: str) -> None:
        file = self.root / "usr/local/bin" / name
        file.write_text(f"{text}\n")
        file.chmod(0o755)

    def here(self, text: str) -> str:
        """A text of the page with its absolute paths below the folder."""
        return re.sub(r"(?<![\w./])/(?=opt/|var/|etc/|usr/local/)", f"{self.root}/", text)

    def environment(self) -> dict[str, str]:
        path = f"{self.root}/usr/local/bin:{os.environ['PATH']}"
        here = {"PATH": path, "HOME": str(self.root), "SYSTEMCTL": f"{self.root}/systemctl"}
        return here | self.more

    def run(self, commands: str) -> str:
        """What the commands of a block print. Any that fails, fails the test."""
        done = subprocess.run(
            ["/bin/sh", "-e", "-c", self.here(commands)],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def service(self, name: str, *more: str) -> subprocess.Popen[bytes]:
        """Starts a service of the page as systemd would, with more arguments."""
        unit = ConfigParser(interpolation=None)
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read_string(self.here(block(f"{name}.service")))
        service = unit["Service"]
        lines = Path(service["EnvironmentFile"]).read_text("utf-8").splitlines()
        return subprocess.Popen(
            [*shlex.split(service["ExecStart"]), *more],
            cwd=service["WorkingDirectory"],
            env=self.environment() | dict(line.split("=", 1) for line in lines),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
