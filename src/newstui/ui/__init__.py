"""The terminal interface: Textual app, screens and widgets over the services."""
