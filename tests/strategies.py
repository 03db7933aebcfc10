"""Every Hypothesis strategy: texts, trees of values, and YAML that is nearly right."""

from __future__ import annotations

from datetime import date

import yaml
from hypothesis import strategies as st

from notegen.model.facts import Value
from notegen.model.ledger import RunState, State

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\u2028\u2029\ufeff"), max_size=24
)
"""Text as people paste it: any script, no control characters."""

NAMES = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(
    lambda name: name not in ("yes", "no", "on", "off", "true", "false", "null")
)
"""Names of facts."""

LOOKALIKES = st.sampled_from(
    [
        "No",
        "yes",
        "~",
        "",
        "02134",
        "1234",
        "-5",
        "1.50",
        ".5",
        "12:30:45",
        "2026-03-04",
        "2026-02-30",
        "1e5",
        "0x1F",
        "a: b",
        "- x",
        "#x",
        "{{ x }}",
        "*x",
        "!x",
        "null",
        "<<",
        "=",
        "1_000",
        " padded ",
        "---",
        "...",
        "'",
        '"',
        "日本 🎈",
        "9" * 30,
    ]
)
"""Text that a reader of YAML could take for something else."""

SCALARS = st.one_of(
    WORDS,
    LOOKALIKES,
    st.integers(-(10**17), 10**17),
    st.integers(-(10**9), 10**9).map(lambda n: n / 100),
    st.booleans(),
    st.none(),
    st.dates(date(1000, 1, 1)),
)

TREES: st.SearchStrategy[Value] = st.recursive(
    SCALARS,
    lambda inside: st.one_of(st.lists(inside, max_size=4).map(tuple), st.dictionaries(NAMES, inside, max_size=4)),
    max_leaves=16,
)
"""Any value that a document can hold."""

RECORDS = st.dictionaries(NAMES, TREES, min_size=1, max_size=5)

YAMLISH = st.one_of(
    st.text(max_size=80),
    st.text(st.sampled_from("ab:-[]{}\"'|>&*!%#@`,?~.<= \n\t\\0123é日🎈\x07"), max_size=60),
    st.lists(
        st.sampled_from(
            [
                "a: ",
                "b: 1\n",
                "- ",
                "  ",
                "\n",
                "[",
                "]",
                "{",
                "}",
                '"',
                "'",
                "&x ",
                "*x",
                "---\n",
                "...\n",
                "# c\n",
                "? ",
                "|\n",
                "!!str ",
                "!!python/object:os.system ",
                "<<: ",
                "No",
                "2026-02-30",
                "日",
                "🎈",
                "%YAML 1.1\n",
                "\t",
                "x y\n",
            ]
        ),
        max_size=30,
    ).map("".join),
)
"""Text that is nearly YAML, and text that is not."""


def plain_tree(value: Value) -> object:
    """Return a value with lists for tuples, as PyYAML writes them."""
    if isinstance(value, dict):
        return {key: plain_tree(inside) for key, inside in value.items()}
    if isinstance(value, tuple):
        return [plain_tree(inside) for inside in value]
    return value


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[str, Value]]:
    """Draw a record and YAML that says it, in block or flow style."""
    tree = draw(RECORDS)
    flow = draw(st.sampled_from([True, False, None]))
    text = yaml.safe_dump(plain_tree(tree), allow_unicode=True, default_flow_style=flow, width=10**6, sort_keys=False)
    return text, tree


def dumped(tree: object) -> str:
    """Return YAML that says a tree."""
    return yaml.safe_dump(plain_tree(tree), allow_unicode=True, width=10**6, sort_keys=False)  # type: ignore[arg-type]


CUSTOMERS = st.sampled_from(["ana", "bo", "cy", "dee"])
"""Few enough that two runs want one of them."""

_GROUPS = st.lists(CUSTOMERS, min_size=1, max_size=4, unique=True)
_STEPS = {
    "begin": st.tuples(_GROUPS),
    "whole": st.tuples(_GROUPS),
    "advance": st.tuples(st.integers(0, 3), st.sampled_from([None, *RunState])),
    "mark": st.tuples(
        st.integers(0, 4), st.sampled_from([State.MAILED, State.RETURNED, State.ANSWERED, State.WITHDRAWN])
    ),
    "reprint": st.tuples(st.integers(0, 4)),
    "erase": st.tuples(CUSTOMERS),
}
_OFTEN = ["begin", "whole", *["advance"] * 3, *["mark"] * 4, *["reprint"] * 2, "erase"]

LEDGER_STEPS = st.lists(
    st.sampled_from(_OFTEN).flatmap(lambda name: st.tuples(st.just(name), _STEPS[name])), min_size=16, max_size=40
)
"""What may be done to a ledger, in any order: the name of the step, and its words."""
