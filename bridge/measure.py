"""Tokens a second of several ways to compute, on random tokens with the lengths of the warm-up."""

import time

import numpy as np
import torch

import examples
from trainer import Trainer

# (precision, compiled, processes): what --measure compares.
WAYS = [
    ("float32", False, 1),
    ("bfloat16", False, 1),
    ("bfloat16", True, 1),
    ("float32", False, 2),
    ("bfloat16", False, 2),
    ("bfloat16", True, 2),
]


def synthetic(vocabulary, count, seed):
    """Random examples: prompts of 30–60 tokens, responses of 3–60."""
    random = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        prompt, response = int(random.integers(30, 61)), int(random.integers(3, 61))
        tokens = random.integers(2, vocabulary, prompt + response).astype(np.uint16)
        made.append(examples.Example(tokens, prompt, 0.3))
    return made


def measure(config, options, seconds=15, warm=20):
    options.tokens = 1e9
    for precision, compiled, processes in WAYS:
        options.precision, options.compile, options.processes = precision, compiled, processes
        torch._dynamo.reset()
        trainer = Trainer(config, options)
        data = examples.batches(synthetic(config.vocabulary, 16384, 1), options.batch, 1)
        start = time.monotonic()
        for _ in range(warm):
            trainer.train_batch(next(data))
        warmed, tokens = time.monotonic(), trainer.tokens
        cpu = time.process_time()
        while time.monotonic() - warmed < seconds:
            trainer.train_batch(next(data))
        wall, cpu = time.monotonic() - warmed, time.process_time() - cpu
        tokens = trainer.tokens - tokens
        trainer.pool.close()
        # The clock of this process knows nothing of the others' work.
        alone = f", {tokens / cpu:6.0f} per CPU second" if processes == 1 else ""
        print(
            f"{precision:8s} {'compiled' if compiled else 'eager':8s} {processes} process{'es' * (processes > 1)}: "
            f"{tokens / wall:6.0f} tok/s{alone}, first {warm} updates {warmed - start:.0f} s",
            flush=True,
        )
