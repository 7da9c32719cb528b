"""Runs one program of `programs/` in its peer's environment, and imports nothing of this project.

    python -I worker.py PROGRAM

Answers each line of its standard input, a JSON object, with another:
`{"read": HTML, "url": URL, "runs": N}` with the title and the text of a page, or the error that
came of it, and the seconds of processor time, the least of N runs;
`{"check": [URL, ...], "warm": N}` with how often each outcome came, and the seconds of processor
time without the first N, those of processes that the peer starts included.
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import sys
import time
from collections import Counter
from typing import Any


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer
    program = load(sys.argv[1])
    print("{}", file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        answer = read(program, **asked) if "read" in asked else check(program, **asked)
        print(json.dumps(answer), file=answers, flush=True)


def load(path: str) -> Any:
    """The program at a path."""
    spec = importlib.util.spec_from_file_location("program", path)
    assert spec
    assert spec.loader
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return program


def read(program: Any, read: str, url: str, runs: int) -> dict[str, object]:
    times: list[float] = []
    title, text, error = "", "", ""
    for _ in range(runs):
        began = time.process_time()
        try:
            title, text = program.read(read, url)
        except Exception as failed:  # what a library throws is a page that it did not read
            error = f"{type(failed).__name__}: {failed}"
        times.append(time.process_time() - began)
    return {"title": title or "", "text": text or "", "error": error, "seconds": min(times)}


def check(program: Any, check: list[str], warm: int) -> dict[str, object]:
    outcomes: Counter[str] = Counter()
    began = _used()
    for number, url in enumerate(check):
        if number == warm:
            began = _used()
        outcomes[program.check(url)] += 1
    return {"outcomes": outcomes, "seconds": _used() - began}


def _used() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, whose))


if __name__ == "__main__":
    main()
