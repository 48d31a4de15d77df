"""The only code that knows TinyDB: files, locks, transactions, history."""

from newstui.store.ids import new_id, now
from newstui.store.library import Store
from newstui.store.lock import LockHolder
from newstui.store.memory import without_collecting
from newstui.store.merging import MergeReport
from newstui.store.transaction import Change, Step, Transaction

__all__ = ["Change", "LockHolder", "MergeReport", "Step", "Store", "Transaction", "new_id", "now", "without_collecting"]
