"""Warm-up examples: reads the shards of `scripts/warmup/export.ts` and cuts them into batches."""

import os
import time
from dataclasses import dataclass

import numpy as np
import torch

from config import PAD

WINDOW = 4096

# The loss of a batch is its sum over (sequences · this), not its mean per token: batches hold sequences of one
# length, so a mean per token would weigh a token of a short answer far above one of a long thought. Measured on
# nano: with the mean, a habit meant to be 35 % came out at 15 % (docs/negative-results.md).
LOSS_TOKENS = 24


@dataclass
class Example:
    tokens: np.ndarray  # prompt, then response (with its end token)
    prompt: int  # length of the prompt
    first_weight: float  # loss weight of the first response token; the others weigh 1


def read_shard(path):
    """Records of little-endian uint16: prompt length, response length, first weight × 1000, prompt, response."""
    numbers = np.fromfile(path, "<u2")
    examples, at = [], 0
    while at < len(numbers):
        prompt, response, weight = (int(n) for n in numbers[at : at + 3])
        end = at + 3 + prompt + response
        if response == 0 or prompt == 0 or end > len(numbers):
            raise ValueError(f"{path} is malformed at number {at}")
        examples.append(Example(numbers[at + 3 : end], prompt, weight / 1000))
        at = end
    return examples


def stream(folder, context, wait=1.0):
    """Examples of all shards, in order, once each. Waits for shards that are still to come, until `DONE`."""
    shard = 0
    while True:
        path = os.path.join(folder, f"train-{shard:05d}.bin")
        # DONE is looked at first: it is written after the last shard.
        done = os.path.exists(os.path.join(folder, "DONE"))
        if os.path.exists(path):
            yield from (example for example in read_shard(path) if len(example.tokens) <= context)
            shard += 1
        elif done:
            return
        else:
            time.sleep(wait)


def batches(examples, size, seed):
    """Batches of similar length: windows are sorted by length, cut, and the pieces shuffled."""
    random = np.random.default_rng(seed)
    window = []

    def cut():
        # Shuffled first, so that equal lengths do not keep the order of the corpus.
        random.shuffle(window)
        window.sort(key=lambda example: len(example.tokens))
        pieces = [window[i : i + size] for i in range(0, len(window), size)]
        random.shuffle(pieces)
        return pieces

    for example in examples:
        window.append(example)
        if len(window) == WINDOW:
            yield from cut()
            window = []
    yield from cut()


def microbatches(batch):
    """Pieces of a batch that fit the processor's cache, as (tokens, rows, targets, weights); `rows` are the
    flattened positions that predict a response token. The summed loss is divided by a constant (LOSS_TOKENS).
    Shapes come in few sizes (time and rows are padded), because every new shape costs preparation. Longest
    first, so that processes that share them finish together."""
    batch = sorted(batch, key=lambda example: -len(example.tokens))
    total = len(batch) * LOSS_TOKENS
    size = 16 if len(batch[0].tokens) <= 96 else 8
    return [assemble(batch[i : i + size], total) for i in range(0, len(batch), size)]


def assemble(examples, total):
    time = -(-max(len(e.tokens) for e in examples) // 4) * 4
    tokens = np.full((len(examples), time), PAD, np.int64)
    rows, targets, weights = [], [], []
    for i, example in enumerate(examples):
        end = len(example.tokens)
        tokens[i, :end] = example.tokens
        rows.append(np.arange(example.prompt - 1, end - 1) + i * time)
        targets.append(example.tokens[example.prompt :].astype(np.int64))
        weight = np.ones(end - example.prompt, np.float32)
        weight[0] = example.first_weight
        weights.append(weight / total)
    count = sum(map(len, rows))
    pad = (0, -count % 64)
    return (
        torch.from_numpy(tokens),
        torch.from_numpy(np.pad(np.concatenate(rows), pad)),
        torch.from_numpy(np.pad(np.concatenate(targets), pad)),
        torch.from_numpy(np.pad(np.concatenate(weights), pad)),
    )
