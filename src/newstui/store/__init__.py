"""The only code that knows TinyDB: files, locks, transactions, history."""
