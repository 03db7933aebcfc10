"""Preflight: whether a PDF, ours or not, is fit for a press; what was found, where, and what was not looked at."""
