"""A card as workers give it back."""

from notegen.model.card import Card as Drawn

__all__ = ["Drawn"]
