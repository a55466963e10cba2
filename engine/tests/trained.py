"""Single steps of the trainer on responses that nobody sampled."""

import json

from kelvin_engine import cells, learner
from kelvin_engine.play import quieten
from kelvin_engine.reasoner import Reasoner
from transformers import AutoTokenizer

CELLS = [f"{role}:{kind}" for role in ("propose", "solve") for kind in ("deduction", "abduction", "induction")]
CONFIG = {"temperature": 1.0, "maxGradNorm": 1.0, "beta2": 0.98, "seed": 1}


class Enough(Exception):
    """A step has been taken."""


def shape_of(folder):
    config = json.loads((folder / "config.json").read_text())
    return {
        "vocabularySize": config["vocab_size"],
        "layers": config["num_hidden_layers"],
        "width": config["hidden_size"],
        "heads": config["num_attention_heads"],
        "feedForward": config["intermediate_size"],
        "contextLength": config["max_position_embeddings"],
        "ropeTheta": config["rope_parameters"]["rope_theta"],
        "rmsNormEpsilon": config["rms_norm_eps"],
        "tiedHead": config["tie_word_embeddings"],
    }


def reasoner_of(folder):
    reasoner = Reasoner(shape_of(folder), CONFIG["beta2"])
    reasoner.load((folder / "model.safetensors").read_bytes())
    reasoner.freeze_base()
    return reasoner


def step(
    reasoner, folder, places, count, advantages="grpo", learning_rate=1e-3, sampler="transformers", asked=lambda: None
):
    """One step of TRL's trainer; `asked` is called before and after it, where the loop would sample.

    Returns the advantages that it used, place by place, its report, and the trainer.
    """
    quieten()
    rows = cells.fill(CELLS, places, count)
    calls = []

    def rollout(prompts, trainer):
        asked()
        if calls:
            raise Enough
        calls.append(prompts)
        learner.expect(trainer, rows, learning_rate)
        return cells.rollout(rows, trainer.use_vllm)

    run = {"config": CONFIG, "cells": CELLS, "places": count}
    tokenizer = AutoTokenizer.from_pretrained(folder)
    trainer, hearing = learner.create_trainer(reasoner, tokenizer, run, rollout, 1, advantages, sampler)
    try:
        trainer.train()
    except Enough:
        pass
    return list(trainer._logs["advantages"]), learner.report(hearing, rows, rows), trainer
