"""What is left of a command when its test's process ends."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from tests.support.crawling import OURS, PROJECT

FAILS = """
import os, sys
from pathlib import Path
from tests.support.forked import Forked

Forked(["fetch", sys.argv[1]], cwd=Path.cwd(), env=os.environ, stdout=sys.stdout)
raise AssertionError
"""


@pytest.mark.slow
def test_a_command_that_a_failed_test_left_ends_with_its_process() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # never answers
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        ended = subprocess.run(
            [sys.executable, "-c", FAILS, address],
            cwd=PROJECT,
            env=os.environ | OURS,
            capture_output=True,  # to its end, when nobody has it any more
            timeout=100,
            check=False,
        )
    assert ended.returncode == 1
    assert b"AssertionError" in ended.stderr
