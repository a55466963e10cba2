"""A run that the page has made goes on here, and then in the page again."""

import contextlib
import io
import json
import math
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import lines
from kelvin_engine.__main__ import main
from kelvin_engine.node import repository

ENGINE = Path(__file__).parents[1]


def go_on(folder, *flags):
    """What the command does, here: a process of its own would only load PyTorch and TRL once more."""
    with contextlib.redirect_stdout(io.StringIO()) as told:
        main(["continue", str(folder), *flags])
    return told.getvalue()


@pytest.fixture(scope="session")
def gone_on(made, tmp_path_factory):
    """The run after three more steps in one process, and what was told; one of its tasks has a wrong output."""
    folder = tmp_path_factory.mktemp("gone-on") / "run"
    shutil.copytree(made, folder)
    state = json.loads((folder / "state.json").read_text())
    wrong = state["buffers"]["deduction"]["tasks"][0]
    wrong["output"] = "'never'"
    (folder / "state.json").write_text(json.dumps(state))
    told = go_on(folder, "--steps", "3")
    return folder, told, wrong["id"]


def check_steps(before, after, steps):
    """The run has gone on soundly by so many steps."""
    taken = json.loads((before / "state.json").read_text())["step"]
    state = json.loads((after / "state.json").read_text())
    assert state["step"] == taken + steps
    metrics = lines(after, "metrics.jsonl")
    assert [line["step"] for line in metrics] == list(range(1, taken + steps + 1))
    assert metrics[:taken] == lines(before, "metrics.jsonl"), "what the page wrote stays"
    for line in metrics[taken:]:
        assert set(metrics[0]) - OFTEN <= set(line), "the same metrics under the same names"
        assert all(math.isfinite(line[name]) for name in ("loss", "gradNorm", "entropy"))
    assert any(line["gradNorm"] > 0 for line in metrics[taken:])
    drift = [line["klToBase"]["solve"] for line in metrics]
    assert 0 < drift[taken - 1] < drift[-1] < 0.1, "the base is not the reasoner that moves away from it"
    sizes = [line["bufferSize"] for line in metrics]
    assert sizes[-1] > sizes[taken - 1]
    assert (before / "model.safetensors").read_bytes() != (after / "model.safetensors").read_bytes()
    assert {path.name for path in before.iterdir()} == {path.name for path in after.iterdir()}


# What is not measured in every step: of evaluations, of solved tasks, and of steps without a valid proposal of a kind.
OFTEN = {"heldOut", "heldOutThinks", "heldOutErrors", "heldOutQuick", "base", "baseForced", "detections", "klToBase"}


def test_the_run_goes_on(made, gone_on):
    folder, _, _ = gone_on
    check_steps(made, folder, 3)
    engine = [line["event"] for line in lines(folder, "events.jsonl") if line["event"]["type"] == "engine"]
    assert "TRL 1.16" in engine[-1]["device"]


def test_the_page_takes_it_up_again(gone_on, tmp_path):
    """The page's own build opens the folder in Chromium and takes a step: curves, buffer, tree, weights and moments."""
    folder = tmp_path / "run"
    shutil.copytree(gone_on[0], folder)
    step = json.loads((folder / "state.json").read_text())["step"]
    command = ["npm", "run", "--silent", "lab", "--", "--resume", str(folder), "--steps", "20"]
    subprocess.run([*command, "--stop-after", str(step + 1)], cwd=repository(), check=True, stderr=subprocess.PIPE)
    metrics = lines(folder, "metrics.jsonl")
    assert [line["step"] for line in metrics] == list(range(1, step + 2))
    assert metrics[:step] == lines(gone_on[0], "metrics.jsonl")


def test_a_task_that_the_judge_sees_otherwise_is_dropped(gone_on):
    folder, told, wrong = gone_on
    assert "tasks run again: 1 dropped" in told
    left = json.loads((folder / "state.json").read_text())["buffers"]["deduction"]["tasks"]
    assert wrong not in [task["id"] for task in left]


def test_what_is_no_run_is_said(tmp_path):
    command = [sys.executable, "-m", "kelvin_engine", "continue", str(tmp_path)]
    done = subprocess.run(command, cwd=ENGINE, text=True, stderr=subprocess.PIPE)
    assert done.returncode == 1 and "no folder of a run that was kept" in done.stderr
