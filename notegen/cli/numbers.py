"""Numbers on the command line."""

from __future__ import annotations

from math import isfinite
from typing import Any

import click


class Within(click.FloatRange):
    """A number in a range; NaN is in none, though it is neither below nor above any."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number, or fail as click does."""
        number = super().convert(value, param, ctx)
        if not isfinite(number):
            self.fail(f"'{value}' is no number to measure with.", param, ctx)
        return number
