"""Each phrase and each rule is missed when it is gone: something of the tests is found by it alone."""

import pytest
from test_lint_cases import CODES, FAIL

from notegen.lint import words
from notegen.lint.plain import plain
from notegen.lint.words import bundle
from notegen.lint.words.finding import indexed, search

PHRASES = bundle.written()


@pytest.mark.parametrize("gone", range(len(PHRASES)), ids=[phrase.id for phrase in PHRASES])
def test_without_a_phrase_something_else_is_found(gone: int) -> None:
    bad = plain(PHRASES[gone].bad[0])
    found = {match.phrase.id for match in words.find(bad)}
    # Those that find nothing here change nothing, and to index a thousand phrases takes half a second.
    rest = [phrase for phrase in PHRASES if phrase.id in found and phrase is not PHRASES[gone]]
    lacking = {match.phrase.id for match in search(bad, indexed(rest))}
    assert found - lacking == {PHRASES[gone].id}


def test_without_a_rule_a_case_fails() -> None:
    assert {code for code, _ in FAIL} == set(CODES)
