"""What reading forms needs beside notegen itself: the extra `capture`."""

from __future__ import annotations

from notegen.errors import NotegenError


def require() -> None:
    """Raise NotegenError, with what to install, unless the extra `capture` is there."""
    try:
        import cv2
        import scipy
        import segno
        import skimage
    except ImportError as error:
        raise NotegenError(
            f"reading forms needs {error.name}, which is not installed", hint="pip install 'notegen-cards[capture]'"
        ) from None
    del cv2, scipy, segno, skimage
