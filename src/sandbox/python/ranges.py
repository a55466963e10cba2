"""
Ranges as programs see them. A range costs nothing until something walks through it, so one of any length may be made,
measured, indexed, cut, compared and asked what is in it. A long one is not Python's own but an object that behaves
like it and pays for every item it gives, whoever asks.
"""

import builtins as python
import sys

import guards

PLAIN = 1_000  # items of a range that is Python's own: too few to cost much, whoever walks through them
_MODULUS = sys.hash_info.modulus
_LONGEST = 2**63 - 1  # what len() can say where programs come from; the machine under Pyodide has 32 bits


class _Type(type):
    def __instancecheck__(cls, value):
        return type(value) is cls or type(value) is python.range

    def __subclasscheck__(cls, other):
        return other is cls or other is python.range

    def __repr__(cls):
        return "<class 'range'>"


class Range(metaclass=_Type):
    """What programs find under the name `range`. Short ones come out as Python's own."""

    __slots__ = ("_whole",)

    def __new__(cls, *arguments, **keywords):
        return wrap(python.range(*arguments, **keywords))

    def __iter__(self):
        return _paid(iter(self._whole), self._whole)

    def __reversed__(self):
        return _paid(reversed(self._whole), self._whole)

    def __getitem__(self, at):
        found = self._whole[at]
        return wrap(found) if type(found) is python.range else found

    def __contains__(self, item):
        self._search(item)
        return item in self._whole

    def index(self, item, /):
        self._search(item)
        return self._whole.index(item)

    def count(self, item, /):
        self._search(item)
        return self._whole.count(item)

    def _search(self, item):
        # Integers are looked up; anything else is compared with every item.
        if type(item) is not int and type(item) is not bool:
            guards.spend(guards.size(self._whole))

    def __eq__(self, other):
        return self._whole == (other._whole if type(other) is Range else other)

    def __hash__(self):
        return hash(self._whole)

    def __bool__(self):
        return True

    def __repr__(self):
        return repr(self._whole)

    start = property(lambda self: self._whole.start)
    stop = property(lambda self: self._whole.stop)
    step = property(lambda self: self._whole.step)


_Type.__name__ = _Type.__qualname__ = "type"
Range.__name__ = Range.__qualname__ = "range"


def wrap(made):
    if guards.size(made) > PLAIN:
        whole = object.__new__(Range)
        whole._whole = made
        return whole
    if made.step % _MODULUS == 0 and len(made) > 1:
        guards.spend(len(made) ** 2)
    return made


def measure(made):
    """`len` of a range of any kind."""
    items = guards.size(made._whole if type(made) is Range else made)
    if items > _LONGEST:
        raise OverflowError("Python int too large to convert to C ssize_t")
    return items


def _paid(items, whole):
    # All of one hash: a dict or a set compares each of them with all that came before.
    collides = whole.step % _MODULUS == 0
    for number, item in enumerate(items):
        guards.spend(10 + number if collides else 10)
        yield item


def use(value):
    """As `guards.use`, where programs have Python's own ranges: a long one of them is exchanged."""
    return wrap(value) if type(value) is python.range else guards.use(value)


def walk(value):
    """A value that the next operation walks through, but perhaps not to its end."""
    if type(value) is python.range:
        if guards.size(value) > PLAIN:
            return wrap(value)
        guards.spend(len(value))
        return value
    return guards.use(value)


def build(value):
    """A value that the next operation makes another one of as a whole; a range is then Python's own again."""
    if type(value) is not Range and type(value) is not python.range:
        return guards.use(value)
    whole = value._whole if type(value) is Range else value
    items = guards.size(whole)
    guards.charge(items)
    if items > PLAIN and whole.step % _MODULUS == 0:
        guards.spend(items**2)
    return whole
