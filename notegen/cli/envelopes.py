"""`notegen envelopes`: a PDF with an envelope for every customer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notegen import pipeline
from notegen.cli import options, output, posting, printing
from notegen.errors import NotegenError
from notegen.model.purpose import Purpose

if TYPE_CHECKING:
    from notegen.pipeline.handwritten import Pen
    from notegen.pipeline.mailing import Posting
    from notegen.settings import Settings

STOCK = "env-a7"


@click.command("envelopes")
@options.facts_argument
@posting.output_option
@click.option("--stock", metavar="NAME", help=f"An envelope, or a card that goes bare.  [default: {STOCK}]")
@click.option("--post", metavar="COUNTRY", help="The post it is handed to, such as US, DE, JP.  [default: the shop's]")
@click.option("--return/--no-return", "sender", default=True, help="Print the shop's address.  [default: return]")
@click.option("--flap", is_flag=True, help="Print the shop's address on the back flap, on a page of its own.")
@click.option(
    "--imb", metavar="ID,SERVICE,MAILER[,FIRST]", help="US: Intelligent Mail barcodes, such as 00,300,123456."
)
@click.option("--imb-corner", "corner", is_flag=True, help="Put barcodes at the lower right, not above the address.")
@click.option("--stamp", is_flag=True, help="Draw a light box for the stamp.")
@click.option("--frames", is_flag=True, help="JP: draw the postcode's frames; on a card, 郵便はがき.")
@click.option("--matching/--no-matching", default=None, help="A small mark on the back that is the card's, too.")
@click.option("--guides", is_flag=True, help="Draw the post's zones, to look at and not to print.")
@click.option("--handwritten", is_flag=True, help="Write the addresses by hand; posts cannot read that by machine.")
@click.option("--hand", metavar="NAME", help="The hand for --handwritten.")
@click.option("--seed", type=int, metavar="N", help="Another number gives other drawings and marks.")
@options.look_options
@printing.press_options
@posting.printer_option
@options.only_option
@posting.skip_bad_option
@options.today_option
@options.json_option
def command(
    facts: tuple[Path, ...],
    target: Path,
    only: tuple[str, ...],
    skip_bad: bool,
    today: date,
    as_json: bool,
    **asked: Any,
) -> int:
    """Make a PDF with an envelope for every customer, addressed where the post reads it.

    No template is needed. Customers who asked for no mail get no envelope and are named. Addresses are set in plain
    type inside the post's zones; `notegen mailcheck` says which class the envelope goes in.

    \b
    Examples:
      notegen envelopes customers.yaml -o envelopes.pdf --stock env-a7
      notegen envelopes customers.yaml -o envelopes.pdf --stock env-10 --imb 00,300,123456,1
      notegen envelopes customers.yaml -o look.pdf --guides --only "Ana Reyes"
    """
    from notegen.pipeline import mailing, mailsheets

    options.fit_target(target, ".pdf")
    order = posting.opened(facts, only, today)
    how = _how(order.shop, asked)
    # What the shop sends to the press are its cards; envelopes go there when it is said.
    said = {**asked, "purpose": asked["purpose"] or Purpose.DESKTOP.value, "today": today}
    printed = pipeline.printing_for(order.shop, printing.asked(said))
    if order.shop.printing.matching if asked["matching"] is None else asked["matching"]:
        seed = order.shop.seed if asked["seed"] is None else asked["seed"]
        how = replace(how, codes=mailing.matching([one.key for one in order.people], seed))
    with output.progress("Addressing", len(order.people)) as step:
        made = mailing.envelopes(order.people, order.loaded, order.shop, how, step, order.homes)
    reports, pages = [], 0
    if not posting.stops(made, skip_bad=skip_bad):
        title = output.counted(len(made.pieces), "envelope")
        try:
            with output.progress("Printing", len(made.pieces)) as step:
                done = mailsheets.press_envelopes(made.pieces, target, printed, how.stock, title, step)
            reports, pages = [one for one in (done.report,) if one is not None], done.pressed.pages
        except pipeline.Unfit as unfit:
            reports = [unfit.report]
    written = target if pages else None
    if as_json:
        output.as_json({**posting.as_dict(made, "envelopes", written, pages), **printing.as_data(None, reports)})
    else:
        printing.say(None, reports, written=bool(pages))
        posting.summary(made, "envelope", written, pages)
    return output.FINE if pages else output.FOUND


def _how(shop: Settings, asked: dict[str, Any]) -> Posting:
    """Return what was asked for; names that stand for nothing raise NotegenError."""
    from notegen.layout.envelope import Manner
    from notegen.model.stock import Kind
    from notegen.pipeline.barcodes import series
    from notegen.pipeline.mailing import Posting, is_addressed
    from notegen.pipeline.posting import sender_country
    from notegen.post import address

    stock = pipeline.stocks(shop).get(asked["stock"] or STOCK)
    if not is_addressed(stock):
        hint = f"its envelope is {stock.envelope}" if stock.envelope else "envelopes are called env-..."
        raise NotegenError(f"'{stock.name}' is a card and no envelope", hint=hint)
    post = address.country_of(asked["post"]) if asked["post"] else None
    if asked["post"] and post is None:
        raise NotegenError(f"there is no country '{asked['post']}'", hint="name it by its code, such as US, DE or JP")
    _agree(asked, post or sender_country(shop))
    return Posting(
        stock=stock,
        post=post,
        sender=asked["sender"],
        series=series(asked["imb"]) if asked["imb"] else None,
        corner=asked["corner"],
        manner=Manner(
            **{name: asked[name] for name in ("flap", "stamp", "frames", "guides")}, postcard=stock.kind is Kind.CARD
        ),
        pen=_pen(shop, asked) if asked["handwritten"] else None,
    )


def _agree(asked: dict[str, Any], post: str) -> None:
    """Refuse options that would do nothing because of what else was said, or whom the mail is handed to."""
    by_hand = [name for name in ("hand", "pen", "ink", "tidiness") if asked[name] is not None]
    refused = (
        (
            by_hand and not asked["handwritten"],
            "addresses are in plain type",
            f"add --handwritten, or leave out --{by_hand[0] if by_hand else ''}",
        ),
        (
            asked["flap"] and not asked["sender"],
            "no return address is printed, on the flap or elsewhere",
            "leave out --flap or --no-return",
        ),
        (
            asked["corner"] and not asked["imb"],
            "no barcode is asked for that could stand in the corner",
            "add --imb, or leave out --imb-corner",
        ),
        (
            asked["imb"] and post != "US",
            f"Intelligent Mail barcodes are for the US post, and this mail goes by that of {post}",
            "leave out --imb",
        ),
        (
            asked["frames"] and post != "JP",
            f"the frames are of Japanese postcodes, and this mail goes by the post of {post}",
            "leave out --frames",
        ),
    )
    for is_so, what, hint in refused:
        if is_so:
            raise NotegenError(what, hint=hint)


def _pen(shop: Settings, asked: dict[str, Any]) -> Pen:
    from notegen.pipeline.handwritten import pen

    looks = {name: asked[name] for name in ("hand", "seed", "pen", "ink", "tidiness", "tints")}
    return pen(shop, pipeline.Wishes(**looks))
