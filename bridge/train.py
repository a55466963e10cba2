"""Supervised warm-up: trains a base from the shards of the TypeScript generator.

    python3 bridge/train.py --data DATA --size small --out OUT      train
    python3 bridge/train.py --data DATA --out OUT --resume          go on after an interruption, if there was one
    python3 bridge/train.py --measure --size small                  tokens a second of several ways to compute
"""

import argparse
import json
import os

from config import SIZES, Config
from measure import measure
from parallel import fast_precision
from trainer import Trainer


def parse(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="folder with meta.json and train-*.bin")
    parser.add_argument("--out", help="folder for the base, the log and the state")
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--config", help="a Hugging Face config.json instead of --size")
    parser.add_argument("--tokens", type=float, help="budget; by default what meta.json promises")
    parser.add_argument("--updates", type=int, help="stop after so many updates")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1.6e-3, help="peak learning rate")
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("--optimizer", choices=("adamw", "muon"), default="muon")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default=fast_precision())
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True, help="needs a C++ compiler")
    parser.add_argument("--half", action="store_true", help="also write model.f16.safetensors")
    parser.add_argument("--resume", action="store_true", help="go on from --out/state.pt when it is there")
    parser.add_argument("--measure", action="store_true")
    options = parser.parse_args(arguments)
    if not options.measure and not (options.data and options.out):
        parser.error("--data and --out are needed")
    return options


def main():
    options = parse()
    config = Config.read(options.config) if options.config else SIZES[options.size]
    if options.measure:
        return measure(config, options)
    with open(os.path.join(options.data, "meta.json")) as file:
        meta = json.load(file)
    if meta["vocabularySize"] != config.vocabulary:
        raise SystemExit(f"The data has {meta['vocabularySize']} tokens, the reasoner {config.vocabulary}")
    options.tokens = options.tokens or meta["tokens"]
    Trainer(config, options).train()


if __name__ == "__main__":
    main()
