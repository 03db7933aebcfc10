"""YAML facts, loaded and checked."""
