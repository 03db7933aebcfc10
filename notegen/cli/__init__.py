"""The notegen command."""
