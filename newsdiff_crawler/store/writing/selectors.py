"""What a source's selectors match on the pages that are read: one that matches nothing no longer
fits, though the page states the same elsewhere and all looks well."""

from __future__ import annotations

from collections.abc import Mapping

from newsdiff_crawler.store.engine.database import Database

# Pages in a row on which a selector matched nothing: of one that never matched, and of one that
# did.
NEVER, NO_LONGER = 5, 20


class Selectors:
    """The part of the record that counts what selectors match."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def note(
        self,
        source: str,
        parser: str,
        selectors: Mapping[str, str],
        pages: int,
        missed: Mapping[str, int],
    ) -> None:
        """Adds what one run saw. ``selectors``: by hook; ``missed``: on how many of its pages each
        matched nothing. One that is mended begins anew."""
        for hook, selector in selectors.items():
            row = {"source": source, "parser": parser, "hook": hook, "selector": selector}
            matched = pages - missed.get(hook, 0)
            with self._db.transaction():
                self._db.execute(
                    """insert into selectors (source, parser, hook, selector, matched, missed)
                       values (:source, :parser, :hook, :selector, :matched, :missed)
                       on conflict (source, parser, hook, selector) do update
                          set matched = selectors.matched + excluded.matched,
                              missed = case when excluded.matched > 0 then 0
                                            else selectors.missed + excluded.missed end""",
                    row | {"matched": matched, "missed": 0 if matched else pages},
                )

    def unfit(self, source: str, parser: str, selectors: Mapping[str, str]) -> str | None:
        """The first of these selectors that matches nothing, for people; None where all do."""
        found = self._db.execute(
            """select hook, selector, missed from selectors
                where source = :source and parser = :parser
                  and (missed >= :no_longer or (matched = 0 and missed >= :never))
                order by hook""",
            {"source": source, "parser": parser, "never": NEVER, "no_longer": NO_LONGER},
        )
        for hook, selector, missed in found:
            if selectors.get(hook) == selector:
                return (
                    f"the selector {selector!r} ({hook} of {parser}) matched nothing on the last "
                    f"{missed} pages"
                )
        return None
