"""A signature as an outline that a card can carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """Closed curves in mm, y upwards, filled by the non-zero rule; x begins at 0 and the baseline is y = 0.

    `points` (n, 2), `on_curve` (n) and `contour_end` (n) are as a Pool has them: TrueType's on-curve points and
    quadratic control points, and the last point of each contour. `stroke` is the pen's width in mm. `digest` names the
    content.
    """

    points: NDArray[np.float64]
    on_curve: NDArray[np.bool_]
    contour_end: NDArray[np.bool_]
    stroke: float
    digest: str

    @property
    def width(self) -> float:
        """The width of the ink, mm (of its control points, which a curve never passes)."""
        return float(self.points[:, 0].max() - self.points[:, 0].min())

    @property
    def height(self) -> float:
        """The height of the ink, mm (of its control points, which a curve never passes)."""
        return float(self.points[:, 1].max() - self.points[:, 1].min())
