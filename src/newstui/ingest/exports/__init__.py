"""What other tools export: their articles, and their highlights as notes that find their words here."""
