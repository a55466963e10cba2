"""A run that goes on: the loop in Node, the trainer here."""

import logging
import os
import warnings

os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")  # that rollout_func may change: the lock file pins TRL
os.environ.setdefault("HF_HUB_OFFLINE", "1")  # nothing of Kelvin's own models is anywhere else
os.environ.setdefault("VLLM_LOGGING_LEVEL", "WARNING")  # it tells at length how it is set up

import torch
import transformers
import trl
from transformers import AutoTokenizer

from . import samplers
from .learner import create_trainer
from .node import Node, NodeEnded, NotBegun
from .ranks import Ranks
from .pretrained import Pretrained, Unfit
from .reasoner import Reasoner
from .selfplay import RunEnded, SelfPlay


def quieten():
    """What is no news: places without a reward are left over on purpose, and old names are TRL's affair."""
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    logging.getLogger("trl.trainer.grpo_trainer").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", category=FutureWarning, module="transformers")


def versions(sampler):
    return f"PyTorch {torch.__version__.split('+')[0]}, TRL {trl.__version__}{', vLLM' if sampler == 'vllm' else ''}"


def open_reasoner(run, folder, device):
    """The reasoner of a run, its tokenizer, and what the loop has to know of it."""
    beta2, pretrained = run["config"]["beta2"], run["pretrained"]
    if pretrained:
        reasoner = Pretrained(folder, pretrained, beta2, device)
        return reasoner, reasoner.tokenizer, reasoner.described(pretrained["texts"])
    return Reasoner(run["shape"], beta2, device), AutoTokenizer.from_pretrained(folder), {}


def begin(folder, flags):
    """The loop and its first request; where it does not begin, None and why it `ended`."""
    try:
        node = Node(folder, *flags)
        return node, node.next()
    except NodeEnded as ended:
        return None, {"ended": str(ended)}


def play(folder, flags=(), advantages="grpo", told=lambda what, params: None, note="", sampler=None):
    """Goes on with the run in `folder` until its loop has taken its last step. On every worker of a run alike.

    `flags` are those of scripts/engine/main.ts; `note` is added to what the files say of the engine; `sampler` is
    "transformers" or "vllm", or None for what suits the model and the machine. Raises NotBegun, on every worker.
    """
    quieten()
    ranks = Ranks()
    node, opened = begin(folder, flags) if ranks.rank == 0 else (None, None)
    try:
        opened = ranks.share(opened)
        if "ended" in opened:
            raise NotBegun(opened["ended"])
        run = opened["params"]
        device = "cuda" if torch.cuda.is_available() else "cpu"
        unfit = None
        try:
            sampler = samplers.choose(sampler, run["pretrained"])
            reasoner, tokenizer, described = open_reasoner(run, folder, device)
        except Unfit as why:
            unfit = str(why)
        # What is missing on one machine is said on all: nobody waits for a worker that has gone.
        missing = next(filter(None, ranks.share(ranks.gather([unfit]))), None)
        if missing:
            raise NotBegun(missing)
        if node:
            node.answer(opened, {"device": f"{versions(sampler)}{note}", **described})
        loop = SelfPlay(node, ranks, reasoner, run, told)
        trainer, loop.hearing = create_trainer(reasoner, tokenizer, run, loop.rollout, ranks.count, advantages, sampler)
        try:
            trainer.train()
        except RunEnded:
            pass
    finally:
        if node:
            node.close()
