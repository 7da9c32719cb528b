"""The source of tests/support/pipeline_spiders.py after its parser was upgraded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from newsdiff_crawler.parsing import Parser
from tests.support import pipeline_spiders


class Paper(pipeline_spiders.Paper):
    parsers: ClassVar[Sequence[type[Parser]]] = (pipeline_spiders.New, pipeline_spiders.Old)
