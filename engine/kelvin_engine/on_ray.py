"""The same run on the workers of a Ray cluster: Ray Train starts them, restarts them, and holds the checkpoints.

A checkpoint is the run's folder as it was after a step. Worker 0 plays the loop in a folder of its own; when any worker
is lost, Ray Train starts all of them again, and they go on from the last checkpoint.
"""

import contextlib
import logging
import os
import shutil
import tempfile
from pathlib import Path

import ray
import ray.train
from ray.train import Checkpoint, CheckpointConfig, FailureConfig, RunConfig, ScalingConfig
from ray.train.torch import TorchTrainer

from .judges import open_judges

LOSSES = 5  # workers that may be lost in a run
# Of Ray Train's lines those that say nothing here: every second, that its controller cannot be asked for (the dashboard,
# whose part that is, is off); every step, what the step's own line says.
SILENT = {
    "ray.train.v2._internal.execution.controller.placement_group_cleaner": logging.ERROR,
    "ray.train.v2._internal.execution.storage": logging.WARNING,
    # This one goes by its file.
    str(Path(ray.train.__file__).parent / "v2/_internal/execution/context.py"): logging.WARNING,
}


def play_on_ray(folder, options, flags):
    """Goes on with the run in `folder` on `options.workers` workers of the cluster `options.ray`."""
    ray.init(
        address=options.ray,
        include_dashboard=False,
        runtime_env={
            # Ray Train would print every line twice.
            "env_vars": {"RAY_TRAIN_ENABLE_PRINT_PATCH": "0", "HF_HUB_OFFLINE": os.environ["HF_HUB_OFFLINE"]},
            "worker_process_setup_hook": silence(),
        },
    )
    storage = options.storage or tempfile.mkdtemp(prefix="kelvin-ray-")
    trainer = TorchTrainer(
        work,
        train_loop_config={
            # Workers on other machines need no file system in common with this one.
            "files": ray.put(read(folder)),
            "flags": flags,
            "advantages": options.advantages,
            "threads": options.threads,
            "sampler": options.sampler,
            "judges": options.judges,
            "judge_flags": options.judge_flags,
        },
        scaling_config=ScalingConfig(num_workers=options.workers, use_gpu=options.gpu),
        run_config=RunConfig(
            storage_path=str(Path(storage).resolve()) if "://" not in storage else storage,
            failure_config=FailureConfig(max_failures=LOSSES),
            checkpoint_config=CheckpointConfig(num_to_keep=2),
        ),
    )
    result = trainer.fit()
    if result.checkpoint:
        with result.checkpoint.as_directory() as kept:
            write(read(kept), folder)
    ray.shutdown()
    if options.storage is None:
        shutil.rmtree(storage, ignore_errors=True)


def silence():
    """For every process of the cluster, what it does as it begins: before this package can be imported there."""
    levels = dict(SILENT)

    def hook():
        for name, level in levels.items():
            # Ray Train sets levels anew; what filters stays.
            logging.getLogger(name).addFilter(lambda record, least=level: record.levelno >= least)

    return hook


def work(config):
    """What every worker does."""
    import torch

    from .__main__ import tell
    from .play import play

    torch.set_num_threads(config["threads"])
    context = ray.train.get_context()
    with tempfile.TemporaryDirectory(prefix="kelvin-run-") as folder:
        checkpoint = ray.train.get_checkpoint()
        if checkpoint:
            with checkpoint.as_directory() as kept:
                write(read(kept), folder)
        else:
            write(ray.get(config["files"]), folder)

        def told(what, params):
            first = context.get_world_rank() == 0
            if first:
                tell(what, params)
            if what == "step":
                # All workers wait for each other here.
                kept = Checkpoint.from_directory(folder) if first and params["isKept"] else None
                ray.train.report(figures(params), checkpoint=kept)

        note = f", Ray {ray.__version__} with {context.get_world_size()} workers"
        with judges(config, context.get_world_rank()) as flags:
            play(folder, [*config["flags"], *flags], config["advantages"], told, note, config["sampler"])


@contextlib.contextmanager
def judges(config, rank):
    """Beside worker 0, the line to the judges of the cluster, where some were asked for; yields the loop's flags."""
    count = config["judges"]
    if not count or rank != 0:
        yield []
        return
    with open_judges(config["judge_flags"]) as line:
        yield ["--judges", count, "--judge-line", line]


def figures(params):
    """Of a step, what Ray shows: numbers under the names of docs/metrics.md."""
    metrics = params["metrics"]
    return {"step": params["step"], **{k: v for k, v in metrics.items() if isinstance(v, (int, float))}}


def read(folder):
    """Every file of a folder, by its path in it."""
    paths = [path for path in Path(folder).rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def write(files, folder):
    """Replaces the files of a folder; each is whole at every moment."""
    for name, data in files.items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(data)
        part.replace(path)
