"""`notegen mailcheck`: the mailing class of a card or an envelope."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notegen import pipeline
from notegen.cli import options, output
from notegen.cli.numbers import Within
from notegen.errors import NotegenError

if TYPE_CHECKING:
    from notegen.model.mail import Breach, Limit, Mailpiece, Ruling

INCH = 25.4


def _size(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[float, float] | None:
    """Read a size such as 184x133, 184 x 133 mm or 7.25x5.25in, as mm."""
    if value is None:
        return None
    found = re.fullmatch(r"\s*([\d.]+)\s*[xX×]\s*([\d.]+)\s*(mm|in)?\s*", value)
    try:
        numbers = [float(one) for one in found.groups()[:2]] if found else []
    except ValueError:
        numbers = []
    if found is None or not numbers or min(numbers) <= 0 or max(numbers) > 2000:
        raise click.BadParameter(f"'{value}' is not a size like 184x133 (mm) or 7.25x5.25in")
    scale = INCH if found[3] == "in" else 1.0
    return numbers[0] * scale, numbers[1] * scale


@click.command("mailcheck")
@click.option("--stock", metavar="NAME", help="A card or an envelope (see `notegen stock list`).")
@click.option(
    "--size", metavar="WxH", callback=_size, help="Width and height as addressed: 184x133 mm, or 7.25x5.25in."
)
@click.option("--thickness", type=Within(0, min_open=True), metavar="MM", help="Thickness, mm.")
@click.option("--weight", type=Within(0, min_open=True), metavar="G", help="Weight, g.")
@click.option("--paper", type=Within(0, min_open=True), metavar="G", help="The card's paper, g/m²: estimates.")
@click.option("--card", is_flag=True, help="With --size: a card without an envelope.")
@click.option("--to", "posts", multiple=True, metavar="COUNTRY", help="The post: US, GB, DE or JP; repeatable.")
@click.option("--as", "wanted", multiple=True, metavar="CLASS", help="Must go in this class, such as us-letter.")
@options.shop_option
@options.json_option
def command(
    stock: str | None,
    size: tuple[float, float] | None,
    thickness: float | None,
    weight: float | None,
    paper: float | None,
    card: bool,
    posts: tuple[str, ...],
    wanted: tuple[str, ...],
    folder: Path,
    as_json: bool,
) -> int:
    """Tell which mailing class a card or an envelope goes in, and what keeps it out of others.

    Each limit names its source; those that were set down from memory say so. With --as, the exit status is 1 when
    something breaks that class; with --to alone, when no class of that post takes the piece.

    \b
    Examples:
      notegen mailcheck --stock env-a7 --to US --thickness 1 --weight 20
      notegen mailcheck --size 140x140 --to DE --json
      notegen mailcheck --stock postcard-4x6 --paper 300 --as us-card
    """
    from notegen.post import mailcheck
    from notegen.post.address import country_of

    if (stock is None) == (size is None):
        what = "say what is mailed" if stock is None else "a stock has a size of its own"
        raise NotegenError(what, hint="either --stock NAME or --size WxH")
    piece = _piece(folder, stock, size, card, (thickness, weight, paper))
    classes = [mailcheck.mail_class(name) for name in wanted]
    named = [country_of(one) or one.upper() for one in posts]
    countries = tuple(dict.fromkeys((*named, *(one.country for one in classes)))) or mailcheck.countries()
    told = {one: mailcheck.rulings(piece, one) for one in countries}
    asked = [mailcheck.ruling(piece, one) for one in classes]
    if as_json:
        output.as_json(_as_dict(piece, told, asked))
    else:
        _tell(piece, told, asked)
    none = any(not any(one.ok for one in told[country]) for country in named)
    return output.FOUND if none or not all(one.ok for one in asked) else output.FINE


def _piece(
    folder: Path,
    stock: str | None,
    size: tuple[float, float] | None,
    card: bool,
    known: tuple[float | None, float | None, float | None],
) -> Mailpiece:
    """Return what is mailed: a card that has an envelope goes in it, unless --card says that it goes without."""
    from notegen.model.mail import Mailpiece
    from notegen.model.stock import Kind
    from notegen.pipeline.mailing import is_addressed
    from notegen.post import mailcheck

    thickness, weight, paper = known
    if stock is None:
        assert size is not None
        return mailcheck.estimated(Mailpiece(size, thickness, weight, paper, card))
    registry = pipeline.stocks(options.open_shop(folder))
    one = registry.get(stock)
    folded = one.closed != one.size
    if one.kind is Kind.ENVELOPE and card:
        raise NotegenError(f"'{one.name}' is an envelope and no card", hint="leave out --card")
    if one.kind is Kind.ENVELOPE:
        return mailcheck.estimated(Mailpiece(one.size, thickness, weight, paper), card=one.size)
    if folded and card:
        hint = "leave out --card to judge it in its envelope"
        raise NotegenError(f"{one.name} is folded, and the classes for cards are for flat ones", hint=hint)
    if card or is_addressed(one) or (not folded and one.envelope is None):
        return mailcheck.estimated(Mailpiece(one.size, thickness, weight, paper, card=True))
    outer = registry.get(one.envelope).size if one.envelope else one.closed
    return mailcheck.estimated(Mailpiece(outer, thickness, weight, paper), card=one.size)


def _tell(piece: Mailpiece, told: dict[str, tuple[Ruling, ...]], asked: list[Ruling]) -> None:
    click.echo(_described(piece))
    for country, ruled in told.items():
        fits = next((one for one in ruled if one.ok), None)
        click.echo("")
        click.echo(f"{country}: {fits.mail_class.title} ({fits.mail_class.name})" if fits else f"{country}: no class")
        if fits is not None:
            _fits(fits)
        for one in ruled[: ruled.index(fits) if fits is not None else None]:
            _breaches(one)
    for one in asked:
        if not one.ok:
            click.echo("")
            click.echo(f"asked for {one.mail_class.name}:")
            _breaches(one)


def _fits(ruled: Ruling) -> None:
    if ruled.mail_class.note:
        click.echo(f"  see to it: {ruled.mail_class.note}")
    if ruled.unknown:
        click.echo(f"  not said: {', '.join(ruled.unknown)}")
    _sources(ruled.mail_class.limits, "  ")


def _sources(those: Iterable[Limit | Breach], indent: str) -> None:
    for source in dict.fromkeys(f"{one.source}{'' if one.verified else ' (not verified)'}" for one in those):
        click.echo(f"{indent}source: {source}")


def _breaches(ruled: Ruling) -> None:
    click.echo(f"  not {ruled.mail_class.name}:")
    for breach in ruled.breaches:
        click.echo(f"    {breach.message}; {breach.mend}")
    _sources(ruled.breaches, "    ")


def _described(piece: Mailpiece) -> str:
    from notegen.model.mail import Measure

    parts = [f"{piece.size[0]:g} x {piece.size[1]:g} mm", "a card" if piece.card else "in an envelope"]
    for measure, value, unit in (
        (Measure.THICKNESS, piece.thickness, "mm thick"),
        (Measure.WEIGHT, piece.weight, "g"),
        (Measure.PAPER, piece.paper, "g/m² paper"),
    ):
        if value is not None:
            guessed = " (estimated)" if measure in piece.estimated else ""
            parts.append(f"{value:.3g} {unit}{guessed}")
    return ", ".join(parts)


def _as_dict(piece: Mailpiece, told: dict[str, tuple[Ruling, ...]], asked: list[Ruling]) -> dict[str, object]:
    best = {country: next((one.mail_class.name for one in ruled if one.ok), None) for country, ruled in told.items()}
    return {
        "piece": asdict(piece),
        "class": best,
        "classes": [_ruling(one) for ruled in told.values() for one in ruled],
        "asked": [_ruling(one) for one in asked],
    }


def _ruling(one: Ruling) -> dict[str, object]:
    return {
        "name": one.mail_class.name,
        "country": one.mail_class.country,
        "title": one.mail_class.title,
        "ok": one.ok,
        "note": one.mail_class.note,
        "not_said": list(one.unknown),
        "breaches": [
            {"message": b.message, "mend": b.mend, "source": b.source, "verified": b.verified} for b in one.breaches
        ],
        "limits": [asdict(limit) for limit in one.mail_class.limits],
    }
