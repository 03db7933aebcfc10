"""Draw press.png: both sides of a postcard as a print shop gets it, the outside of a folded card, and an envelope.

python docs/images/press.py
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from notegen.files import write_bytes
from notegen.preview import page_image

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DESK = (206, 204, 200)
DPI, GAP = 90, 14
WIDTH, SHADES = 860, 128
TODAY = "2025-11-25"
PRESS = ("--for", "press", "--marks", "corner")
COMMANDS = {
    "postcard": ["batch", "bike-shop/facts/week-later.yaml", "-t", "week-later", *PRESS],
    "folded": ["batch", "family-lawyer/facts/year-later.yaml", "-t", "year-later", *PRESS],
    "envelope": ["envelopes", "dealership/facts/same-day.yaml", "--stock", "env-a2", "--stamp"],
}
"""What makes each file; the facts are in samples/."""


def made(folder: Path, name: str) -> Path:
    """Run one command and return its file."""
    command, facts, *rest = COMMANDS[name]
    path = folder / f"{name}.pdf"
    words = [command, str(SAMPLES / facts), *rest, "--today", TODAY, "-o", str(path)]
    subprocess.run([sys.executable, "-m", "notegen", *words], check=True, stdout=subprocess.DEVNULL)
    return path


def row(pictures: list[Image.Image], width: int) -> Image.Image:
    """Lay pictures side by side on the desk, in the middle of a width."""
    height = max(one.height for one in pictures)
    desk = Image.new("RGB", (width, height + GAP), DESK)
    x = (width - sum(one.width for one in pictures) - GAP * (len(pictures) - 1)) // 2
    for one in pictures:
        desk.paste(one, (x, (height - one.height) // 2))
        x += one.width + GAP
    return desk


def main() -> None:
    """Write the picture beside this file."""
    with tempfile.TemporaryDirectory() as name:
        files = {one: made(Path(name), one) for one in COMMANDS}
        above = [page_image(files["postcard"], page, dpi=DPI) for page in (0, 1)]
        below = [page_image(files["folded"], 0, dpi=DPI), page_image(files["envelope"], 0, dpi=DPI)]
    width = max(sum(one.width for one in some) for some in (above, below)) + 3 * GAP
    rows = [row(above, width), row(below, width)]
    desk = Image.new("RGB", (width, sum(one.height for one in rows) + GAP), DESK)
    desk.paste(rows[0], (0, GAP))
    desk.paste(rows[1], (0, GAP + rows[0].height))
    scaled = desk.resize((WIDTH, round(desk.height * WIDTH / width)), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    scaled.quantize(SHADES, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    write_bytes(Path(__file__).with_suffix(".png"), stream.getvalue())


if __name__ == "__main__":
    main()
