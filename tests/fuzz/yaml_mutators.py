"""Changes that leave a text YAML: values of another type, keys of another name, records in records."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from random import Random
from typing import Any, Final

import yaml

NAMES: Final = (
    "../../x",
    "/etc/passwd",
    "..",
    ".",
    "",
    " ",
    "CON",
    "nul.txt",
    "a/b",
    "a\\b",
    "a\nb",
    "x" * 300,
    "-rf",
    "~",
    "$HOME",
    "%s",
    "a:b",
    "<x>",
    "\u202egnp.x",
    "é" * 200,
    "name\x01",
    "?",
    "*",
    "{{ x }}",
    "#",
    "no",
    "null",
    "0",
    "customer",
    "sale.item",
)
"""What a name should not be, wherever a name becomes a file's."""

SCALARS: Final[tuple[Any, ...]] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    10**17,
    10**40,
    -(10**300),
    0.5,
    -0.0,
    1e300,
    1e-300,
    float("nan"),
    float("inf"),
    "nan",
    "1e999",
    "",
    " ",
    "a",
    "a" * 5000,
    "a " * 3000,
    "\u00ad" * 50,
    "e\u0301\u0302" * 400,
    "\U0001f469\u200d\U0001f467",
    "日本語" * 100,
    "שלום " * 40,
    "\u202e abc \u2066 x",
    "{{ 7 * 7 }}",
    "{% include 'x' %}",
    "=1+1",
    "'; DROP TABLE notes; --",
    "x@y.example",
    "a\tb",
    "a\r\nb",
    "\ud800",
    "\ufffe",
    "9999-12-31",
    "0001-01-01",
    datetime.date(9999, 12, 31),
    datetime.date(1, 1, 1),
    "2026-02-30",
    "12:61",
    "1,000,000.00",
    "(a+)+$",
    "(?P<x>",
    "[" * 40,
    "a{1,99999}{1,99999}",
    "\\",
    "\\1",
    "(?R)",
    "\\p{L}",
    "en_XX",
    "xx",
    "de_DE.UTF-8",
    "USDX",
    "a4",
    [0, 0],
    [-1, 1e9],
    [1e-9, 1e-9],
    [1, 2, 3, 4],
    [],
    {},
    [[]],
    [None],
    {"a": None},
    [[[[1]]]],
    {"": ""},
    ["x"] * 300,
    {str(n): n for n in range(300)},
    *NAMES,
)

Path = tuple[Any, ...]


def _walk(tree: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inside:
        yield from _walk(value, (*path, key))


def _get(tree: Any, path: Path) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _set(tree: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    _get(tree, path[:-1])[path[-1]] = value
    return tree


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(part) for key, part in value.items()}
    return [_copy(part) for part in value] if isinstance(value, list) else value


def _swap(tree: Any, path: Path, dice: Random) -> Any:
    return _set(tree, path, _copy(dice.choice(SCALARS)))


def _near(tree: Any, path: Path, dice: Random) -> Any:
    """Change a number or a text a little or a lot, and keep its type."""
    value = _get(tree, path)
    if isinstance(value, bool) or value is None:
        return _set(tree, path, not value)
    if isinstance(value, (int, float)):
        return _set(tree, path, dice.choice((value * 1000, value / 1000, -value, 0, value + 1, value * 1e12)))
    if isinstance(value, str):
        return _set(
            tree,
            path,
            dice.choice((value * 200, value[: len(value) // 2], value[::-1], value + "\n" + value, value.upper())),
        )
    return _swap(tree, path, dice)


def _rename(tree: Any, path: Path, dice: Random) -> Any:
    value = _get(tree, path)
    if not isinstance(value, dict) or not value:
        return _swap(tree, path, dice)
    old = dice.choice(list(value))
    new = dice.choice((*NAMES, str(old) + "s", str(old)[:-1], str(old).upper(), 7, None, True))
    return _set(tree, path, {new if key == old else key: part for key, part in value.items()})


def _drop(tree: Any, path: Path, dice: Random) -> Any:
    if not path:
        return tree
    del _get(tree, path[:-1])[path[-1]]
    return tree


def _nest(tree: Any, path: Path, dice: Random) -> Any:
    value = _get(tree, path)
    for _ in range(dice.choice((1, 1, 3, 30, 120))):
        value = dice.choice((lambda one: [one], lambda one: {"a": one}))(value)
    return _set(tree, path, value)


def _grow(tree: Any, path: Path, dice: Random) -> Any:
    value = _get(tree, path)
    if isinstance(value, list):
        return _set(tree, path, value * dice.choice((2, 40, 400)))
    if isinstance(value, dict):
        value.update({f"k{number}": _copy(dice.choice(SCALARS)) for number in range(dice.choice((1, 5, 100)))})
        return tree
    return _set(tree, path, [value] * dice.choice((2, 30)))


def _move(tree: Any, path: Path, dice: Random) -> Any:
    """Put one part of the tree in the place of another."""
    other = dice.choice(list(_walk(tree)))
    return _set(tree, path, _copy(_get(tree, other)))


_KINDS: Final[tuple[Callable[[Any, Path, Random], Any], ...]] = (
    _swap,
    _swap,
    _swap,
    _swap,
    _near,
    _near,
    _near,
    _rename,
    _rename,
    _drop,
    _nest,
    _grow,
    _move,
)


def mutate(data: bytes, dice: Random, _others: Sequence[bytes] = ()) -> bytes:
    """Change the tree of one document of a YAML file, and write it again."""
    documents = _read(data)
    if not documents:
        return data
    which = dice.randrange(len(documents))
    tree = _copy(documents[which])
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        tree = dice.choice(_KINDS)(tree, dice.choice(list(_walk(tree))), dice)
    documents = [*documents[which - 1 : which], tree]  # few at a time: more would only take longer
    if dice.random() < 0.05:
        documents *= dice.choice((2, 30))
    style = dice.choice((None, True, False))
    try:
        return _written(documents, _Quick, style)
    except UnicodeEncodeError:  # libyaml knows no lone surrogates
        return _written(documents, _Plain, style)
    except RecursionError:
        return data


@lru_cache(maxsize=256)
def _read(data: bytes) -> list[Any]:
    """Return the documents of a file, none of one that cannot be read; they are shared, and only copies are changed."""
    try:
        return list(yaml.load_all(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except (yaml.YAMLError, ValueError, RecursionError):
        return []


def _written(documents: list[Any], dumper: Any, style: bool | None) -> bytes:
    text = yaml.dump_all(
        documents, Dumper=dumper, allow_unicode=True, sort_keys=False, default_flow_style=style, width=10**6
    )
    return str(text).encode("utf-8", "surrogatepass")


class _Quick(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """A writer without anchors, which notegen refuses at once."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Plain(yaml.SafeDumper):
    """The same, in Python."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


__all__ = ["NAMES", "SCALARS", "mutate"]
