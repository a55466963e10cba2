"""What a step costs with so many workers: some steps of a run, measured, and what more workers would give.

Copies of the run go on for a few steps; the median of all but the first is what counts. What is planned is Amdahl's law
by phase: where a phase took t₁ with w₁ workers and t₂ with w₂, it is taken for fixed + dealt / workers.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from . import log

ALONE = 0  # workers of a run in one process, without Ray
PHASES = ("propose", "verify", "attempt", "judge", "update")


def measure(folder, workers, steps, flags=(), ray="local", ray_flags=()):
    """The median step of a copy of the run that goes on with so many workers: {workers, phases, tokens, tasks}."""
    with tempfile.TemporaryDirectory(prefix="kelvin-scale-") as scratch:
        copy = Path(scratch) / "run"
        shutil.copytree(folder, copy)
        taken = json.loads((copy / "state.json").read_text())["step"]
        command = [sys.executable, "-m", "kelvin_engine", "continue", str(copy), "--steps", str(steps), *flags]
        if workers != ALONE:
            command += ["--ray", ray, "--workers", str(workers), *ray_flags]
        # What it tells goes beside the table, to the standard error.
        subprocess.run(command, check=True, stdout=2, cwd=Path(__file__).parents[1])
        lines = [line for line in log.read(copy) if line["step"] > taken]
    return {"workers": workers, **median_step(lines[1:])}


def median_step(lines):
    """Of steps as `log.read` gives them: seconds by phase, tokens that were sampled, tasks that were measured."""
    tasks = [line["tasksPerSecond"] * sum(line["phaseSeconds"].values()) for line in lines]
    return {
        "phases": {phase: statistics.median(line["phaseSeconds"][phase] for line in lines) for phase in PHASES},
        "tokens": statistics.median(line["tokensSampled"] for line in lines),
        "tasks": statistics.median(tasks),
    }


def plan(few, many, workers):
    """The step with so many workers, from two that were measured on Ray with different numbers of them."""
    phases = {}
    for phase in PHASES:
        fixed, dealt = parts(few, many, phase)
        phases[phase] = fixed + dealt / workers
    return {**few, "workers": workers, "phases": phases}


def parts(few, many, phase):
    """Seconds of a phase that stay whatever the workers, and those that they share, both at least 0."""
    before, after = few["phases"][phase], many["phases"][phase]
    dealt = (before - after) / (1 / few["workers"] - 1 / many["workers"])
    dealt = min(max(dealt, 0), before * few["workers"])
    return before - dealt / few["workers"], dealt


def table(measured, planned=()):
    """A Markdown table of steps that were measured, and of those that are on paper only."""
    head = ["workers", "tokens a second", "tasks a second", "seconds a step", *PHASES]
    rows = [head, ["---"] * len(head)]
    for steps, note in ((measured, ""), (planned, " (planned)")):
        for step in steps:
            seconds = sum(step["phases"].values())
            name = "one process" if step["workers"] == ALONE else f"{step['workers']} on Ray{note}"
            numbers = [f"{step['tokens'] / seconds:,.0f}", f"{step['tasks'] / seconds:.1f}", f"{seconds:.2f}"]
            rows.append([name, *numbers, *(f"{step['phases'][phase]:.2f}" for phase in PHASES)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def bottleneck(few, many):
    """What no number of workers would shorten, in a sentence."""
    fixed = {phase: parts(few, many, phase)[0] for phase in PHASES}
    longest, total = max(fixed, key=fixed.get), sum(fixed.values())
    if total == 0:
        return "All of it was shared: nothing measured here would stay with any number of workers."
    return (
        f"With any number of workers {total:.2f} seconds of a step stay, "
        f"{fixed[longest]:.2f} of them of the phase {longest}: the bottleneck."
    )


def scale(folder, workers, steps, planned, flags, ray, ray_flags):
    """Measures, and prints the table. Runs one after the other: they would share the machine."""
    measured = [measure(folder, count, steps, flags, ray, ray_flags) for count in workers]
    on_ray = sorted((step for step in measured if step["workers"] != ALONE), key=lambda step: step["workers"])
    if len({step["workers"] for step in on_ray}) < 2:
        print(table(measured))
        return
    few, many = on_ray[0], on_ray[-1]
    print(table(measured, [plan(few, many, count) for count in planned]))
    print(f"\n{bottleneck(few, many)}")
