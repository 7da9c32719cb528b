"""The Internet Archive as a second witness: copies that it is asked for, and earlier ones."""
