"""A run's metrics under the names that practitioners know: those of TRL 1.16, and of verl where TRL has none.

Every number of metrics.jsonl and timing.jsonl also comes under Kelvin's own name, behind `kelvin/`.
"""

import json
from pathlib import Path


def read(folder):
    """One {step, …} for each step, of both files."""
    times = {line["step"]: line for line in lines(folder, "timing.jsonl")}
    return [{**times.get(line["step"], {}), **line} for line in lines(folder, "metrics.jsonl")]


def lines(folder, name):
    path = Path(folder) / name
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def figures(steps):
    """Yields (step, {name: number}) of what `read` has read."""
    tokens = 0
    for line in steps:
        tokens += line.get("tokensSampled", 0)
        rewards = line.get("reward", {})
        named = {
            "loss": line.get("loss"),
            "grad_norm": line.get("gradNorm"),
            "learning_rate": line.get("learningRate"),
            "entropy": line.get("entropy"),
            "reward": mean(rewards),
            "frac_reward_zero_std": line.get("zeroStdGroups"),
            "completions/mean_length": mean(line.get("responseLength", {})),
            "num_tokens": tokens,
            "step_time": sum(line.get("phaseSeconds", {}).values()),
            "perf/throughput": line.get("tokensSampledPerSecond"),
            **{f"rewards/{cell}/mean": value for cell, value in rewards.items()},
            **{f"kl/{role}": value for role, value in line.get("klToBase", {}).items()},
            **{f"timing_s/{phase}": value for phase, value in line.get("phaseSeconds", {}).items()},
            **{f"val/{name}": value for name, value in flat(line.get("heldOut", {}))},
        }
        named.update((f"kelvin/{name}", value) for name, value in flat(line))
        yield line["step"], {name: value for name, value in named.items() if is_number(value)}


def flat(value, name=""):
    """Numbers inside of objects, under their paths."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{name}/{key}" if name else key)
    elif is_number(value):
        yield name, value


def mean(values):
    return sum(values.values()) / len(values) if values else None


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def settings(folder):
    """The run's name and its hyper-parameters."""
    header = json.loads((Path(folder) / "kelvin.json").read_text())
    name = header.get("name") or f"{header['preset']}, seed {header['config']['seed']}"
    return name, header["config"]


def log(folder, to, project, out):
    """Writes a run for TensorBoard, Trackio or Weights & Biases. Returns how many steps."""
    name, config = settings(folder)
    steps = list(figures(read(folder)))
    {"tensorboard": to_tensorboard, "trackio": to_trackio, "wandb": to_wandb}[to](steps, name, config, project, out)
    return len(steps)


def to_tensorboard(steps, name, config, project, out):
    from torch.utils.tensorboard import SummaryWriter

    with SummaryWriter(str(Path(out) / name)) as writer:
        writer.add_text("config", f"```\n{json.dumps(config, indent=2)}\n```")
        for step, numbers in steps:
            for each, value in numbers.items():
                writer.add_scalar(each, value, step)


def to_trackio(steps, name, config, project, out):
    import trackio

    trackio.init(project=project, name=name, config=config)
    for step, numbers in steps:
        trackio.log(numbers, step=step)
    trackio.finish()


def to_wandb(steps, name, config, project, out):
    import wandb

    with wandb.init(project=project, name=name, config=config, dir=out) as run:
        for step, numbers in steps:
            run.log(numbers, step=step)
