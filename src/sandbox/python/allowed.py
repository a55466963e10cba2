"""The lists: what a program may be made of. Everything not listed is refused with a reason."""

import ast
import builtins as python


class Refused(Exception):
    """A program or an input that is not accepted; `refusal` is one of the closed set of sandbox.ts."""

    def __init__(self, refusal, detail):
        super().__init__(detail)
        self.refusal = refusal
        self.detail = detail


EXCEPTIONS = frozenset(
    "Exception ArithmeticError AssertionError AttributeError IndexError KeyError LookupError NameError "
    "NotImplementedError OverflowError RuntimeError StopIteration TypeError UnboundLocalError "
    "UnicodeDecodeError UnicodeEncodeError UnicodeError ValueError ZeroDivisionError".split()
)
FUNCTIONS = frozenset(
    "abs all any ascii bin bool callable chr dict divmod enumerate filter float format frozenset hex int "
    "isinstance issubclass iter len list map max min next oct ord pow print range repr reversed round set "
    "slice sorted str sum tuple type zip".split()
)
CAUGHT = EXCEPTIONS | {"BaseException"}
ALLOWED_NAMES = FUNCTIONS | EXCEPTIONS
# Suites made elsewhere also compute with bytes and complex numbers.
SUITE_NAMES = ALLOWED_NAMES | {"bytes", "bytearray", "complex", "StopAsyncIteration", "BaseException"}
# Names that mean something in Python but not here: using one is a reason to refuse, not a NameError.
KNOWN_NAMES = frozenset(dir(python))

METHODS = frozenset(
    # str
    "capitalize casefold center count encode endswith expandtabs find format index isalnum isalpha isascii "
    "isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower "
    "lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit "
    "rstrip split splitlines startswith strip swapcase title translate upper zfill "
    # list, dict, set, tuple
    "append clear copy extend insert pop remove reverse sort fromkeys get items keys popitem setdefault "
    "update values add difference difference_update discard intersection intersection_update isdisjoint "
    "issubset issuperset symmetric_difference symmetric_difference_update union "
    # int, float, generators
    "bit_count bit_length conjugate is_integer as_integer_ratio numerator denominator real imag "
    "send throw close".split()
) - {"encode", "throw"}
SUITE_METHODS = METHODS | {"encode", "decode", "hex", "fromhex", "from_bytes", "to_bytes", "throw"}
DATA = frozenset(("numerator", "denominator", "real", "imag"))
TYPES = frozenset(("str", "list", "dict", "set", "frozenset", "tuple", "int", "float", "bool"))
# Attributes by which a value leads to frames, code and globals of others. In modes without the allow-list they are
# refused when the program gets there.
LEADING_OUT = frozenset(
    "__builtins__ __closure__ __code__ __globals__ __loader__ __spec__ __subclasses__ ag_code ag_frame co_code "
    "cr_code cr_frame f_back f_builtins f_code f_generator f_globals f_locals gi_code gi_frame tb_frame".split()
)
# And to classes of others, which programs of a suite may look at.
INTROSPECTION = LEADING_OUT | {"mro", "tb_next", "with_traceback"}
# Methods whose cost does not grow with the receiver.
CHEAP = frozenset("append pop get add discard items keys values setdefault send close bit_length".split())
# Methods that walk through their arguments in C.
FEEDS = frozenset(
    "fromkeys update union intersection difference symmetric_difference difference_update intersection_update "
    "symmetric_difference_update isdisjoint issubset issuperset startswith endswith".split()
)
# Those of them that may be done before they are at the end.
END_EARLY = frozenset("isdisjoint issuperset startswith endswith".split())
# Builtins that walk through their arguments in C.
WALKS = frozenset(
    "all any dict enumerate filter frozenset int list map max min reversed set sorted str sum tuple zip".split()
)
# Those of these that make a value as large as what they walk through.
BUILDS = frozenset("dict frozenset list set sorted tuple".split())
# A program that mentions one of these may show the order of a set, which differs with the hash seed.
ORDERLESS = frozenset(("set", "frozenset"))
VIEWS = frozenset(("keys", "items"))

NODES = frozenset(
    getattr(ast, name)
    for name in (
        "FunctionDef arguments arg Return Delete Assign AugAssign AnnAssign For While If Break Continue Pass "
        "Raise Try Assert Expr Nonlocal ExceptHandler BoolOp NamedExpr BinOp UnaryOp Lambda IfExp Dict Set "
        "ListComp SetComp DictComp GeneratorExp comprehension Yield YieldFrom Compare Call keyword "
        "FormattedValue JoinedStr Constant Attribute Subscript Starred Name List Tuple Slice Match match_case "
        "MatchValue MatchSingleton MatchSequence MatchMapping MatchStar MatchAs MatchOr"
    ).split()
)
PLAIN_NAMES = {
    "Import": "an import",
    "ImportFrom": "an import",
    "ClassDef": "a class",
    "Global": "a global statement",
    "With": "a with statement",
    "AsyncFunctionDef": "async code",
    "AsyncFor": "async code",
    "AsyncWith": "async code",
    "Await": "async code",
    "TryStar": "except*",
    "MatchClass": "a class pattern",
    "TemplateStr": "a template string",
    "TypeAlias": "a type statement",
}
CONSTANTS = frozenset((int, float, str, bool, type(None)))
SUITE_CONSTANTS = CONSTANTS | {bytes, complex, type(...)}


def is_whole(name):
    """Whether a builtin or a method makes something of all the items of its arguments."""
    return name in BUILDS or name in FEEDS and name not in END_EARLY
