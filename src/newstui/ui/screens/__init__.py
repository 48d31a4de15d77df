"""Screens: each composes widgets and routes messages."""
