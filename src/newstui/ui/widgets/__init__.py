"""Widgets: each owns what it shows and knows no service."""
