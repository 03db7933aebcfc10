"""Telling a letter to one person from a letter to everyone, by its words alone."""
