"""Addresses as each country's post wants them, and what is wrong with one.

`read` makes an address of what facts say, `lines` sets it as a block, `vertical` as Japanese columns.
Formats are data: `countries.yaml` names the source of each.
"""

from __future__ import annotations

from notegen.post.address.block import lines
from notegen.post.address.formats import served_by
from notegen.post.address.names import country_line, country_name, country_of, suggested
from notegen.post.address.reading import read
from notegen.post.address.vertical import vertical

__all__ = ["country_line", "country_name", "country_of", "lines", "read", "served_by", "suggested", "vertical"]
