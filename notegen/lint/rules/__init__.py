"""The rules, by what they judge."""
