"""For whoever adds a source: a parser to begin with, and the page that proves it."""
