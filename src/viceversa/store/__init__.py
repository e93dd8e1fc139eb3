"""What is remembered: people, pairs, their answers, links, sessions and reports made."""

from viceversa.store.database import NotSaved, Store, StoreError, memory_store, open_store

__all__ = ["NotSaved", "Store", "StoreError", "memory_store", "open_store"]
