"""A contact sheet of what was read from a form: each place as it was written, its outline, and what is doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from notegen.files import write_bytes
from notegen.preview import desk
from notegen.preview.png import as_png

if TYPE_CHECKING:
    from notegen.hand.capture.cells import Sample
    from notegen.hand.capture.doubts import Judged

COLUMNS = 12
CAPTION = 30
"""Height of the two lines below a picture, pixels."""
GAP = 6
DOUBT, BLANK, SOUND = (200, 30, 30), (190, 186, 178), (150, 170, 150)
EDGE = (20, 110, 220)
"""The outline that was traced; blue, so that it is told from most ink at a thin line."""
DPI = 180.0


def samples_sheet(judged: Sequence[Judged], path: Path) -> None:
    """Write a PNG of all samples; see `notegen.preview.samples_sheet`."""
    pictures = [_cell(one) for one in judged]
    wide = max((picture.width for picture in pictures), default=60) + GAP
    high = max((picture.height for picture in pictures), default=60) + GAP
    rows = max(1, -(-len(pictures) // COLUMNS))
    sheet = Image.new("RGB", (COLUMNS * wide + GAP, rows * high + GAP), desk.PAPER)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, COLUMNS)
        sheet.paste(picture, (GAP + column * wide, GAP + row * high))
    write_bytes(path, as_png(sheet.quantize(128, dither=Image.Dither.NONE), DPI))


def _cell(one: Judged) -> Image.Image:
    """Return one place with its caption; a doubtful one has a red frame and says why."""
    sample = one.sample
    photo = np.asarray(sample.thumb)
    grey = photo if photo.ndim == 2 else photo[:, :, :3].mean(axis=2).astype(np.uint8)
    ground = Image.merge("RGB", (Image.fromarray(grey),) * 3)
    draw = ImageDraw.Draw(ground)
    scale = ground.width / sample.shown.width
    for ring in _rings(sample):
        at = [((x - sample.shown.x) * scale, (sample.shown.top - y) * scale) for x, y in ring]
        draw.line([*at, at[0]], fill=EDGE, width=1)
    colour = BLANK if sample.is_empty else DOUBT if one.doubts else SOUND
    draw.rectangle((0, 0, ground.width - 1, ground.height - 1), outline=colour, width=3 if one.doubts else 1)
    cell = Image.new("RGB", (ground.width, ground.height + CAPTION), desk.PAPER)
    cell.paste(ground, (0, 0))
    words = ImageDraw.Draw(cell)
    label = f"{sample.cell.label}  {sample.cell.slot + 1}"
    words.text((2, ground.height + 1), label, fill=desk.WORDS, font=desk.font_for(label, 12))
    if one.doubts:
        words.text((2, ground.height + 15), one.doubts[0].value[:24], fill=colour, font=desk.font_for("a", 9))
    return cell


def _rings(sample: Sample) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    from notegen.hand.capture.trace import rings

    return [] if sample.is_empty else rings(sample.outline(), 3)
