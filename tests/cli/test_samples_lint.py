"""The linter takes the terrible samples apart, each fault at its line, and finds nothing in the four shops."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT, Run

SAMPLES = ROOT / "samples"
SHOPS = ["bike-shop", "dealership", "family-lawyer", "tokyo-training"]

LETTER = {
    (2, "N103"),  # From:
    (7, "N103"),  # Having trouble viewing this email?
    (9, "N101"),  # [Customer Name]
    (11, "N110"),  # a valued customer
    (13, "N111"),  # your recent purchase
    (16, "N104"),  # if your new vehicle is equipped with SYNC
    (18, "N102"),  # www.example.com/owners
    (22, "N113"),  # do not hesitate, across a line end
    (27, "N115"),  # if you know anyone ... referrals
    (31, "N101"),  # ________
    (32, "N114"),  # Your Sales Team
    (35, "N103"),  # unsubscribe
}
TEMPLATE = {(5, "T003"), (8, "T004"), (8, "T005"), (7, "N111"), (10, "N104"), (12, "N110"), (16, "N113"), (16, "N115")}
CUSTOMERS = {(6, "F016"), (22, "F016")}


def test_the_terrible_samples_are_taken_apart(notegen: Run) -> None:
    ran = notegen("lint", SAMPLES / "terrible", "--format", "json")
    assert ran.status == 1
    findings = json.loads(ran.out)["findings"]
    found = {(Path(one["file"]).name, one["line"], one["code"]) for one in findings}
    for file, expected in (("letter.txt", LETTER), ("template.j2", TEMPLATE), ("customers.yaml", CUSTOMERS)):
        assert {(file, *one) for one in expected} - found == set()
    assert len({one["code"] for one in findings}) >= 8


@pytest.mark.parametrize("shop", SHOPS)
def test_the_shops_are_clean(shop: str, notegen: Run) -> None:
    ran = notegen("lint", SAMPLES / shop, "--today", "2025-11-25")
    assert (ran.status, ran.out) == (0, "no problems\n")
