"""What a template takes in is found without Jinja: never fewer files than Jinja reads."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from notegen import compose
from notegen.files import read_source
from notegen.pipeline.closure import parts_of

NAMES = ("_a.j2", "_b.j2", "_c.j2", "sub/_d.j2")
TAGS = (
    "{{% include '{}' %}}",
    '{{%- include "{}" ignore missing -%}}',
    "{{% from '{}' import x %}}",
    "{{% import\n '{}' as m %}}",
    "{{# {{% include '{}' %}} #}}",
    "words '{}' words",
    "{{% include ['_none.j2', '{}'] %}}",
    "{{% extends '{}' %}}",
)
TEXTS = st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(NAMES)), max_size=3).map(
    lambda tags: "Hello. " + " ".join(tag.format(name) for tag, name in tags)
)


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=5, max_size=5))
def test_nothing_that_is_read_is_missed(tmp_path_factory, texts: list[str]) -> None:  # type: ignore[no-untyped-def]
    folder: Path = tmp_path_factory.mktemp("t")
    (folder / "sub").mkdir()
    for name, text in zip((*NAMES, "main.j2"), texts, strict=True):
        (folder / name).write_text(text)
    path = folder / "main.j2"
    loaded = compose.load(path, search=(folder,))
    found = {one.resolve() for one in parts_of(read_source(path), path, (folder,))}
    library = loaded.value.library.values() if loaded.value is not None else ()
    assert {Path(one.name).resolve() for one in library} <= found


def test_places_where_a_part_could_come_to_be(tmp_path: Path) -> None:
    own, far = tmp_path / "own", tmp_path / "far"
    for one in (own, far):
        one.mkdir()
    (far / "_x.j2").write_text("{% include '../secret.j2' %}{% include '/etc/_y.j2' %}{% include '_z.j2' %}")
    (own / "main.j2").write_text("{% include '_x.j2' %}")
    found = parts_of(read_source(own / "main.j2"), own / "main.j2", (own, far))
    assert found == (own / "_x.j2", far / "_x.j2", own / "_z.j2", far / "_z.j2")
