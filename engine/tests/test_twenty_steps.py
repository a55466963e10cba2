"""Twenty steps of `demo-nano`, from the third on here: they reach what the page's twenty steps reach.

The page's own figures are in twenty_steps.json, seed by seed; `python engine/tests/test_twenty_steps.py` writes it anew.
"""

import json
import statistics
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from kelvin_engine.node import repository

FIGURES = Path(__file__).with_name("twenty_steps.json")
SEEDS = (1, 2, 3, 4)
STEPS = 20


def play_in_the_page(seed, folder, *flags):
    command = ["npm", "run", "--silent", "lab", "--", "--preset", "demo-nano", "--seed", str(seed), "--out", str(folder)]
    command += ["--steps", str(STEPS), "--evaluate-every", str(STEPS), "--pass-k", "0", *flags]
    subprocess.run(command, cwd=repository(), check=True, stderr=subprocess.PIPE)


def reached(folder):
    """Held-out deduction after the last step, the mean of all lengths."""
    last = json.loads((Path(folder) / "metrics.jsonl").read_text().splitlines()[-1])
    assert last["step"] == STEPS
    return statistics.mean(last["heldOut"]["deduction"].values())


def test_twenty_steps_reach_what_the_page_reaches(tmp_path):
    from test_continue import go_on

    page = json.loads(FIGURES.read_text())["deduction"].values()
    folder = tmp_path / "run"
    play_in_the_page(1, folder, "--stop-after", "3")
    go_on(folder, "--until", str(STEPS))
    # Of a seed of its own nothing else can be expected than of the page's seeds.
    assert reached(folder) >= statistics.mean(page) - 3 * statistics.stdev(page)


if __name__ == "__main__":
    figures = {}
    for seed in SEEDS:
        with TemporaryDirectory() as folder:
            play_in_the_page(seed, folder)
            figures[str(seed)] = round(reached(folder), 4)
    FIGURES.write_text(json.dumps({"steps": STEPS, "preset": "demo-nano", "deduction": figures}, indent=2) + "\n")
