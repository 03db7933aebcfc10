"""Rules about words, facts and cards."""
