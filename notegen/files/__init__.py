"""Reading text files, and writing files so that nobody ever sees half of one."""

from notegen.files.limits import MOST_SCANS, QPDF_LIMITS, has_many_scans
from notegen.files.reading import LARGEST, decode, digest, read_bytes, read_source, read_text, read_written
from notegen.files.remote import is_remote
from notegen.files.writing import check_place, is_at_work, replacing, sync_folder, together, write_bytes

__all__ = [
    "LARGEST",
    "MOST_SCANS",
    "QPDF_LIMITS",
    "check_place",
    "decode",
    "digest",
    "has_many_scans",
    "is_at_work",
    "is_remote",
    "read_bytes",
    "read_source",
    "read_text",
    "read_written",
    "replacing",
    "sync_folder",
    "together",
    "write_bytes",
]
