"""A note becomes writing: shapes chosen from a pool and moved by correlated drift."""
