"""The table of what a step costs by workers."""

import pytest
from kelvin_engine.__main__ import main
from kelvin_engine.scale import bottleneck, median_step, plan, table


def step(workers, **phases):
    seconds = {"propose": 0, "verify": 0, "attempt": 0, "judge": 0, "update": 0, **phases}
    return {"workers": workers, "phases": seconds, "tokens": 300, "tasks": 6}


def test_what_is_shared_and_what_stays():
    one, two = step(1, attempt=8, update=4, judge=1), step(2, attempt=4, update=3, judge=1)
    four = plan(one, two, 4)["phases"]
    assert four == {"propose": 0, "verify": 0, "attempt": 2, "judge": 1, "update": 2.5}
    assert "3.00 seconds of a step stay, 2.00 of them of the phase update" in bottleneck(one, two)


def test_more_workers_are_never_planned_to_be_slower_nor_faster_than_all_shared():
    one, two = step(1, attempt=4, judge=2), step(2, attempt=6, judge=0.5)
    many = plan(one, two, 8)["phases"]
    assert many["attempt"] == 4 and many["judge"] == pytest.approx(2 / 8)


def test_the_median_of_steps():
    lines = [
        {"phaseSeconds": step(1, attempt=seconds)["phases"], "tokensSampled": 100 * seconds, "tasksPerSecond": 2}
        for seconds in (9, 1, 2)
    ]
    assert median_step(lines) == {"phases": step(1, attempt=2)["phases"], "tokens": 200, "tasks": 4}


def test_a_table():
    rows = table([step(0, attempt=2), step(1, attempt=3)], [step(4, attempt=1)]).splitlines()
    assert rows[2] == "| one process | 150 | 3.0 | 2.00 | 0.00 | 0.00 | 2.00 | 0.00 | 0.00 |"
    assert rows[4].startswith("| 4 on Ray (planned) | 300 | 6.0 | 1.00 |")


def test_a_run_is_measured_and_stays_as_it_was(made, capsys):
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    main(["scale", str(made), "--workers", "0", "--steps", "2", "--threads", "1"])
    head, _, row = capsys.readouterr().out.splitlines()
    assert head.startswith("| workers | tokens a second |") and row.startswith("| one process |")
    assert {path.name: path.read_bytes() for path in made.iterdir()} == before
