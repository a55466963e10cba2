"""The same run on the workers of a Ray cluster: Ray Train starts them, restarts them, and holds the checkpoints.

A checkpoint is the run's folder as it was after a step. Worker 0 plays the loop in a folder of its own; when any worker
is lost, Ray Train starts all of them again, and they go on from the last checkpoint.
"""

import contextlib
import logging
import os
import shutil
import sys
import tempfile
import uuid
from pathlib import Path

import ray
import ray.train
from ray.train import Checkpoint, CheckpointConfig, FailureConfig, Result, RunConfig, ScalingConfig, TrainingFailedError
from ray.train.torch import TorchTrainer

from .judges import open_judges
from .node import NotBegun

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
    if "://" not in storage:
        storage = str(Path(storage).resolve())
    name = f"kelvin-{uuid.uuid4().hex}"
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
            name=name,
            storage_path=storage,
            failure_config=FailureConfig(max_failures=LOSSES),
            checkpoint_config=CheckpointConfig(num_to_keep=2),
        ),
    )
    try:
        not_begun = trainer.fit().return_value
        if not_begun:
            raise NotBegun(not_begun)
    except TrainingFailedError as failed:
        sys.exit(f"The run failed on Ray (see above): {cause_of(failed)}")
    finally:
        # Also of a run that failed or was interrupted.
        bring_back(f"{storage}/{name}", folder)
        ray.shutdown()
        if options.storage is None:
            shutil.rmtree(storage, ignore_errors=True)


def cause_of(failed):
    """The last line of what the first worker, or Ray Train itself, said."""
    workers = getattr(failed, "worker_failures", {}).values()
    cause = next(iter(workers), getattr(failed, "controller_failure", failed))
    return str(cause).strip().splitlines()[-1]


def bring_back(path, folder):
    """Writes the last checkpoint of Ray Train's run at `path` into `folder`, which stays as it is where there is none."""
    # It would warn at length that there is a run already.
    logging.getLogger("ray.train.v2._internal.execution.checkpoint.checkpoint_manager").setLevel(logging.WARNING)
    try:
        checkpoint = Result.from_path(path).checkpoint
    except RuntimeError:
        # It never came to a step.
        return
    if checkpoint:
        with checkpoint.as_directory() as kept:
            write(read(kept), folder)


def silence():
    """For every process of the cluster, what it does as it begins: before this package can be imported there."""
    levels = dict(SILENT)

    def hook():
        for name, level in levels.items():
            # Ray Train sets levels anew; what filters stays.
            logging.getLogger(name).addFilter(lambda record, least=level: record.levelno >= least)

    return hook


def work(config):
    """What every worker does; returns why the run could not begin, or None."""
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
            try:
                play(folder, [*config["flags"], *flags], config["advantages"], told, note, config["sampler"])
            except NotBegun as why:
                # Raised, it would be tried again by Ray Train.
                return str(why)
    return None


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
