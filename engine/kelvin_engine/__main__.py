"""python -m kelvin_engine continue FOLDER …, log FOLDER …, and scale FOLDER …"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from .node import NodeEnded, NotBegun


def parser():
    top = argparse.ArgumentParser(
        prog="python -m kelvin_engine", description="Kelvin's self-play on TRL and Ray (docs/engine.md)."
    )
    commands = top.add_subparsers(dest="command", required=True)
    go_on = commands.add_parser("continue", help="go on with a run that was kept: a folder of npm run lab, or an unpacked zip")
    go_on.add_argument("folder")
    go_on.add_argument("--steps", type=int, default=20, help="more steps (20)")
    go_on.add_argument("--until", type=int, help="the last step, in place of --steps")
    go_on.add_argument("--keep-every", type=int, default=1, help="steps, after which the folder is brought up to date (1)")
    go_on.add_argument(
        "--advantages",
        choices=("grpo", "page"),
        default="grpo",
        help="grpo: TRR++ by GRPO's own grouping; page: as the run's own switches say (baseline, proposerWeight)",
    )
    go_on.add_argument("--judge", choices=("pyodide", "native"), default="pyodide", help="that runs programs (pyodide)")
    go_on.add_argument("--judge-python", default="python3", help="CPython 3.12 or later of the native judge (python3)")
    go_on.add_argument(
        "--judges", type=int, metavar="N", help="on Ray: judges on the machines of the cluster; without it, beside worker 0"
    )
    go_on.add_argument("--ray", metavar="ADDRESS", help="of a Ray cluster: auto, local for one of this machine, HOST:PORT")
    go_on.add_argument("--workers", type=int, default=1, help="on Ray (1)")
    go_on.add_argument("--gpu", action="store_true", help="one GPU a worker on Ray")
    go_on.add_argument("--threads", type=int, default=1, help="of PyTorch, a worker (1)")
    go_on.add_argument("--storage", help="on Ray: folder or address of the checkpoints, which all its machines reach")
    model = go_on.add_argument_group("a pretrained model that takes the run over, or has taken it over")
    model.add_argument("--model", metavar="NAME", help="a folder of transformers, or a name of its hub")
    model.add_argument("--lora", type=int, metavar="RANK", help="train LoRA of this rank, not the whole model")
    model.add_argument("--context", type=int, metavar="TOKENS", help="of prompt and response together (2048)")
    model.add_argument("--response", type=int, metavar="TOKENS", help="of a response, at most (512)")
    model.add_argument("--learning-rate", type=float, metavar="RATE", help="at its highest (1e-6; with LoRA 2e-5)")
    model.add_argument(
        "--sampler",
        choices=("transformers", "vllm"),
        help="that writes responses (vllm where it is installed and a GPU is there, else transformers)",
    )
    scale = commands.add_parser("scale", help="measure a step by workers; flags that are not below are those of continue")
    scale.add_argument("folder")
    scale.add_argument("--workers", type=numbers, default=[0, 1, 2], help="0 is one process without Ray (0,1,2)")
    scale.add_argument("--steps", type=int, default=4, help="of each, the first of which does not count (4)")
    scale.add_argument("--plan", type=numbers, default=[4, 8, 16], help="numbers of workers on paper (4,8,16)")
    scale.add_argument("--ray", metavar="ADDRESS", default="local", help="of the Ray cluster (local)")
    scale.add_argument("--judges", type=int, metavar="N", help="on Ray: as of continue")
    log = commands.add_parser("log", help="write a run's metrics for the tools of others")
    log.add_argument("folder")
    log.add_argument("--to", choices=("tensorboard", "trackio", "wandb"), default="tensorboard")
    log.add_argument("--project", default="kelvin", help="of trackio and wandb (kelvin)")
    log.add_argument("--out", default="runs/logs", help="folder of tensorboard and wandb (runs/logs)")
    return top


def numbers(text):
    return [int(number) for number in text.split(",")]


def tell(what, params):
    """What the loop tells, for people."""
    if what == "rechecked":
        dropped = len(params["dropped"])
        print(f"{params['tasks']} tasks run again: {dropped} dropped, of which this judge thinks otherwise", flush=True)
    elif what == "step":
        metrics = params["metrics"]
        rates = ", ".join(f"{kind} {rate:.2f}" for kind, rate in metrics["solveRate"].items())
        print(f"step {params['step']}/{params['until']}: solved {rates}; buffer {metrics['bufferSize']}", flush=True)


def go_on(options):
    if options.judges is not None and (not options.ray or options.judges < 1):
        sys.exit("--judges is the number of judges on a Ray cluster: at least 1, and only with --ray.")
    options.judge_flags = ["--judge", options.judge, "--python", options.judge_python]
    flags = ["--keep-every", options.keep_every, *options.judge_flags, *of_the_model(options)]
    # A run that is taken up again after a loss ends where it would have ended.
    flags += ["--until", options.until or steps_taken(options.folder) + options.steps]
    if options.ray:
        from .on_ray import play_on_ray

        play_on_ray(options.folder, options, flags)
    else:
        import torch

        from .play import play

        torch.set_num_threads(options.threads)
        play(options.folder, flags, options.advantages, tell, sampler=options.sampler)


def of_the_model(options):
    """Flags of the loop for a pretrained model. A name of the hub may be fetched; whatever else a run has is here."""
    steps_taken(options.folder)
    kept = json.loads((Path(options.folder) / "kelvin.json").read_text()).get("pretrained") or {}
    model = options.model or kept.get("model")
    is_here = model is None or Path(model).is_dir()
    os.environ.setdefault("HF_HUB_OFFLINE", "1" if is_here else "0")
    if options.model and is_here:
        options.model = str(Path(model).resolve())
    given = ("model", "lora", "context", "response", "learning_rate")
    values = {name.replace("_", "-"): getattr(options, name) for name in given}
    return [text for name, value in values.items() if value is not None for text in (f"--{name}", value)]


def write_log(options):
    from .log import log

    steps_taken(options.folder)
    count = log(options.folder, options.to, options.project, options.out)
    print(f"Wrote {count} steps of {options.folder} for {options.to}.")


def measure(options, flags):
    from .scale import scale

    steps_taken(options.folder)
    if options.steps < 2:
        sys.exit("--steps must be at least 2: the first step does not count.")
    ray_flags = [] if options.judges is None else ["--judges", str(options.judges)]
    try:
        scale(options.folder, options.workers, options.steps, options.plan, flags, options.ray, ray_flags)
    except subprocess.CalledProcessError:
        sys.exit("A run that was to be measured failed (see above).")


def steps_taken(folder):
    path = Path(folder) / "state.json"
    if not path.exists():
        sys.exit(f"{folder} is no folder of a run that was kept: it has no state.json.")
    return json.loads(path.read_text())["step"]


def main(arguments=None):
    options, more = parser().parse_known_args(arguments)
    if more and options.command != "scale":
        parser().error(f"unrecognized arguments: {' '.join(more)}")
    try:
        if options.command == "log":
            write_log(options)
        elif options.command == "scale":
            measure(options, more)
        else:
            go_on(options)
    except (NodeEnded, NotBegun) as ended:
        sys.exit(f"The run failed: {str(ended).removesuffix('.')}.")


if __name__ == "__main__":
    main()
