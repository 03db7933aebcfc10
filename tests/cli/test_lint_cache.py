"""What was judged and is unchanged is not judged again, and nobody can tell by what is said."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import ROOT, Run, run_apart

from notegen.lint.fold import distinct
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.pipeline.judged import Judged, packed, unpacked
from notegen.pipeline.store import Store

TODAY = ("--today", "2026-03-20")
SHOPS = ("terrible", "bike-shop", "dealership", "family-lawyer", "tokyo-training", ".")
IMPORTS = """
import sys
sys.argv = ["notegen", "lint", *sys.argv[1:]]
from notegen.cli.main import main
try:
    main()
finally:
    heavy = ("numpy", "jinja2", "uharfbuzz", "babel", "fontTools", "reportlab", "PIL")
    heavy += ("notegen.lint.codes", "notegen.lint.engine", "notegen.facts.hygiene")
    print("loaded:", *[name for name in heavy if name in sys.modules])
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> Path:
    """An empty cache of findings, beside the run's pools of hands."""
    folder = tmp_path / "cache"
    folder.mkdir()
    for pool in cache.iterdir() if cache.is_dir() else ():
        if pool.name != "lint":
            (folder / pool.name).symlink_to(pool)
    monkeypatch.setenv("NOTEGEN_CACHE", str(folder))
    return folder / "lint"


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("name", SHOPS)
def test_cold_warm_and_without_say_the_same(
    name: str, form: str, cache: Path, notegen: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    words = ("lint", Path("samples") / name, "--format", form, *TODAY)
    without = notegen(*words, "--no-cache")
    assert not list(cache.glob("[!r]*.json"))
    cold = notegen(*words)
    kept = len(list(cache.glob("*.json")))
    assert kept
    warm = notegen(*words)
    assert without == cold == warm
    assert len(list(cache.glob("*.json"))) == kept


def test_a_warm_run_loads_nothing_heavy(cache: Path, shop: Path) -> None:
    path = shop / "templates" / "thanks.j2"
    path.write_text(path.read_text().replace("Warmly,", "Rest assured.\n\nWarmly,"))
    ran = ["", ""]
    for index in range(2):
        command = [sys.executable, "-c", IMPORTS, str(shop), *TODAY]
        ran[index] = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert "warning[" in ran[0] and "numpy" in ran[0].splitlines()[-1]
    assert ran[1].splitlines() == [*ran[0].splitlines()[:-1], "loaded:"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("templates/thanks.j2", "I hope", "If applicable, we hope"),
        ("facts/customers.yaml", "Ana Reyes", "ANA REYES"),
        ("facts/customers.yaml", "2026-03-04", "2026-04-04"),
        ("templates/_part.j2", "All well.", "If applicable, ring it."),
        ("templates/sub/_deep.j2", "Bye.", "If applicable, ring it."),
        ("notegen.yaml", "signer:", "singer:"),
        ("notegen.yaml", "stock: us-a2", "stock: us-a3"),
        ("notegen.yaml", "locale: en_US", "locale: en_US\nlint: {severity: {N104: off}}"),
    ],
)
def test_a_change_is_seen(name: str, old: str, new: str, shop: Path, cache: Path, notegen: Run) -> None:
    template = shop / "templates" / "thanks.j2"
    (template.parent / "sub").mkdir()
    (template.parent / "_part.j2").write_text("All well. {% include 'sub/_deep.j2' %}\n")
    (template.parent / "sub" / "_deep.j2").write_text("Bye.\n")
    text = template.read_text().replace("Warmly,", "If so equipped, sing.\n{% include '_part.j2' %}\n\nWarmly,")
    template.write_text(text)
    words = ("lint", shop, *TODAY)
    before = notegen(*words)
    path = shop / name
    path.write_text(path.read_text().replace(old, new))
    after = notegen(*words)
    assert after.out != before.out
    assert after == notegen(*words, "--no-cache")
    path.write_text(path.read_text().replace(new, old))
    assert notegen(*words) == before


def test_the_day_counts(shop: Path, cache: Path, notegen: Run) -> None:
    assert notegen("lint", shop, *TODAY).out != notegen("lint", shop, "--today", "2026-02-01").out


def test_a_household_of_another_file_counts(shop: Path, cache: Path, notegen: Run) -> None:
    facts = shop / "facts"
    home = "  address: {street: 8 Canal Street, city: Troy, postcode: '12180'}\n"
    one = (facts / "customers.yaml").read_text().replace("  greeting: Ana\n", f"  greeting: Ana\n{home}")
    (facts / "customers.yaml").write_text(one)
    (facts / "others.yaml").write_text(one.replace("Ana Reyes", "Bo Lind").replace("greeting: Ana", "greeting: Bo"))
    path = shop / "notegen.yaml"
    path.write_text(path.read_text() + "  - {facts: facts/others.yaml, template: thanks}\n")
    before = notegen("lint", shop, *TODAY)
    assert "B101" in before.out
    other = facts / "others.yaml"
    other.write_text(other.read_text() + "preferences: {do_not_mail: true}\n")
    after = notegen("lint", shop, *TODAY)
    assert after.out != before.out
    assert after == notegen("lint", shop, *TODAY, "--no-cache")
    other.write_text(one.replace("Ana Reyes", "Bo Lind").replace("8 Canal", "9 Dock"))
    assert notegen("lint", shop, *TODAY) == notegen("lint", shop, *TODAY, "--no-cache")


def test_damage_is_passed_over(shop: Path, cache: Path, notegen: Run) -> None:
    before = notegen("lint", shop, *TODAY)
    files = sorted(cache.glob("*.json"))
    for number, path in enumerate(files):
        data = path.read_bytes()
        path.write_bytes((b"", data[:-9], b"nonsense\n{}", data.replace(b"note", b"nose"))[number % 4])
    assert notegen("lint", shop, *TODAY) == before
    shutil.rmtree(cache)
    cache.write_text("in the way")
    assert notegen("lint", shop, *TODAY) == before


def test_it_is_bounded(tmp_path: Path) -> None:
    store = Store(tmp_path / "lint")
    found = Judged((Diagnostic("N104", Severity.ERROR, "x" * 1000, None),))
    for number in range(20):
        store.put(f"{number}", found)
    assert store.get("3") == found
    store.prune(largest=5 * 1200)
    assert 3 <= len(list((tmp_path / "lint").iterdir())) <= 5
    assert store.get("3") == found


def test_pruning_passes_over_what_another_run_removed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("a", Judged(files=("a.j2",)))
    (tmp_path / "gone.json").symlink_to(tmp_path / "removed meanwhile")
    store.prune(largest=0)
    assert store.get("a") is None


def test_two_processes_may_share_it(shop: Path, cache: Path) -> None:
    said: list[bytes] = []

    def run() -> None:
        said.append(run_apart("lint", shop, *TODAY, "--format", "json", cwd=shop).stdout)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(said)) == 1
    assert json.loads(said[0])["version"]
    assert not [path for path in cache.iterdir() if path.suffix != ".json"]


def test_findings_come_back_as_they_were(notegen: Run) -> None:
    from datetime import date

    from notegen import settings
    from notegen.pipeline import Wishes
    from notegen.pipeline.judging import Desk, judge
    from notegen.pipeline.units import Collector, Kind

    desk = Desk(Wishes(today=date(2026, 3, 20)))
    for unit in Collector().collect(ROOT / "samples" / "terrible"):
        if unit.kind is Kind.FOUND:
            continue
        judged = judge(unit, desk)
        back = unpacked(json.loads(json.dumps(packed(judged))))
        assert back == judged
        assert distinct(back.diagnostics) == distinct(judged.diagnostics)
    assert settings.FILE


def test_another_version_of_notegen_judges_anew(shop: Path, cache: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "notegen", copy / "notegen", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("templates", "fonts"):
        (copy / name).symlink_to(ROOT / name)
    environment = {"PYTHONPATH": str(copy)}
    command = [sys.executable, "-m", "notegen", "lint", str(shop), *TODAY]
    import os

    def run() -> str:
        return subprocess.run(
            command, cwd=copy, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        ).stdout

    first = run()
    kept = len(list(cache.glob("*.json")))
    assert run() == first and len(list(cache.glob("*.json"))) == kept
    rule = copy / "notegen" / "lint" / "engine.py"
    rule.write_text(rule.read_text() + "\n# another version\n")
    assert run() == first
    assert len(list(cache.glob("*.json"))) >= 2 * kept - 1
