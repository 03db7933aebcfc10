"""`notegen init`: a shop folder to start from."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import Path

import click

from notegen import facts, files
from notegen.errors import NotegenError, UnwritableFile
from notegen.resources import data_folder

SETTINGS = """\
# The shop: facts that every template may use as shop.name, shop.signer ... These are invented unless you gave yours.
shop:
  name: {shop}
  signer: {signer}
  # address: {{street: 12 Market Street, city: Port Ellery, region: OR, postcode: "97999"}}  # of envelopes

# How the cards look; `notegen hand list` and `notegen stock list` show what there is.
hand: quick-ballpoint
stock: us-a2
# pen: gel 0.4        # `notegen hand pens`
# ink: blue-black     # `notegen hand inks`
# tidiness: tidy      # neat, tidy, usual, loose, hurried
locale: en_US
currency: USD

# What a card costs, so that `notegen batch` says what a batch would come to:
# costs: {{card: 0.42, envelope: 0.11, stamp: 0.78}}

# Facts of your own, so that a slip of the pen in a template is found:
# fields:
#   sale.trade_in: {{kind: text, weight: 1, doc: what they traded in}}

# Which notes the shop sends: `notegen lint` writes and judges each of them.
notes:
  - {{facts: facts/customers.yaml, template: thanks}}
"""

CUSTOMERS = """\
# yaml-language-server: $schema=../facts.schema.json
# One customer to a document, with a line of three dashes between. This one is invented: put yours in its place.
customer:
  name: Ana Reyes
  greeting: Ana
sale:
  date: 2026-03-04
  item: Brompton folding bicycle
  short: the Brompton
  colour: red
remember:
  - You rode it twice around the block before you said a word.
# For envelopes and labels, this goes under `customer`:
#   address: {street: 8 Canal Street, city: Port Ellery, region: OR, postcode: "97999"}
"""

IGNORED = """\
# What notegen remembers of customers and cards is this shop's alone; `notegen backup` copies it.
notegen.db*
notegen-*.db
runs/
"""

TEMPLATE = """\
---
name: thanks
occasion: same-day thanks
requires: [sale.item, sale.date, remember]
---
Dear {{ customer.greeting or customer.name }},

Thank you for coming in on {{ sale.date | weekday }} and for choosing {{ sale.short or sale.item }}.
{% for line in remember %}{{ line }} {% endfor %}

I hope the first week with it is a good one.

Warmly,
{{ shop.signer }}
{{ shop.name }}
"""


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--shop", default="Corner Shop", show_default=True, help="What the shop is called.")
@click.option("--signer", default="Tess", show_default=True, help="Who signs the notes.")
def command(folder: Path, shop: str, signer: str) -> None:
    """Start a shop folder: settings, facts and a template to change.

    Nothing that is already there is touched. In a git checkout it also gets a .gitignore, which keeps what is
    remembered of customers and cards (notegen.db, runs/) out of it.

    \b
    Example:
      notegen init my-shop
      notegen init my-shop --shop "Pennywhistle Cycles" --signer Nuria
    """
    schema = json.dumps(facts.json_schema(facts.STANDARD), ensure_ascii=False, indent=2) + "\n"
    wanted = {
        "notegen.yaml": SETTINGS.format(shop=_quoted(shop), signer=_quoted(signer)),
        "facts/customers.yaml": CUSTOMERS,
        "templates/thanks.j2": TEMPLATE,
        "facts.schema.json": schema,
    }
    taken = [name for name in wanted if (folder / name).exists()]
    if taken:
        raise NotegenError(f"{folder} already has {', '.join(taken)}", hint="choose another folder, or move it away")
    if _in_checkout(folder) and not (folder / ".gitignore").exists():
        wanted[".gitignore"] = IGNORED
    try:
        for name, text in wanted.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            files.write_bytes(folder / name, text.encode())
    except OSError as error:
        raise UnwritableFile(f"cannot make {folder}: {error.strerror or error}") from None
    _say(folder, wanted)


def _in_checkout(folder: Path) -> bool:
    """Return whether a folder, which need not be there yet, is in somebody's git repository."""
    absolute = folder.resolve()
    return any((above / ".git").exists() for above in (absolute, *absolute.parents))


def _quoted(text: str) -> str:
    """Return text as YAML reads it back: JSON's quoted strings are YAML, too."""
    return json.dumps(text, ensure_ascii=False)


def _say(folder: Path, made: Mapping[str, str]) -> None:
    click.echo(f"made {folder}: {', '.join(made)}")
    library = ", ".join(sorted(p.stem for p in data_folder("templates").glob("*.j2") if not p.name.startswith("_")))
    click.echo(f"templates of the library you can name at once: {library}")
    click.echo("\nnext:")
    people = shlex.quote(str(folder / "facts" / "customers.yaml"))
    click.echo(f"  notegen lint {shlex.quote(str(folder))}")
    click.echo(f"  notegen preview {people} -t thanks -o note.png")
    click.echo(f"  notegen batch {people} -t thanks                       # who would get what; prints nothing")
    click.echo(f"  notegen batch {people} -t thanks -o cards.pdf --yes    # prints, and remembers who got a card")
