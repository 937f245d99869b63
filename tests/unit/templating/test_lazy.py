from __future__ import annotations

import json
from typing import Any, ClassVar

import pytest

from generator.templating.lazy import LazyDict


class Lamp(LazyDict):
    __slots__ = ("asked",)

    def __init__(self) -> None:
        self.asked: list[str] = []
        self["name"] = "lamp"

    def ask(self, name: str) -> str:
        self.asked.append(name)
        return name.upper()

    fields: ClassVar = {
        "colour": lambda lamp: lamp.ask("colour"),
        "name": lambda lamp: "lamp",
        "size": lambda lamp: lamp.ask("size"),
        "broken": lambda lamp: {}["missing"],
    }


class Whole(Lamp):
    __slots__ = ()
    fields: ClassVar = {name: Lamp.fields[name] for name in ("colour", "name", "size")}


def test_a_field_is_computed_at_its_first_read_alone() -> None:
    lamp = Lamp()
    assert lamp["size"] == lamp["size"] == "SIZE"
    assert lamp.asked == ["size"]


def test_what_needs_no_value_computes_none() -> None:
    lamp = Lamp()
    assert len(lamp) == 4
    assert bool(lamp)
    assert "colour" in lamp
    assert "weight" not in lamp
    assert list(lamp) == list(lamp.keys()) == ["colour", "name", "size", "broken"]
    assert lamp.get("weight") is None
    assert lamp.asked == []


def test_an_unknown_key_is_a_key_error_and_a_failing_field_is_not() -> None:
    lamp = Lamp()
    with pytest.raises(KeyError):
        lamp["weight"]
    with pytest.raises(RuntimeError, match="broken"):
        lamp["broken"]


@pytest.mark.parametrize("read_first", [[], ["size"], ["size", "colour"]])
def test_the_whole_comes_in_the_order_of_the_fields(read_first: list[str]) -> None:
    whole = {"colour": "COLOUR", "name": "lamp", "size": "SIZE"}

    def lamp() -> Any:
        made = Whole()
        for name in read_first:
            made[name]
        return made

    assert list(lamp().items()) == list(whole.items())
    assert list(lamp().values()) == list(whole.values())
    assert json.dumps(lamp()) == json.dumps(dict(lamp())) == json.dumps({**lamp()}) == json.dumps(whole)
    assert json.dumps(lamp(), indent=1) == json.dumps(whole, indent=1)
    assert repr(lamp()) == repr(whole)


def test_two_are_equal_when_their_values_are() -> None:
    lamp, other = Whole(), Whole()
    other["size"]
    assert lamp == other
    assert other == {"colour": "COLOUR", "name": "lamp", "size": "SIZE"}
    assert lamp != {"colour": "COLOUR"}
    assert lamp in [other]
