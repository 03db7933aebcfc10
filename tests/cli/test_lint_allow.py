"""Comments that allow a finding, in each kind of file; those that allow nothing are findings themselves."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from conftest import Run

ASK = "If applicable, use the bell."
TODAY = ("--today", "2026-03-20")


def codes(ran: object) -> list[str]:
    """Return the codes of a report in JSON."""
    return sorted(one["code"] for one in json.loads(ran.out)["findings"])  # type: ignore[attr-defined]


@pytest.fixture
def template(shop: Path) -> Path:
    """A template with one fault, above which a test may write."""
    path = shop / "templates" / "thanks.j2"
    path.write_text(path.read_text().replace("Warmly,", f"{ASK}\n\nWarmly,"))
    return path


def allow(path: Path, comment: str, before: str = ASK) -> None:
    """Write a line before another."""
    path.write_text(path.read_text().replace(before, f"{comment}\n{before}"))


def lint(notegen: Run, *words: object) -> list[str]:
    """Return the codes that are found."""
    return codes(notegen("lint", *words, *TODAY, "--format", "json"))


def test_the_fault_is_there(template: Path, shop: Path, notegen: Run) -> None:
    assert lint(notegen, template) == ["N104"]
    assert lint(notegen, shop) == ["N104", "N104"] or lint(notegen, shop) == ["N104"]


@pytest.mark.parametrize(
    "comment",
    [
        "{# notegen: allow N104 she asked how #}",
        "{# notegen: allow hedged-conditional she asked how #}",
        "{#- notegen: allow N101, N104: she asked how -#}",
        "{# notegen: allow N104 she asked\n   how to #}",
        "{# notegen: allow-file N104 she asked how #}",
        "{# notegen: allow N104 she asked how #}\n\n{% if true %}{% endif %}",
    ],
)
def test_a_comment_on_a_line_of_its_own(comment: str, template: Path, notegen: Run) -> None:
    allow(template, comment)
    assert [one for one in lint(notegen, template) if one != "A101"] == []


def test_a_comment_on_the_line_itself(template: Path, shop: Path, notegen: Run) -> None:
    template.write_text(template.read_text().replace(ASK, ASK + " {# notegen: allow N104 she asked #}"))
    ran = notegen("lint", shop, *TODAY)
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "no problems, 1 allowed")


def test_front_matter_may_allow_for_the_whole_file(template: Path, notegen: Run) -> None:
    template.write_text(template.read_text().replace("---\n", "---\n# notegen: allow-file N104 she asked\n", 1))
    assert lint(notegen, template) == []


def test_another_line_is_not_allowed(template: Path, notegen: Run) -> None:
    allow(template, "{# notegen: allow N104 she asked #}\nThe bell is new.\n")
    assert lint(notegen, template) == ["A101", "N104"]


def test_what_stands_in_raw_is_words(template: Path, notegen: Run) -> None:
    allow(template, "{% raw %}{# notegen: allow N104 she asked #}{% endraw %}")
    assert "N104" in lint(notegen, template)


@pytest.mark.parametrize(
    ("comment", "found", "hint"),
    [
        ("{# notegen: allow N104 #}", ["A102", "N104"], "write after the code"),
        ("{# notegen: allow N104 -- #}", ["A102", "N104"], "write after the code"),
        ("{# notegen: allow hedged-conditionel why #}", ["A103", "N104"], "did you mean hedged-conditional?"),
        ("{# notegen: allow #}", ["A103", "N104"], "write: notegen: allow CODE reason"),
        ("{# notegen: alow N104 why #}", ["A103", "N104"], "write: notegen: allow CODE reason"),
        ("{# notegen: allow N130 why #}", ["A104", "N104"], "change the words"),
        ("{# notegen: allow A101 why #}", ["A104", "N104"], "change the words"),
        ("{# notegen: allow N101 why #}", ["A101", "N104"], "take it away"),
    ],
)
def test_comments_that_allow_nothing(comment: str, found: list[str], hint: str, template: Path, notegen: Run) -> None:
    allow(template, comment)
    told = json.loads(notegen("lint", template, "--format", "json").out)["findings"]
    assert sorted(one["code"] for one in told) == found
    (fault,) = [one for one in told if one["code"][0] == "A"]
    assert fault["hint"].startswith(hint)
    assert template.read_text().splitlines()[fault["line"] - 1] == comment
    assert fault["severity"] == ("warning" if fault["code"] == "A101" else "error")


def test_a_code_that_a_template_alone_cannot_show_is_not_unused(template: Path, shop: Path, notegen: Run) -> None:
    allow(template, "{# notegen: allow-file N105 they know us #}\n{# notegen: allow N104 she asked #}")
    assert lint(notegen, template) == []
    assert lint(notegen, shop) == ["A101"]


def test_what_a_customer_refused_stays(shop: Path, notegen: Run) -> None:
    facts = shop / "facts" / "customers.yaml"
    facts.write_text(facts.read_text() + "preferences:\n  do_not: [trade-in]\n")
    path = shop / "templates" / "thanks.j2"
    path.write_text(path.read_text().replace("Warmly,", "We would love your trade-in.\n\nWarmly,"))
    assert "N130" in lint(notegen, shop)
    allow(path, "{# notegen: allow N130 it is only a hint #}", "We would")
    found = lint(notegen, shop)
    assert "N130" in found and "A104" in found
    baseline = shop / "known.json"
    notegen("lint", shop, *TODAY, "--write-baseline", baseline)
    assert "N130" not in baseline.read_text()
    assert notegen("lint", shop, *TODAY, "--ignore", "N130").status == 2


def test_no_inline(template: Path, notegen: Run) -> None:
    allow(template, "{# notegen: allow N104 she asked #}")
    assert lint(notegen, template) == []
    assert lint(notegen, template, "--no-inline") == ["N104"]


@pytest.mark.parametrize("command", ["batch", "write", "preview"])
def test_what_is_allowed_is_printed(command: str, template: Path, shop: Path, notegen: Run, tmp_path: Path) -> None:
    words = [command, shop / "facts" / "customers.yaml", "-t", "thanks", *TODAY]
    more = {"batch": ["-o", tmp_path / "x.pdf"], "write": [], "preview": ["-o", tmp_path / "x.png"]}[command]
    assert notegen(*words, *more).status == 1
    allow(template, "{# notegen: allow N104 she asked #}")
    assert notegen(*words, *more).status == 0


def test_facts_allow_what_is_wrong_with_them(shop: Path, notegen: Run) -> None:
    facts = shop / "facts" / "customers.yaml"
    plain = facts.read_text()
    facts.write_text(plain.replace("name: Ana Reyes", "name: ANA REYES"))
    (code,) = set(lint(notegen, facts))
    facts.write_text(plain.replace("name: Ana Reyes", f"name: ANA REYES  # notegen: allow {code} she writes it so"))
    assert lint(notegen, facts) == []
    facts.write_text(plain.replace("  name: Ana Reyes", f"  # notegen: allow {code} she does\n  name: ANA REYES"))
    assert lint(notegen, facts) == []
    facts.write_text(plain.replace("name: Ana Reyes", f"name: ANA REYES\n  note: '# notegen: allow {code} she does'"))
    assert code in lint(notegen, facts)


def test_facts_allow_what_stops_their_card(shop: Path, notegen: Run, tmp_path: Path) -> None:
    facts = shop / "facts" / "customers.yaml"
    facts.write_text(facts.read_text().replace("name: Ana Reyes", "name: Ana Reyes (deceased)"))
    words = ("batch", "--yes", "--no-ledger", facts, "-t", "thanks", *TODAY, "-o", tmp_path / "x.pdf")
    (code,) = set(lint(notegen, facts))
    assert notegen(*words).status == 1
    facts.write_text(
        facts.read_text().replace("(deceased)", f"(deceased)  # notegen: allow {code} her band is called that")
    )
    assert lint(notegen, facts) == []
    assert notegen(*words).status == 0


def test_letters_in_markdown(tmp_path: Path, notegen: Run) -> None:
    letter = tmp_path / "letter.md"
    comment = "<!-- notegen: allow N104 she asked -->"
    words = "Dear Ana,\n\nThe peach jam you brought on Saturday is gone.\n\n{}If applicable, use the bell.{}\n\nRick\n"
    letter.write_text(words.format("", ""))
    assert lint(notegen, letter) == ["N104"]
    for before, after in ((f"{comment}\n", ""), ("", f" {comment}")):
        letter.write_text(words.format(before, after))
        assert lint(notegen, letter) == []
    letter.write_text(words.format("<!-- notegen: allow N101 why -->\n", ""))
    assert lint(notegen, letter) == ["A101", "N104"]


def test_sarif_has_what_is_allowed_and_why(template: Path, notegen: Run) -> None:
    allow(template, "{# notegen: allow N104 she asked #}")
    (run,) = json.loads(notegen("lint", template, "--format", "sarif").out)["runs"]
    (one,) = run["results"]
    assert one["ruleId"] == "N104"
    assert one["suppressions"] == [{"kind": "inSource", "justification": "she asked"}] or (
        one["suppressions"][0]["kind"] == "inSource" and one["suppressions"][0]["justification"] == "she asked"
    )


def test_a_whole_document_of_facts(shop: Path, notegen: Run, tmp_path: Path) -> None:
    facts = shop / "facts" / "customers.yaml"
    one = facts.read_text().replace("Ana Reyes", "Ana Reyes (deceased)").replace("greeting: Ana", "greeting: Ana B.")
    two = one.replace("Ana ", "Bo ")
    facts.write_text(f"{one}\n---\n# notegen: allow-file F023 his band is called that\n{two}")
    told = json.loads(notegen("lint", facts, "--format", "json").out)["findings"]
    assert [one["code"] for one in told] == ["F023"]
    assert told[0]["line"] < one.count("\n")
    ran = notegen("batch", "--yes", "--no-ledger", facts, "-t", "thanks", *TODAY, "-o", tmp_path / "x.pdf")
    assert "Ana" in ran.said and "Bo" not in ran.said


def test_many_comments_take_little_time(template: Path, notegen: Run) -> None:
    more = "{# notegen: allow-file N104 she asked #}{{ 1 }}\n" * 500
    facts = template.parents[1] / "facts" / "many.yaml"
    facts.write_text("customer: {name: Ana}\nremember:\n" + "  - you came # notegen: allow F020 why\n" * 3000)
    template.write_text(template.read_text().replace(ASK, more + ASK))
    began = time.perf_counter()
    assert "N104" not in lint(notegen, template, "--no-cache")
    lint(notegen, facts, "--no-cache")
    assert time.perf_counter() - began < 20


def test_statistics_and_quiet(template: Path, notegen: Run) -> None:
    ran = notegen("lint", template, "--statistics", "-q")
    assert ran.err == "     1  N104 hedged-conditional\n"
    assert "1 error" not in ran.out
