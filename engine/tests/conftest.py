"""What the tests share: a run that the page has made, and a trainer on responses that are made up."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from filelock import FileLock

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from kelvin_engine.node import repository  # noqa: E402
from page import ask  # noqa: E402

import stand_in  # noqa: E402

torch.set_num_threads(1)

LONG = ("test_twenty_steps", "test_ray", "test_continue")  # what takes minutes begins first


def pytest_collection_modifyitems(items):
    rank = {name: i for i, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(LONG)))


@pytest.fixture(scope="session")
def nano(tmp_path_factory):
    """The shipped base `nano` with its tokenizer, as an export has it."""
    folder = tmp_path_factory.mktemp("nano")
    for name in ("config.json", "model.safetensors"):
        shutil.copy(repository() / "public/bases/nano" / name, folder)
    ask({"tokenizer": str(folder)})
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory, worker_id):
    """The folder of a nano run after one step, written by the page's own build in Chromium; nobody changes it."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        # One for all processes of pytest-xdist.
        shared = shared.parent
    folder = shared / "made"
    with FileLock(shared / "made.lock"):
        if not folder.exists():
            make(folder.with_name("making"))
            folder.with_name("making").rename(folder)
    return folder


def make(folder):
    flags = ["--preset", "demo-nano", "--seed", "3", "--stop-after", "1", "--out", str(folder)]
    small = ["--evaluationTasks", "1", "--evaluationTiers", "2", "--proposalsPerKind", "4", "--attemptsPerTask", "4"]
    small += ["--bufferTasksPerKind", "2", "--seedingTarget", "6"]
    command = ["npm", "run", "--silent", "lab", "--", *flags, *map(flag, small)]
    subprocess.run(command, cwd=repository(), check=True, stderr=subprocess.PIPE)


@pytest.fixture(scope="session")
def model(made, tmp_path_factory):
    """The stand-in's folder; its tokenizer knows the prompts and the tasks of the run."""
    folder = tmp_path_factory.mktemp("models") / "stand-in"
    prompts = (repository() / "scripts/engine/text/prompts.ts").read_text()
    stand_in.make(folder, [prompts, (made / "tasks.jsonl").read_text()])
    return folder


def flag(text):
    """`--warmUpUpdates` as the command line has it: `--warm-up-updates`."""
    if not text.startswith("--"):
        return text
    return "--" + "".join(f"-{c.lower()}" if c.isupper() else c for c in text[2:])


def lines(folder, name):
    return [json.loads(line) for line in (Path(folder) / name).read_text().splitlines()]
