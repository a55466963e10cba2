"""Judges on a Ray cluster, behind the page's own pool."""

import json
import os
import sys
import threading
import time

import psutil
import pytest
import ray
from kelvin_engine.judges import open_judges
from kelvin_engine.node import repository
from page import ask
from test_continue import ENGINE

PYTHON = os.environ.get("KELVIN_JUDGE_PYTHON") or (sys.executable if sys.version_info >= (3, 12) else None)
SAMPLE = 60  # programs of engine/verdicts.jsonl
# Loops in which no Python code runs: nothing counts their steps, and nothing hears that their time is up.
HANGING = ["def f(x):\n    return sum(iter(int, 1))", "def f(x):\n    return max(iter(int, 1))"]


@pytest.fixture(scope="module")
def cluster():
    ray.init("local", num_cpus=2, include_dashboard=False, runtime_env={"env_vars": {"PYTHONPATH": str(ENGINE)}})
    yield
    ray.shutdown()


def judge(name, requests, **options):
    """What two judges on the cluster say of programs, and the statistics of their pool."""
    python = PYTHON or "python3"
    with open_judges(["--judge", name, "--python", python]) as line:
        asked = {"requests": requests, "line": line, "name": name, "python": python}
        # Only what hangs may be late, however busy this machine is.
        patient = {"workers": 2, "timeoutMs": 60_000, "startTimeoutMs": 600_000}
        said = ask({"judge": {**asked, "options": {**patient, **options}}})
    return said["outcomes"], said["stats"]


def program(source, text="1", runs=1):
    return {"program": source, "inputs": [text], "runs": runs}


def verdict(outcomes):
    (outcome,) = outcomes
    return outcome["output"] if outcome["ok"] else [outcome["refusal"], outcome["detail"]]


def processes():
    """Of judges that stand below this process."""
    return [each for each in psutil.Process().children(recursive=True) if is_judge(each)]


def is_judge(process):
    try:
        return "scripts/engine/judge.ts" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def until(condition):
    while not (found := condition()):
        time.sleep(0.05)
    return found


def test_verdicts_are_the_page_s(cluster):
    lines = (repository() / "engine/verdicts.jsonl").read_text().splitlines()
    vectors = [json.loads(line) for line in lines[:: len(lines) // SAMPLE]]
    outcomes, stats = judge("pyodide", [program(each["program"], each["input"], 2) for each in vectors])
    assert [verdict(each) for each in outcomes] == [each["verdict"] for each in vectors]
    assert stats["workers"] == 2 and stats["respawned"] == 0
    until(lambda: not processes())


def test_a_judge_that_is_lost_or_hangs_is_replaced(cluster):
    killed = []

    def kill():
        first, _ = until(lambda: len(processes()) == 2 and processes())
        killed.append(first.parent())
        first.parent().kill()

    # While one judge hangs, its actor or that of the other is killed.
    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    sound = [program(f"def f(x):\n    return x + {n}") for n in range(40)]
    name = "native" if PYTHON else "pyodide"
    asked = [*sound[:20], *map(program, HANGING), *sound[20:]]
    outcomes, stats = judge(name, asked, mode="bare", timeoutMs=3_000)
    (actor,) = killed
    assert not actor.is_running()
    verdicts = [verdict(each) for each in outcomes]
    assert [*verdicts[:20], *verdicts[22:]] == [str(1 + n) for n in range(40)]
    # What was at a judge twice when that was lost is blamed; of the two, that is one at most.
    late, lost = ["timeout", "it ran for more than 3000 ms"], ["error", "the judge was lost"]
    assert late in verdicts[20:22] and all(each in (late, lost) for each in verdicts[20:22])
    assert stats["respawned"] >= 1
    until(lambda: not processes())
