"""Compares this mirror with the page's engine, both ways (scripts/parity drives it).

    python3 bridge/compare.py make FOLDER    writes a random checkpoint, sequences and the mirror's log-probabilities
    python3 bridge/compare.py check FOLDER   reads a checkpoint and log-probabilities that the engine wrote

A folder holds model.safetensors, config.json and logprobs.json: a list of {prompt, response, logprobs}. Every
token of the vocabulary is asked for as a one-token response after some prompts, so whole rows of logits are
compared, up to the constant that no policy depends on.
"""

import argparse
import json
import os
import sys

import torch

from config import Config
from reasoner import Reasoner

TOLERANCE = 1e-4


def logprobs(reasoner, sequence):
    """log π of every response token."""
    prompt, response = sequence["prompt"], sequence["response"]
    tokens = torch.tensor([prompt + response])
    rows = torch.arange(len(prompt) - 1, len(prompt) + len(response) - 1)
    with torch.no_grad():
        table = reasoner.logits(tokens, rows).log_softmax(-1)
    return table[torch.arange(len(response)), torch.tensor(response)].tolist()


def sequences_of(config, seed):
    generator = torch.Generator().manual_seed(seed)

    def draw(length):
        return torch.randint(0, config.vocabulary, (length,), generator=generator).tolist()

    # Lengths of one, odd and prime; then whole rows of the vocabulary after a short and a long prompt.
    mixed = [{"prompt": draw(p), "response": draw(r)} for p, r in ((1, 1), (3, 5), (7, 2), (13, 11), (31, 17))]
    rows = [{"prompt": p, "response": [v]} for p in (draw(1), draw(19)) for v in range(config.vocabulary)]
    return mixed + rows


def make(folder, seed):
    config = Config(vocabulary=288, layers=2, width=16, heads=2, feed_forward=44, context=64)
    reasoner = Reasoner(config).initialize(seed)
    for name, tensor in reasoner.tensors.items():
        # Norms of one and small weights would hide mistakes: spread both.
        tensor.mul_(8) if tensor.dim() > 1 else tensor.add_(torch.linspace(-0.3, 0.3, len(tensor)))
    os.makedirs(folder, exist_ok=True)
    reasoner.save(os.path.join(folder, "model.safetensors"))
    config.write(os.path.join(folder, "config.json"))
    asked = [{**s, "logprobs": [round(x, 6) for x in logprobs(reasoner, s)]} for s in sequences_of(config, seed)]
    with open(os.path.join(folder, "logprobs.json"), "w") as file:
        json.dump(asked, file, separators=(",", ":"))
        file.write("\n")


def check(folder):
    reasoner = Reasoner(Config.read(os.path.join(folder, "config.json")))
    reasoner.load(os.path.join(folder, "model.safetensors"))
    with open(os.path.join(folder, "logprobs.json")) as file:
        asked = json.load(file)
    worst = max(abs(a - b) for s in asked for a, b in zip(s["logprobs"], logprobs(reasoner, s), strict=True))
    print(f"engine → mirror: {len(asked)} sequences, largest difference {worst:.1e}")
    return worst <= TOLERANCE


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("make", "check"))
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if options.action == "make":
        make(options.folder, options.seed)
    elif not check(options.folder):
        sys.exit(1)


if __name__ == "__main__":
    main()
