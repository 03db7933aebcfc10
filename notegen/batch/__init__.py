"""Batches: gangs of customers, done by any executor, and put together as one file that nothing is lost from."""
