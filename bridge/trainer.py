"""The warm-up's loop: batches, learning rate, clipping, progress, and a state that it can go on from."""

import json
import math
import os
import time

import torch

import examples
from optimizer import AdamW, Muon
from parallel import Pool
from reasoner import Reasoner

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
    """Trains a base of shape `config` as `options` say (see `parse` of `train.py`)."""

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
