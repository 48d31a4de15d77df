"""Finding: folding, the query language, and an index that forgives misspelling; knows neither store nor screen."""
