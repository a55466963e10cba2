"""What other tools are given, read back by their own readers."""

from pathlib import Path

import pytest
from conftest import lines
from kelvin_engine.__main__ import main
from kelvin_engine.log import figures, read


def test_names(made):
    (step, numbers), = figures(read(made))
    first = lines(made, "metrics.jsonl")[0]
    assert step == 1
    assert numbers["grad_norm"] == first["gradNorm"] == numbers["kelvin/gradNorm"]
    assert numbers["num_tokens"] == first["tokensSampled"]
    cell = "propose:deduction"
    assert numbers[f"rewards/{cell}/mean"] == first["reward"][cell] == numbers[f"kelvin/reward/{cell}"]
    assert numbers["step_time"] == pytest.approx(sum(lines(made, "timing.jsonl")[0]["phaseSeconds"].values()))


def test_tensorboard(made, tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    main(["log", str(made), "--to", "tensorboard", "--out", str(tmp_path)])
    (events,) = Path(tmp_path).rglob("events.*")
    found = EventAccumulator(str(events)).Reload()
    (loss,) = found.Scalars("loss")
    assert loss.step == 1 and loss.value == pytest.approx(lines(made, "metrics.jsonl")[0]["loss"], rel=1e-5)


def test_trackio(made, tmp_path, monkeypatch):
    trackio = pytest.importorskip("trackio")
    monkeypatch.setenv("TRACKIO_DIR", str(tmp_path))
    main(["log", str(made), "--to", "trackio", "--project", "kelvin-test"])
    assert trackio is not None


def test_wandb(made, tmp_path, monkeypatch):
    pytest.importorskip("wandb")
    monkeypatch.setenv("WANDB_MODE", "offline")
    main(["log", str(made), "--to", "wandb", "--out", str(tmp_path)])
    assert list(tmp_path.rglob("*.wandb")), "an offline run that wandb sync takes"
