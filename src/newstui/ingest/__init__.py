"""From bytes to articles: each format in a module of its own, behind one protocol; knows no library."""
