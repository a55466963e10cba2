"""Supervised warm-up: trains a base from the shards of the TypeScript generator.

    python3 bridge/train.py --data DATA --size small --out OUT      train
    python3 bridge/train.py --data DATA --out OUT --resume          go on after an interruption, if there was one
    python3 bridge/train.py --measure --size small                  tokens a second of several ways to compute
"""

import argparse
import json
import math
import os
import time

import torch

import examples
from optimizer import AdamW, Muon
from parallel import Pool, fast_precision
from reasoner import SIZES, Config, Reasoner

CLIP_NORM = 1.0
RAMP_UPDATES = 200
FINAL_RATE = 0.05
PRINT_SECONDS = 10
SAVE_SECONDS = 180


def learning_rate(peak, update, share):
    """Linear ramp over the first updates, then a cosine over the share of the tokens seen, to 5 %."""
    ramp = min(1.0, (update + 1) / RAMP_UPDATES)
    cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, share)))
    return peak * ramp * (FINAL_RATE + (1 - FINAL_RATE) * cosine)


def replace(path, write):
    """Writes a file that is never seen half-written."""
    write(path + ".part")
    os.replace(path + ".part", path)


class Trainer:
    def __init__(self, config, options):
        self.config, self.options = config, options
        self.pool = Pool(config, options.processes, options.precision, options.compile)
        self.reasoner = Reasoner(config, self.pool.flat)
        self.reasoner.initialize(options.seed)
        optimizer = Muon if options.optimizer == "muon" else AdamW
        self.optimizer = optimizer(config, self.pool.flat, options.decay)
        self.update = self.tokens = 0
        self.seconds = 0.0

    def train_batch(self, batch):
        """One update; returns (loss over sequences · LOSS_TOKENS, gradient norm before clipping, rate)."""
        loss, gradient = self.pool.step(examples.microbatches(batch))
        norm = gradient.norm().item()
        if not math.isfinite(norm):
            raise FloatingPointError(f"The gradient is not finite at update {self.update}")
        if norm > CLIP_NORM:
            gradient.mul_(CLIP_NORM / norm)
        rate = learning_rate(self.options.rate, self.update, self.tokens / self.options.tokens)
        self.optimizer.step(gradient, rate)
        self.update += 1
        self.tokens += sum(len(example.tokens) for example in batch)
        return loss, norm, rate

    def path(self, name):
        return os.path.join(self.options.out, name)

    def save_state(self):
        state = {
            "weights": self.pool.flat,
            "optimizer": self.optimizer.state_dict(),
            "update": self.update,
            "tokens": self.tokens,
            "seconds": self.seconds,
        }
        replace(self.path("state.pt"), lambda path: torch.save(state, path))
        self.export()

    def load_state(self):
        state = torch.load(self.path("state.pt"), weights_only=True)
        self.pool.flat.copy_(state["weights"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.update, self.tokens, self.seconds = state["update"], state["tokens"], state["seconds"]

    def export(self):
        metadata = {"tokens": str(self.tokens), "updates": str(self.update), "seed": str(self.options.seed)}
        self.config.write(self.path("config.json"))
        replace(self.path("model.safetensors"), lambda path: self.reasoner.save(path, "F32", metadata))
        if self.options.half:
            replace(self.path("model.f16.safetensors"), lambda path: self.reasoner.save(path, "F16", metadata))

    def train(self):
        options = self.options
        os.makedirs(options.out, exist_ok=True)
        if options.resume and os.path.exists(self.path("state.pt")):
            self.load_state()
            print(f"Resumed at update {self.update}, {self.tokens / 1e6:.2f} M tokens", flush=True)
        data = examples.batches(examples.stream(options.data, self.config.context), options.batch, options.seed)
        for _ in range(self.update):  # Batches depend on the seed alone, so those already seen are skipped.
            next(data)
        start = printed = saved = time.monotonic()
        before, printed_tokens, mean = self.seconds, self.tokens, None
        while self.tokens < options.tokens and self.update != options.updates:
            if (batch := next(data, None)) is None:
                break
            loss, norm, rate = self.train_batch(batch)
            mean = loss if mean is None else mean + (loss - mean) / 50
            now = time.monotonic()
            self.seconds = before + now - start
            if now - printed >= PRINT_SECONDS:
                self.report(mean, norm, rate, (self.tokens - printed_tokens) / (now - printed))
                printed, printed_tokens = now, self.tokens
            if now - saved >= SAVE_SECONDS:
                self.save_state()
                saved = now
        self.save_state()
        if mean is not None:
            self.report(mean, norm, rate, self.tokens / max(self.seconds, 1e-9))
        self.pool.close()

    def report(self, loss, norm, rate, speed):
        eta = max(0, self.options.tokens - self.tokens) / max(speed, 1e-9)
        line = {
            "update": self.update,
            "tokens": self.tokens,
            "loss": round(loss, 4),
            "gradNorm": round(norm, 3),
            "rate": round(rate, 7),
            "tokensPerSecond": round(speed),
            "seconds": round(self.seconds),
            "etaSeconds": round(eta),
        }
        print(
            f"{self.tokens / 1e6:7.2f} M tokens  update {self.update:6d}  loss {loss:.4f}  norm {norm:5.2f}  "
            f"rate {rate:.2e}  {speed:6.0f} tok/s  eta {eta / 60:5.1f} min",
            flush=True,
        )
        with open(self.path("log.jsonl"), "a") as file:
            file.write(json.dumps(line) + "\n")

        def write(path):
            with open(path, "w") as file:
                json.dump(line, file)

        replace(self.path("progress.json"), write)


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
        from measure import measure

        return measure(config, options)
    with open(os.path.join(options.data, "meta.json")) as file:
        meta = json.load(file)
    if meta["vocabularySize"] != config.vocabulary:
        raise SystemExit(f"The data has {meta['vocabularySize']} tokens, the reasoner {config.vocabulary}")
    options.tokens = options.tokens or meta["tokens"]
    Trainer(config, options).train()


if __name__ == "__main__":
    main()
