"""TRL's GRPO trainer, set up as the page's update is (src/selfplay/update.ts)."""

import math
import tempfile

import torch
from datasets import Dataset
from transformers import PrinterCallback, TrainerCallback
from trl import GRPOConfig, GRPOTrainer

from . import samplers
from .cells import reward
from .compact import Compact
from .reasoner import EOS

LENGTH_NORMALIZER = 32  # tokens that a response counts for; src/selfplay/update.ts
MICRO_BATCH = 512  # most places of a micro-batch; few of them have a response
FOREVER = 1_000_000  # steps: the loop says when it ends


class PageAdvantages(GRPOTrainer):
    """GRPO with the page's own λ · A in place of the group's: a baseline a task, and a proposer that weighs less."""

    def _generate_and_score_completions(self, inputs):
        output = super()._generate_and_score_completions(inputs)
        weights = [each["weight"] for each in inputs]
        output["advantages"] = torch.tensor(weights, dtype=torch.float32, device=output["advantages"].device)
        return output


class Hearing(TrainerCallback):
    """Keeps what the trainer says of its last step, and how much it computed."""

    def __init__(self):
        self.logs = {}
        self.compact = None

    def on_log(self, args, state, control, logs=None, **_):
        self.logs = dict(logs or {})


def create_trainer(reasoner, tokenizer, run, rollout_func, ranks, advantages="grpo", sampler="transformers"):
    """A trainer that takes one on-policy step for every call of `rollout_func`, and its `Hearing`.

    `run` has what the loop says when it opens: `config`, the `cells`, and `places` of each; for a pretrained model also
    the tokens that a response counts for (`lengthNormalizer`) and most sequences of a forward pass (`microBatch`). The
    trainer opens vLLM where that is the `sampler`, and the reasoner samples with it.
    """
    config = run["config"]
    total = len(run["cells"]) * run["places"]
    local = total // ranks
    if local * ranks != total:
        raise ValueError(f"{total} places cannot be dealt to {ranks} workers evenly")
    most = run.get("microBatch", MICRO_BATCH)
    batch = max(size for size in range(1, most + 1) if local % size == 0)
    arguments = GRPOConfig(
        output_dir=tempfile.mkdtemp(prefix="kelvin-engine-"),
        # TRR++: one group for each cell.
        num_generations=run["places"],
        scale_rewards="group",
        shuffle_dataset=False,
        # One on-policy step: the ratio is 1, and no clip has anything to do.
        per_device_train_batch_size=batch,
        gradient_accumulation_steps=local // batch,
        steps_per_generation=local // batch,
        num_iterations=1,
        # A constant in place of each response's own length; `expect` makes it exactly the page's.
        loss_type="dr_grpo",
        max_completion_length=run.get("lengthNormalizer", LENGTH_NORMALIZER),
        beta=0.0,
        temperature=config["temperature"],
        max_grad_norm=config["maxGradNorm"],
        max_steps=FOREVER,
        bf16=False,
        use_cpu=not torch.cuda.is_available(),
        gradient_checkpointing=False,
        ddp_find_unused_parameters=False,
        save_strategy="no",
        report_to="none",
        logging_steps=1,
        disable_tqdm=True,
        remove_unused_columns=False,
        seed=config["seed"],
        **samplers.arguments(sampler, reasoner.context, local),
    )
    hearing = Hearing()
    kind = GRPOTrainer if advantages == "grpo" else PageAdvantages
    trainer = kind(
        model=reasoner.model,
        args=arguments,
        reward_funcs=[reward],
        train_dataset=Dataset.from_dict({"prompt": run["cells"]}),
        processing_class=tokenizer,
        rollout_func=rollout_func,
        optimizers=(reasoner.optimizer, torch.optim.lr_scheduler.LambdaLR(reasoner.optimizer, lambda _: 1.0)),
        callbacks=[hearing],
    )
    if trainer.use_vllm:
        reasoner.vllm = samplers.Vllm(trainer.vllm_generation, reasoner.ends)
    # The loop tells how it goes.
    trainer.remove_callback(PrinterCallback)
    hearing.compact = Compact(reasoner.model, EOS)
    return trainer, hearing


def expect(trainer, rows, learning_rate):
    """Before a step on `rows`, all places of all workers: its learning rate, and the page's divisor.

    `dr_grpo` divides by places × `max_completion_length`, the page by 32 × responses (that is what the arguments have).
    """
    responses = sum(row["reward"] is not None for row in rows)
    trainer.max_completion_length = trainer.args.max_completion_length * responses / len(rows)
    for group in trainer.optimizer.param_groups:
        group["lr"] = learning_rate


def report(hearing, rows, own):
    """What the page's update reports (`UpdateReport`), from what the trainer has logged; `own` rows are this worker's."""
    logs = hearing.logs
    written = sum(len(row["response"]) for row in rows if row["reward"] is not None)
    whole = sum(len(row["prompt"]) + len(row["response"]) for row in own if row["reward"] is not None)
    computed, hearing.compact.computed = hearing.compact.computed, 0
    return {
        "loss": number(logs.get("loss")),
        "gradNorm": number(logs.get("grad_norm")),
        "entropy": number(logs.get("entropy")),
        # Not measured: there is no KL in the loss.
        "kl": 0,
        "tokens": written,
        "usefulShare": whole / max(1, computed),
    }


def number(value):
    """As JSON knows numbers: null for what is not finite, which ends the run."""
    return value if value is not None and math.isfinite(value) else None
