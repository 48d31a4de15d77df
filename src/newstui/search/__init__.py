"""Queries, index, ranking and snippets: pure over the documents it is handed."""
