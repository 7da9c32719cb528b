"""Replays of schedules on traces of real and made edits."""
