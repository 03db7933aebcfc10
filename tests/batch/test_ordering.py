"""The order of a post, of names and of postcodes."""

from __future__ import annotations

from notegen.batch.ordering import _KEYS, By, natural
from notegen.model.person import Person, Sorting


def person(key: str, **where: str) -> Person:
    return Person(key, where.pop("name", key), 0, sorting=Sorting(**where))


def ordered(by: By, people: list[Person]) -> list[str]:
    return [one.key for one in sorted(people, key=_KEYS[by])]


def test_the_post_walks_a_street_by_its_numbers_whichever_side_they_stand_on() -> None:
    people = [
        person("c", country="US", postcode="54999", street="12 Elm Road"),
        person("a", country="DE", postcode="10115", street="Ackerstraße 9"),
        person("b", country="US", postcode="54999", street="9 Elm Road"),
        person("d", country="US", postcode="54999", street="1 Oak Road"),
        person("e"),
        person("a2", country="DE", postcode="10115", street="Ackerstraße 10"),
    ]
    assert ordered(By.MAILING, people) == ["a", "a2", "b", "c", "d", "e"]


def test_names_go_by_the_family_and_then_by_the_whole() -> None:
    people = [
        person("1", family="reyes", name="Bo Reyes"),
        person("2", family="ito", name="Zoe Ito"),
        person("3", family="reyes", name="Ana Reyes"),
    ]
    assert ordered(By.NAME, people) == ["2", "3", "1"]


def test_postcodes_are_numbers_where_they_are_and_who_has_none_comes_last() -> None:
    people = [
        person("none"),
        person("b", postcode="AB10 1XG"),
        person("a", postcode="AB9 2XY"),
        person("n", postcode="01234"),
    ]
    assert ordered(By.POSTCODE, people) == ["n", "a", "b", "none"]


def test_numbers_in_texts_sort_as_people_count() -> None:
    assert sorted(["Elm 10", "elm 9", "Elm 9a"], key=natural) == ["elm 9", "Elm 9a", "Elm 10"]
