"""Who may send what: looked up by keyed hash, in cases that are not closed."""

from __future__ import annotations

from tests.registry import SECOND_CASE, STRANGERS, Registry

AUTHOR = "author@meadowlane.example"


def references(registry: Registry, email: str) -> list[str]:
    return [place.reference for place in registry.register.people.places_of_sender(email)]


def test_a_registered_address_has_a_place_in_each_of_its_cases(registry: Registry) -> None:
    registry.load(SECOND_CASE)
    assert references(registry, AUTHOR) == ["N12", "N13"]
    assert references(registry, AUTHOR.upper()) == ["N12", "N13"]


def test_an_address_near_a_registered_one_has_none(registry: Registry) -> None:
    """Failure mode 43."""
    for email in ("author@meadowlane.example.org", "author@rneadowlane.example", "author", ""):
        assert references(registry, email) == []


def test_a_case_that_is_closed_takes_nothing_and_one_on_hold_does(registry: Registry) -> None:
    registry.database.execute_change("UPDATE cases SET state = 'on hold'")
    assert references(registry, AUTHOR) == ["N12"]
    registry.database.execute_change("UPDATE cases SET state = 'closed'")
    assert references(registry, AUTHOR) == []
    assert registry.register.people.places_of_agency("GP") == []


def test_a_place_carries_the_person_it_was_found_by(registry: Registry) -> None:
    (place,) = registry.register.people.places_of_sender("commissioner@meadowlane.example")
    assert place.contact is not None
    assert (place.contact.name, place.contact.role) == ("Commissioner One", "commissioner")
    assert place.contact.email == "commissioner@meadowlane.example"


def test_an_agency_s_folder_has_a_place_in_every_case_of_that_code(registry: Registry) -> None:
    registry.load(STRANGERS)
    places = registry.register.people.places_of_agency("gp")
    assert [(place.reference, place.contact) for place in places] == [("N12", None), ("N13", None)]
    assert registry.register.people.places_of_agency("XX") == []


def test_authors_come_first_among_an_agency_s_people(registry: Registry) -> None:
    people = registry.register.people.contacts_of_agency(registry.place("POL").agency_id)
    assert [person.role for person in people] == ["author", "commissioner"]


def test_a_person_who_has_two_roles_has_one_place(registry: Registry) -> None:
    registry.database.execute_insert(
        "INSERT INTO contacts (agency_id, role, address, sealed)"
        " SELECT agency_id, 'panel representative', address, sealed FROM contacts WHERE id = 1"
    )
    assert references(registry, AUTHOR) == ["N12"]
