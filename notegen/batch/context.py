"""What all cards of a batch depend on besides their customers' facts, part by part, so that a change can be named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.batch.alike import about
from notegen.batch.claiming import template_digest
from notegen.pipeline.keys import OWN_FOLDERS, content, inside
from notegen.resources import config_folder

if TYPE_CHECKING:
    from notegen.batch.work import Order


def context(order: Order) -> dict[str, str]:
    """Return a digest of each thing that the cards of a batch depend on, by what people call it."""
    shop = order.job.shop
    folders = [] if shop.root is None else [shop.root / name for name in OWN_FOLDERS]
    own = [Path(path) for folder in folders for path in inside(folder)]
    asked, files = order.how.asked, order.files
    pictures = [one for one in (asked.art, asked.imprint) if one is not None]
    profiles = [one for one in (asked.icc, shop.printing.icc) if one is not None]
    printers = [Path(path) for path in inside(config_folder() / "printers")] if order.how.printer is not None else []
    wanted = (sorted(order.job.only), order.limit, order.by, files.split, files.addressed, files.frames)
    drawings = [one for one in (shop.signature, order.job.wishes.signature) if one is not None]
    return {
        "the template": template_digest(order.job),
        "notegen.yaml": _sum(shop.source.text if shop.source is not None else ""),
        "the shop's own hands, stocks, sheets, rules or printers": _of_files(own),
        "a picture": _of_files([*pictures, *(one.file for one in shop.art.pictures)]),
        "the signature": _of_files(drawings),
        "a profile of the press": _of_files(profiles),
        "one's own printers": _of_files(printers),
        "what was asked": _sum(repr((order.job.wishes, asked, *wanted))),
        "notegen or a library of it": _sum(repr(sorted(about().items()))),
    }


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return what is not as it was, by what people call it."""
    return [name for name in now if before.get(name) != now[name]]


def whole(parts: Mapping[str, str]) -> str:
    """Return one digest of a context."""
    return _sum(repr(sorted(parts.items())))


def _of_files(paths: Iterable[Path]) -> str:
    return _sum(repr([(str(path), content(path)) for path in paths]))


def _sum(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
