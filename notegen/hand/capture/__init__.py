"""A person's own hand: the form to fill in, and what is read from it."""
