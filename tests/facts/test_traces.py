"""Whoever is in a batch twice is found from a few numbers of each customer."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notegen.facts import STANDARD, load, load_source, repeated
from notegen.facts.traces import Traces, compared, trace
from notegen.model.diagnostic import Diagnostic
from notegen.model.facts import Facts
from notegen.model.source import Source

PEOPLE = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "key": st.sampled_from(["a", "b", "c", "d"]),
            "name": st.sampled_from(["Ana Reyes", "Reyes, Ana", "ANA REYÉS", "Bo Ito", "Ito Bo"]),
            "email": st.sampled_from(["a@example.com", "A@example.com", "b@example.com"]),
            "phone": st.sampled_from(["503-555-0142", "555-0142", "555-0143"]),
            "birthday": st.sampled_from(["1980-01-02", "1981-01-02"]),
            "street": st.sampled_from(["1 Elm St.", "1 elm st", "2 Elm St"]),
        },
    ),
    max_size=12,
)


def text_of(people: list[dict[str, str]]) -> str:
    made = []
    for one in people:
        name = f"name: '{one['name']}', " if "name" in one else ""
        street = f"address: {{street: {one['street']}}}, " if "street" in one else ""
        rest = ", ".join(f"{leaf}: '{one[leaf]}'" for leaf in ("email", "phone") if leaf in one)
        born = f", birthday: {one['birthday']}" if "birthday" in one else ""
        key = f"key: {one['key']}\n" if "key" in one else ""
        made.append(f"---\n{key}customer: {{{name}{street}{rest}{born}}}\n".replace(", }", "}").replace("{, ", "{"))
    return "".join(made)


def as_now(paths: list[Path]) -> tuple[list[Facts], set[Diagnostic], list[Diagnostic]]:
    people: list[Facts] = []
    found: list[Diagnostic] = []
    for path in paths:
        read = load(path, STANDARD)
        people += read.value or ()
        found += [one for one in read.diagnostics if one.code in ("F017", "F030")]
    across = list(repeated(people))
    return people, set(found + across), found + across


def traces_of(people: list[Facts], size: int = 3) -> Traces:
    made = Traces()
    for start in range(0, len(people), size):
        made.add(pickle.loads(pickle.dumps([trace(one) for one in people[start : start + size]])))
    return made


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(files=st.lists(PEOPLE, min_size=1, max_size=3), again=st.booleans())
def test_those_who_are_alike_are_enough_to_find_all(
    tmp_path: Path, files: list[list[dict[str, str]]], again: bool
) -> None:
    paths = [tmp_path / f"{number}.yaml" for number in range(len(files))]
    for path, people in zip(paths, files, strict=True):
        path.write_text(text_of(people))
    paths += paths[:1] if again else []
    everybody, found, said = as_now(paths)
    alike = [everybody[number] for number in traces_of(everybody).alike()]
    assert set(compared(alike)) == found
    assert len(compared(alike)) == len(said)
    assert compared(alike) == compared(everybody)


def test_only_those_who_are_alike_are_looked_at_again() -> None:
    text = "".join(f"---\ncustomer: {{name: N{number}, email: e{number}@example.com}}\n" for number in range(50))
    read = load_source(Source("f", text.replace("name: N7,", "name: N31,").replace("e7@", "E31@")), STANDARD)
    made = traces_of(list(read.value or ()))
    assert made.alike() == (7, 31)
    assert len(made) == 50
    assert Traces().alike() == ()


def test_traces_take_little_room() -> None:
    (one,) = (
        load_source(Source("f", text_of([{"key": "a", "name": "Ana Reyes", "phone": "555-0142"}])), STANDARD).value
        or ()
    )
    assert len(pickle.dumps([trace(one)] * 64)) < 64 * 60
    made = Traces()
    made.add([trace(one)] * 1000)
    assert len(pickle.dumps(made)) <= 1000 * 40 + 1000


def test_a_trace_is_the_same_in_every_process() -> None:
    program = (
        "from notegen.facts import STANDARD, load_source; from notegen.facts.traces import trace;"
        "from notegen.model.source import Source;"
        "print(trace(load_source(Source('f', 'customer: {name: Ana Reyes, phone: 555-0142}'), STANDARD).value[0]))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path.cwd())},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert " 0, " in said.pop()
