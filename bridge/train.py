"""Warm-up in PyTorch: supervised training on the shards that scripts/warmup writes.

    python3 bridge/train.py --size small --data runs/warmup-small/data --out runs/warmup-small --tokens 48e6

Loss on the response only, batches of 64 sequences of nearly one length, gradient clip 1.0, AdamW (0.9, 0.98),
200 updates of ramp, then cosine to 5 % of the peak. The last checkpoint in --out is resumed when there is one.
"""

import argparse
import json
import math
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

import safetensors_io
from reasoner import SIZES, Config, Forward, initial_parameters

WINDOW = 4096
RAMP_UPDATES = 200
FLOOR = 0.05
CHECKPOINT_SECONDS = 120
REPORT_SECONDS = 10


def examples_of(shard: str):
    """(prompt length, first-token weight, tokens) of every record."""
    words = np.fromfile(shard, dtype="<u2").astype(np.int64)
    at = 0
    while at < len(words):
        prompt, response, weight = words[at : at + 3]
        end = at + 3 + prompt + response
        yield int(prompt), float(weight) / 1000, words[at + 3 : end]
        at = end


def batches_of(folder: str, batch_size: int, seed: int):
    """Batches in a seeded order; each holds sequences of nearly one length, so that padding is little."""
    order = np.random.default_rng(seed)
    for name in sorted(n for n in os.listdir(folder) if n.startswith("train-") and n.endswith(".bin")):
        examples = list(examples_of(os.path.join(folder, name)))
        batches = []
        for start in range(0, len(examples), WINDOW):
            window = sorted(examples[start : start + WINDOW], key=lambda e: len(e[2]))
            batches += [window[i : i + batch_size] for i in range(0, len(window), batch_size)]
        order.shuffle(batches)
        yield from batches


def tensors_of(batch):
    """tokens [batch, time], rows of the logits that predict response tokens, their targets and weights."""
    time_steps = max(len(tokens) for _, _, tokens in batch)
    padded = np.zeros((len(batch), time_steps), np.int64)
    rows, targets, weights = [], [], []
    for i, (prompt, first_weight, tokens) in enumerate(batch):
        padded[i, : len(tokens)] = tokens
        rows.append(i * time_steps + np.arange(prompt - 1, len(tokens) - 1))
        targets.append(tokens[prompt:])
        weight = np.ones(len(tokens) - prompt, np.float32)
        weight[0] = first_weight
        weights.append(weight)
    return [torch.from_numpy(a) for a in (padded, *(np.concatenate(x) for x in (rows, targets, weights)))]


def rate_share(update: int, done: float, budget: float) -> float:
    ramp = min(1.0, (update + 1) / RAMP_UPDATES)
    return ramp * (FLOOR + (1 - FLOOR) * 0.5 * (1 + math.cos(math.pi * min(1.0, done / budget))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=SIZES, required=True)
    parser.add_argument("--data", required=True, help="folder of shards with meta.json")
    parser.add_argument("--out", required=True)
    parser.add_argument("--tokens", type=float, required=True, help="token budget, prompts included")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1.6e-3)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--float32", action="store_true", help="matrix products in float32 instead of bfloat16")
    parser.add_argument("--no-compile", action="store_true")
    options = parser.parse_args()

    torch.set_flush_denormal(True)
    torch.set_num_threads(options.threads)
    os.makedirs(options.out, exist_ok=True)
    with open(os.path.join(options.data, "meta.json"), encoding="utf-8") as file:
        vocabulary_size = json.load(file)["vocabularySize"]
    config = Config.of_size(options.size, vocabulary_size)
    parameters = initial_parameters(config, options.seed)
    forward = Forward(config, torch.float32 if options.float32 else torch.bfloat16)

    def loss_of(p, tokens, rows, targets, weights):
        return (F.cross_entropy(forward(p, tokens, rows), targets, reduction="none") * weights).sum() / weights.sum()

    if not options.no_compile:
        loss_of = torch.compile(loss_of, dynamic=True)
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in parameters.values() if p.dim() > 1], "weight_decay": 0.01},
            {"params": [p for p in parameters.values() if p.dim() == 1], "weight_decay": 0.0},
        ],
        lr=options.rate,
        betas=(0.9, 0.98),
        fused=True,
    )

    update, done, seconds, average = 0, 0, 0.0, None
    resume_path = os.path.join(options.out, "resume.pt")
    if os.path.exists(resume_path):
        state = torch.load(resume_path)
        update, done, seconds, average = state["update"], state["done"], state["seconds"], state["average"]
        for name, value in state["parameters"].items():
            parameters[name].data.copy_(value)
        optimizer.load_state_dict(state["optimizer"])
        print(f"resumed at update {update}, {done / 1e6:.1f} M tokens", flush=True)

    def save() -> None:
        state = {"update": update, "done": done, "seconds": seconds, "average": average}
        state["parameters"] = {name: p.data for name, p in parameters.items()}
        state["optimizer"] = optimizer.state_dict()
        torch.save(state, resume_path + ".part")
        os.replace(resume_path + ".part", resume_path)

    def report() -> None:
        line = {"update": update, "tokens": done, "loss": average, "seconds": seconds, "tokensPerSecond": done / seconds}
        with open(os.path.join(options.out, "progress.json"), "w", encoding="utf-8") as file:
            json.dump(line, file)
        left = (options.tokens - done) / (done / seconds) / 60
        print(
            f"{done / 1e6:6.2f} M tokens  update {update}  loss {average:.4f}  "
            f"{done / seconds:.0f} tok/s  {left:.0f} min left",
            flush=True,
        )

    skip = update
    started = reported = saved = time.time()
    before = seconds
    for batch in batches_of(options.data, options.batch, options.seed):
        if skip > 0:
            skip -= 1
            continue
        if done >= options.tokens:
            break
        for group in optimizer.param_groups:
            group["lr"] = options.rate * rate_share(update, done, options.tokens)
        loss = loss_of(parameters, *tensors_of(batch))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters.values(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        update += 1
        done += sum(len(tokens) for _, _, tokens in batch)
        value = loss.item()
        average = value if average is None else 0.99 * average + 0.01 * value
        now = time.time()
        seconds = before + now - started
        if now - reported > REPORT_SECONDS:
            reported = now
            report()
        if now - saved > CHECKPOINT_SECONDS:
            saved = now
            save()
    report()
    save()
    safetensors_io.write(os.path.join(options.out, "model.f32.safetensors"), parameters)
    safetensors_io.write(os.path.join(options.out, "model.safetensors"), parameters, half=True)
    with open(os.path.join(options.out, "config.json"), "w", encoding="utf-8") as file:
        json.dump(config.to_hugging_face(), file, indent=2)


if __name__ == "__main__":
    main()
