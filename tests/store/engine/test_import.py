"""What is installed beside the project makes no command slower."""

from __future__ import annotations

import subprocess
import sys

SAID = "import newsdiff_crawler.store, sys; print(sys.modules.keys() & {'pandas', 'numpy'})"
BOTH = f"{SAID}; import numpy, pandas; pandas.DataFrame()"


def test_pandas_is_not_imported_and_still_can_be() -> None:
    said = subprocess.run([sys.executable, "-c", BOTH], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"
