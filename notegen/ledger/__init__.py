"""The ledger: who got which card, when, with which words; the only home of SQLite."""
