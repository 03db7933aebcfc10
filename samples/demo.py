"""Print the cards of the sample shops, the way each shop would: one `notegen batch` for each kind of note it sends.

    python samples/demo.py OUT

Every command is shown before it is run, so that it can be repeated by hand.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from notegen import settings

SAMPLES = Path(__file__).resolve().parent
TODAY = "2025-11-25"
"""The demo's day, so that its cards are the same whenever it is run."""


def run(*words: str) -> None:
    """Show a notegen command and run it; a failure ends the demo."""
    sys.stdout.write(f"\n$ notegen {shlex.join(words)}\n")
    sys.stdout.flush()
    status = subprocess.run([sys.executable, "-m", "notegen", *words], check=False).returncode
    if status:
        sys.exit(status)


def shop_cards(shop: Path, out: Path) -> list[Path]:
    """Lint one shop, then make a PDF for each of its kinds of note; of the first also a picture and a press file."""
    loaded = settings.load(shop)
    if loaded.value is None:
        sys.exit(f"{shop} cannot be read")
    made = []
    run("lint", str(shop))
    for number, pairing in enumerate(loaded.value.notes):
        facts, pdf = str(pairing.facts), out / shop.name / f"{pairing.facts.stem}.pdf"
        pdf.parent.mkdir(parents=True, exist_ok=True)
        run("batch", "--yes", "--no-ledger", facts, "-t", pairing.template, "-o", str(pdf), "--today", TODAY)
        made.append(pdf)
        if number == 0:
            picture = out / shop.name / "contact-sheet.png"
            run("preview", facts, "-t", pairing.template, "-o", str(picture), "--today", TODAY)
            press = out / shop.name / f"{pairing.facts.stem}-press.pdf"
            run(
                "batch",
                "--yes",
                "--no-ledger",
                facts,
                "-t",
                pairing.template,
                "-o",
                str(press),
                "--today",
                TODAY,
                "--for",
                "press",
            )
            made += [picture, press]
    return made


def mailing(out: Path) -> list[Path]:
    """Make a batch ready to be mailed: cards on sheets, their envelopes, the packing slip; and postcards for Japan."""
    shop = SAMPLES / "dealership"
    folder = out / "mailing"
    folder.mkdir(parents=True, exist_ok=True)
    cards, envelopes, slip, hagaki = (folder / f"{name}.pdf" for name in ("cards", "envelopes", "slip", "hagaki"))
    facts = ("--today", TODAY, "-t", "same-day-thanks", from_here(shop / "facts" / "same-day.yaml"))
    together = ("--matching", "--envelopes", str(envelopes), "--slip", str(slip))
    run(
        "batch", "--yes", "--no-ledger", *facts, "-o", str(cards), "--sheet", "letter-4up", "--fill", "stack", *together
    )
    facts = ("--today", TODAY, "-t", "same-day-thanks", from_here(SAMPLES / "tokyo-training/facts/signing-day.yaml"))
    run("batch", "--yes", "--no-ledger", *facts, "-o", str(hagaki), "--stock", "hagaki", "--addressed")
    run("mailcheck", "--stock", "env-a2", "--to", "US")
    return [cards, envelopes, slip, hagaki]


def from_here(path: Path) -> str:
    """Return a path as one would type it in the folder where the demo was started."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def main() -> None:
    """Go through the shops."""
    here = Path.cwd()
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "out")
    shops = sorted(p.parent for p in SAMPLES.glob("*/notegen.yaml") if p.parent.name != "terrible")
    shops = [shop.relative_to(here) if shop.is_relative_to(here) else shop for shop in shops]
    made = [path for shop in shops for path in shop_cards(shop, out)] + mailing(out)
    sys.stdout.write("\nmade:\n" + "".join(f"  {path}  ({path.stat().st_size / 1000:,.0f} kB)\n" for path in made))


if __name__ == "__main__":
    main()
