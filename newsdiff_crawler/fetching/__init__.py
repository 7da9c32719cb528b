"""Asking publishers for pages: how gently, what the answer amounts to, and what went wrong."""
