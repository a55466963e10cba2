"""The same run on two workers of Ray, one of which is killed in the middle of a step."""

import os
import shutil
import signal
import subprocess
import sys

import psutil
from kelvin_engine.on_ray import bring_back, read
from test_continue import ENGINE, check_steps


def test_two_workers_and_the_loss_of_one(made, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(made, folder)
    command = [sys.executable, "-m", "kelvin_engine", "continue", str(folder), "--steps", "3"]
    command += ["--ray", "local", "--workers", "2", "--judges", "2", "--storage", str(tmp_path / "storage")]
    process = subprocess.Popen(command, cwd=ENGINE, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said, killed = [], None
    for line in process.stdout:
        said.append(line)
        # The second step is under way as soon as the first has been told.
        if killed is None and "step 2/4" in line:
            killed = workers_of(process.pid)[-1]
            os.kill(killed, signal.SIGKILL)
    assert process.wait() == 0, "".join(said)
    assert killed is not None
    assert sum("Started training worker group of size 2" in line for line in said) == 2, "".join(said)
    assert "tasks run again: 0 dropped" in "".join(said)
    check_steps(made, folder, 3)

    # What an interrupted run gets back, too.
    (stored,) = (tmp_path / "storage").glob("kelvin-*")
    again = tmp_path / "again"
    bring_back(stored, again)
    assert read(again) == read(folder)
    bring_back(tmp_path / "nowhere", again)
    assert read(again) == read(folder)


def test_what_cannot_begin_is_said_once(made, tmp_path):
    """Ray Train would try again what a worker raises."""
    folder = tmp_path / "run"
    shutil.copytree(made, folder)
    command = [sys.executable, "-m", "kelvin_engine", "continue", str(folder), "--ray", "local", "--workers", "2"]
    done = subprocess.run([*command, "--model", "/nowhere/at-all"], cwd=ENGINE, text=True, capture_output=True)
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if "cannot be loaded" in line]
    assert said and "The run failed: /nowhere/at-all cannot be loaded" in said[-1]
    assert (done.stdout + done.stderr).count("Started training worker group of size 2") == 1
    assert read(folder) == read(made)


def workers_of(pid):
    """Processes that Ray Train has started below this one."""
    return sorted(
        child.pid for child in psutil.Process(pid).children(recursive=True) if "RayTrainWorker" in " ".join(child.cmdline())
    )
