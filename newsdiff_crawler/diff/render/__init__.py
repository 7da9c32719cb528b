"""Diffs as people and programs read them: HTML in one column, a patch, JSON, a terminal's table.

The side-by-side page of the site is made from the rows themselves.
"""

from newsdiff_crawler.diff.render.data import as_data, as_json
from newsdiff_crawler.diff.render.inline import as_html
from newsdiff_crawler.diff.render.terminal import as_table
from newsdiff_crawler.diff.render.unified import as_patch

__all__ = ["as_data", "as_html", "as_json", "as_patch", "as_table"]
