"""Named tuples made the fast way behave as typing's."""

import pickle
from typing import NamedTuple as Slow

import pytest

from wpmi_lint.model import Place
from wpmi_lint.records import NamedTuple


class Fast(NamedTuple):
    """A record."""

    a: int
    b: "tuple[int, ...]" = ()

    def total(self) -> int:
        """The sum."""
        return self.a + sum(self.b)


class Slower(Slow):
    a: int
    b: "tuple[int, ...]" = ()


def test_it_behaves_as_a_named_tuple() -> None:
    assert Fast(1, (2,)).total() == 3
    assert Fast(b=(2,), a=1) == (1, (2,)) == Slower(1, (2,))
    assert Fast._fields == Slower._fields
    assert Fast._field_defaults == Slower._field_defaults
    assert Fast.__doc__ == "A record."
    assert repr(Fast(1)) == "Fast(a=1, b=())"
    assert Fast(1)._replace(a=2).a == 2
    assert Fast(1)._asdict() == {"a": 1, "b": ()}


def test_a_wrong_field_is_refused() -> None:
    with pytest.raises(ValueError, match="Fast has no field c"):
        Fast(1)._replace(c=2)
    with pytest.raises(TypeError, match="unexpected keyword argument 'c'"):
        Fast(1, c=2)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'a'"):
        Fast()  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Fast(1).c = 2  # type: ignore[attr-defined]


def test_it_can_be_matched_and_sent_to_another_process() -> None:
    match Fast(1, (2,)):
        case Fast(a, b):
            assert (a, b) == (1, (2,))
    place = Place("a.csv", cell="B2")
    assert pickle.loads(pickle.dumps(place)) == place
    assert Place.__module__ == "wpmi_lint.model.findings"
