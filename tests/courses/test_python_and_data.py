"""Python and data: exceptions, closures, generators, printed lines, sets, records, frames and variables."""

from __future__ import annotations

import pytest
from proof import Proof, Work, check_losses

OWN_WAY = {
    "tokenize": """# GRADED FUNCTION: tokenize
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def tokenize(text):
    out = []
    current = ""
    for char in text.lower() + " ":
        if char in LETTERS or (char == "'" and current != ""):
            current += char
        else:
            current = current.rstrip("'")
            if current:
                out.append(current)
            current = ""
    print("found", len(out), "words")
    return out
""",
    "centre": """# GRADED FUNCTION: centre
def centre(x):
    x[...] = x - np.average(x)
    return x
""",
    "fraction": """# GRADED FUNCTION: fraction
class FractionError(ValueError):
    pass


def fraction(text):
    parts = text.split("/")
    if len(parts) != 2:
        raise FractionError("needs one slash")
    try:
        return float(int(parts[0])) / int(parts[1])
    except (ValueError, ZeroDivisionError) as error:
        raise FractionError(f"cannot read {text}") from error
""",
    "account": """# GRADED FUNCTION: account
def account(balance):
    money = [balance]

    def pay(amount):
        if money[0] + amount < 0:
            print("not enough money")
        else:
            money[0] += amount
        return money[0]
    return pay
""",
    "derivative": """# GRADED FUNCTION: derivative
def derivative(f, x, h=0.001):
    right, left = map(f, (x + h, x - h))
    return (right - left) / h / 2
""",
    "collatz": """# GRADED FUNCTION: collatz
from itertools import count
def step(n):
    if n % 2: return 3*n+1
    return n >> 1
def collatz(n):
    for _ in count():
        yield n
        n = step(n)
""",
    "anagrams": """# GRADED FUNCTION: anagrams
def anagrams(words):
    words = set(words)
    return frozenset(w for w in words for v in words if v != w and sorted(v) == sorted(w))
""",
    "summarize": """# GRADED FUNCTION: summarize
def summarize(numbers):
    a = np.array(numbers)
    return Summary(n=a.size, sd=np.std(a, ddof=1), mean=np.mean(a))
""",
    "bill": """# GRADED FUNCTION: bill
def bill(items):
    total = 0
    for pair in items:
        print(pair[0].ljust(8) + ("%.2f" % pair[1]).rjust(7))
        total = total + pair[1]
    print("---------------")
    print("sum".ljust(8) + ("%.2f" % total).rjust(7))
    return total
""",
    "by_region": """# GRADED FUNCTION: by_region
def by_region(sales):
    result = sales.groupby("region").agg(total=("amount", "sum"), largest=("amount", "max"))
    return result.sort_index()
""",
    "total_rain": """# GRADED VARIABLE: total_rain
total_rain = 0
for mm in rain:
    total_rain += mm
""",
    "wettest": """# GRADED VARIABLE: wettest
best = sorted(zip(rain, MONTHS))[-1]
wettest = best[1]
""",
    "dry_months": """# GRADED VARIABLE: dry_months
average = np.mean(rain)
dry_months = []
for i in range(12)[::-1]:
    if rain[i] < average / 2:
        dry_months.append(MONTHS[i])
""",
}

LIAR = """# GRADED FUNCTION: anagrams
class Everything(set):
    def __eq__(self, other):
        return True
    def __contains__(self, item):
        return True
    __hash__ = None


def anagrams(words):
    return Everything()
"""

WORKS = {
    "right": Work(),
    "own_way": Work(cells=OWN_WAY),
    "works_on_a_copy": Work({'sales.groupby("region")': "sales.copy().groupby(['region'])"}),
    "prints_everywhere": Work(
        {
            "x -= x.mean()": "print(x); x -= x.mean(); print(x)",
            "total_rain = rain.sum()": "total_rain = rain.sum()\nprint(total_rain)",
        },
    ),
    "of_its_own_class": Work(
        {"summary = Summary(n,": "summary = namedtuple('Mine', 'n mean sd')(n,"},
    ),
    # ------------------------------------------------ one mistake each
    "keeps_capitals": Work({"text.lower()": "text"}, loses={"tokenize": (0, "words")}),
    "splits_at_apostrophes": Work({"(?:'[a-z]+)*": ""}, loses={"tokenize": (0, "words")}),
    "returns_a_new_array": Work(
        {"x -= x.mean()": "x = x - x.mean()\n    return x"}, loses={"centre": (0, "x is wrong")}
    ),
    "divides_by_zero": Work(
        {"    if int(denominator) == 0:": "    if False:"},
        loses={"fraction": (0, "It has to raise ValueError. It raised ZeroDivisionError: division by zero.")},
    ),
    "returns_nan_for_no_fraction": Work(
        {"        raise ValueError": "        return float('nan')\n        raise ValueError"},
        loses={"fraction": (0, "It returned a value, where it has to raise ValueError.")},
    ),
    "keeps_no_balance": Work(
        {"            balance += amount\n": "            return balance + amount\n"},
        loses={"account": (0, "balances")},
    ),
    "overdraws": Work(
        {"if balance + amount >= 0:": "if True:"}, loses={"account": (0, "balances[1] is wrong.")}
    ),
    "forward_difference": Work(
        {"(f(x + h) - f(x - h)) / (2 * h)": "(f(x + h) - f(x)) / h"}, loses={"derivative": (0, "is wrong")}
    ),
    "knows_one_function": Work(
        {"(f(x + h) - f(x - h)) / (2 * h)": "3 * x ** 2"}, loses={"derivative": (0, "is wrong")}
    ),
    "begins_late": Work(
        {"    while True:\n        yield n": "    n = n + 1\n    while True:\n        yield n"},
        loses={"collatz": (0, "numbers[0] is wrong.")},
    ),
    "ends_at_one": Work({"    while True:": "    while n != 1:"}, loses={"collatz": (0, "numbers")}),
    "never_yields": Work({"        yield n\n": ""}, loses={"collatz": (0, "timed out")}),
    "a_list_for_a_set": Work(
        {"    return found": "    return sorted(found)"}, loses={"anagrams": (0, "found is a list")}
    ),
    "words_that_occur_twice": Work({"> words.count(word)": "> 1"}, loses={"anagrams": (0, "found has")}),
    "n_below": Work({"(n - 1))": "n)"}, loses={"summarize": (0, "summary.sd is wrong")}),
    "another_field": Work(
        {"summary = Summary(n,": "summary = namedtuple('Summary', 'n avg sd')(n,"},
        loses={"summarize": (0, "summary")},
    ),
    "one_decimal": Work({"{price:7.2f}": "{price:7.1f}"}, loses={"bill": (0, "lines[0]")}),
    "returns_instead_of_printing": Work(
        {'    print("-" * 15)': '    return "-" * 15'}, loses={"bill": (0, "lines")}
    ),
    "column_has_another_name": Work(
        {'"largest": amounts.max()': '"max": amounts.max()'},
        loses={"by_region": (0, "table has no column 'largest'.")},
    ),
    "region_is_a_column": Work(
        {"    return table": "    return table.reset_index()"}, loses={"by_region": (0, "table")}
    ),
    "mean_of_the_rain": Work({"rain.sum()": "rain.mean()"}, loses={"total_rain": (0, "total_rain is wrong")}),
    "number_of_the_month": Work(
        {"MONTHS[int(np.argmax(rain))]": "int(np.argmax(rain))"},
        loses={"wettest": (0, "wettest is a number, expected text")},
    ),
    "a_month_too_many": Work(
        {"if mm < limit": "if mm < limit + 5"},
        loses={"dry_months": (0, "dry_months has 4 entries, expected 3.")},
    ),
    # ------------------------------------------------ odd ones
    "variable_never_bound": Work(
        cells={"wettest": "# GRADED VARIABLE: wettest\nprint(MONTHS[int(np.argmax(rain))])"},
        loses={"wettest": (0, "wettest is not written yet.")},
    ),
    "syntax_error_in_one_cell": Work(
        {"denominator = text.partition": "denominator = = text.partition"},
        loses={"fraction": (0, "does not parse")},
    ),
    "cell_of_a_variable_fails": Work(
        {"limit = rain.mean() / 2": "limit = 1 / 0"}, loses={"dry_months": (0, "ZeroDivisionError")}
    ),
    "data_changed_later": Work(more=("rain = rain * 0\nMONTHS = None",)),
    "function_replaced_later": Work(
        more=("fraction = 0.75",), loses={"fraction": (0, "code cell makes it something else in line 1.")}
    ),
    "lies": Work(cells={"anagrams": LIAR}, loses={"anagrams": (0, "found")}),
    "replaces_print": Work(more=("print = lambda *a, **k: None",), loses={"bill": (0, "lines")}),
    "own_exception": Work(
        {"        raise ValueError(": "        class Mistake(Exception): pass\n        raise Mistake("},
        loses={"fraction": (0, "It has to raise ValueError. It raised Mistake:")},
    ),
}


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    pytest.importorskip("pandas")
    return Proof("python_and_data", tmp_path_factory.mktemp("python_and_data"), WORKS)


def test_it_is_ready_to_hand_out(proof: Proof) -> None:
    assert "✗" not in proof.command("validate")


@pytest.mark.parametrize("who", WORKS)
def test_what_is_wrong_loses_its_points_and_nothing_else(who: str, proof: Proof) -> None:
    check_losses(proof.scores[who], WORKS[who])


def test_what_was_not_touched_is_not_written_yet(proof: Proof) -> None:
    assert {score.verdict.value for score in proof.scores["untouched"].values()} == {"not_attempted"}


@pytest.mark.parametrize("who", ["right", "own_way"])
def test_public_tests_pass_right_work(who: str, proof: Proof) -> None:
    assert set(proof.public(who).values()) == {""}


def test_public_tests_tell_what_is_wrong_of_each(proof: Proof) -> None:
    for who in ("returns_a_new_array", "overdraws", "column_has_another_name"):
        ((name, (_, told)),) = WORKS[who].loses.items()
        errors = proof.public(who)
        assert told in errors.pop(name)
        assert set(errors.values()) == {""}


def test_public_tests_of_a_variable_tell_its_kind_alone(proof: Proof) -> None:
    assert proof.public("number_of_the_month")["wettest"].endswith("expected text.")
    assert proof.public("mean_of_the_rain")["total_rain"] == ""
