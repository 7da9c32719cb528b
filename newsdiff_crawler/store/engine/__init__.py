"""All in which SQLite and PostgreSQL differ: opening, transactions, locks, search, errors."""

import sys

# sqlite-utils imports them wherever they are installed, to store what is theirs; with them each
# command would begin half as long again later.
_NOT_NEEDED = [name for name in ("pandas", "numpy") if name not in sys.modules]

sys.modules.update(dict.fromkeys(_NOT_NEEDED))  # type: ignore[arg-type]
try:
    import sqlite_utils  # noqa: F401
finally:
    for name in _NOT_NEEDED:
        del sys.modules[name]
