"""Markdown and other formats: pure functions of model objects."""
