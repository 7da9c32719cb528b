"""`scrapy crawl` of a record on a server whose role has too few rights."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.support import postgres

pytestmark = pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL is not installed")


def test_a_role_that_may_only_read_ends_a_crawl_with_one_line(tmp_path: Path) -> None:
    with postgres.server().record() as url, psycopg.connect(url, autocommit=True) as server:
        server.execute("create role reader login")
        try:
            server.execute("grant select on all tables in schema public to reader")
            done = subprocess.run(
                [sys.executable, "-m", "scrapy", "crawl", "bbc"],
                env={
                    **os.environ,
                    "NEWSDIFF_DATABASE": url.replace("//newsdiff@", "//reader@"),
                    "NEWSDIFF_DATA": str(tmp_path),
                },
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        finally:
            server.execute("drop owned by reader")
            server.execute("drop role reader")
    lacks = "its role lacks the right: permission denied for table"
    assert done.returncode == 3
    assert re.fullmatch(rf"newsdiff_crawler: postgresql://\S+: {lacks} \w+\n", done.stderr)
