"""Read closely in a terminal, tag passages, and keep the notes for years."""

__version__ = "0.1.0"
