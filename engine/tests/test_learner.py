"""TRL's trainer beside the page's own update."""

import math
import random

import torch
from kelvin_engine.compact import Compact
from kelvin_engine.learner import PageAdvantages
from kelvin_engine.reasoner import EOS
from page import ask, unpack
from safetensors.torch import load
from trained import CELLS, reasoner_of, step
from trl import GRPOTrainer
from trl.trainer.utils import add_fused_lm_head

COUNT = 12


def made_up(seed, vocabulary=60, longest=9):
    """Places of six cells, some of them left over, with rewards of the paper and others."""
    draw = random.Random(seed)

    def tokens(least):
        return [draw.randrange(2, vocabulary) for _ in range(draw.randint(least, longest))]

    places = {}
    for i, cell in enumerate(CELLS):
        filled = COUNT if i % 2 else draw.randint(3, COUNT - 1)
        rewards = [draw.choice([1, -0.5, -1, draw.random()]) for _ in range(filled)]
        places[cell] = [
            {"prompt": tokens(2), "response": [*tokens(1), 1], "reward": reward, "weight": draw.gauss(0, 1)}
            for reward in rewards
        ]
    # A cell that earned the same everywhere teaches nothing.
    for place in places[CELLS[2]]:
        place["reward"] = -1
    return places


def test_grouping_by_position_is_trr(nano):
    """GRPO's advantages are those of advantage.ts but for Bessel's correction and TRL's ε, both taken out here."""
    places = made_up(5)
    used, _, trainer = step(reasoner_of(nano), nano, places, COUNT)
    assert type(trainer) is GRPOTrainer, "the trainer is TRL's own"
    expected = ask_advantages(places)
    for i, cell in enumerate(CELLS):
        own = used[i * COUNT : (i + 1) * COUNT]
        n = len(places[cell])
        assert own[n:] == [0] * (COUNT - n), "what is left over has no advantage"
        if len({place["reward"] for place in places[cell]}) == 1:
            assert own == [0] * COUNT
            continue
        rewards = torch.tensor([place["reward"] for place in places[cell]], dtype=torch.float64)
        sigma = rewards.std(correction=0).item()
        differs = (sigma * math.sqrt(n / (n - 1)) + 1e-4) / sigma
        torch.testing.assert_close(torch.tensor(own[:n]) * differs, torch.tensor(expected[cell]), atol=2e-5, rtol=2e-5)


def ask_advantages(places):
    return {
        cell: ask({"advantages": {"rewards": [[p["reward"] for p in of]], "baseline": "trr++"}})[0]
        for cell, of in places.items()
    }


def test_a_step_is_the_pages(nano):
    """The same weights, responses and advantages: the same gradient, weights and moments as the page's engine."""
    places = made_up(6)
    reasoner = reasoner_of(nano)
    flat = [place for cell in CELLS for place in places[cell]]
    sequences = [{k: place[k] for k in ("prompt", "response", "weight")} for place in flat]
    page = ask(
        {
            "folder": str(nano),
            "sequences": sequences,
            "sample": {"maxNewTokens": 12, "temperature": 1, "greedy": True, "seed": 1},
            "update": {
                "learningRate": 1e-3,
                "normalizer": 32 * len(flat),
                "maxGradNorm": 1,
                "beta2": 0.98,
                "temperature": 1,
            },
        }
    )

    for ours, theirs in zip(reasoner.logprobs(sequences, 1.0), page["logprobs"], strict=True):
        torch.testing.assert_close(torch.tensor(ours), torch.tensor(theirs), atol=1e-4, rtol=0)
    sampled = reasoner.sample([s["prompt"] for s in sequences], 12, 1.0, 1, greedy=True)
    for ours, theirs in zip(sampled, page["sampled"], strict=True):
        assert (ours["tokens"], ours["finished"]) == (theirs["tokens"], theirs["finished"])
        torch.testing.assert_close(torch.tensor(ours["logprobs"]), torch.tensor(theirs["logprobs"]), atol=1e-4, rtol=0)

    _, report, trainer = step(reasoner, nano, places, COUNT, "page")
    assert type(trainer) is PageAdvantages
    assert math.isclose(report["gradNorm"], page["report"]["gradNorm"], rel_tol=1e-3)
    # TRL's is a mean of micro-batches, whose tokens are not as many.
    assert math.isclose(report["entropy"], page["report"]["entropy"], rel_tol=0.05)
    assert report["tokens"] == page["report"]["tokens"]
    before, theirs = load((nano / "model.safetensors").read_bytes()), load(unpack(page["weights"]))
    for name, ours in load(reasoner.save()).items():
        assert not torch.equal(ours, before[name].float()), name
        # Adam moves a weight without gradient by its sign alone, which rounding decides.
        apart = (ours - theirs[name]).abs()
        assert (apart > 1e-5).float().mean() < 0.01, name
    moments = load(unpack(page["optimizer"]))
    for name, ours in load(reasoner.save_optimizer()).items():
        torch.testing.assert_close(ours, moments[name], atol=1e-5, rtol=1e-2)
    assert math.isclose(reasoner.kl_to_base(sequences, 1.0), page["kl"], rel_tol=0.02)


def test_moments_come_back(nano):
    reasoner = reasoner_of(nano)
    step(reasoner, nano, made_up(7), COUNT)
    kept, moments = reasoner.save(), reasoner.save_optimizer()
    other = reasoner_of(nano)
    other.load(kept)
    other.load_optimizer(moments)
    assert other.save_optimizer() == moments and other.save() == kept


def test_sampling_is_seeded_and_ends_where_the_context_does(nano):
    reasoner = reasoner_of(nano)
    prompts = [[5, 6, 7], [8] * (reasoner.context - 3), [9]]
    first, again = (reasoner.sample(prompts, 20, 1.0, 11) for _ in range(2))
    assert first == again != reasoner.sample(prompts, 20, 1.0, 12)
    assert len(first[1]["tokens"]) <= 3
    rows = [{"prompt": p, "response": r["tokens"]} for p, r in zip(prompts, first)]
    for sampled, told in zip(first, reasoner.logprobs(rows, 1.0)):
        torch.testing.assert_close(torch.tensor(sampled["logprobs"]), torch.tensor(told), atol=1e-4, rtol=0)


def test_left_over_places_and_padding_cost_little(nano):
    """The compact forward gives what TRL's own gives, and computes hardly more than is there."""
    reasoner = reasoner_of(nano)
    add_fused_lm_head(reasoner.model, outputs=("log_probs", "entropy"))
    draw, left, right = random.Random(8), 40, 30
    ids, mask = torch.zeros(300, left + right, dtype=torch.long), torch.zeros(300, left + right, dtype=torch.long)
    there = 0
    for row in range(300):
        p, r = (draw.randint(2, left), draw.randint(1, right)) if row % 3 == 0 else (1, 1)
        ids[row, left - p : left + r] = EOS if p == 1 else torch.randint(2, 90, (p + r,))
        mask[row, left - p : left + r] = 1
        there += p + r if p > 1 else 0
    labels = ids.masked_fill(mask == 0, -100)
    labels[:, :left] = -100
    asked = {"input_ids": ids, "attention_mask": mask, "labels": labels, "fused_lm_head": True}
    whole = reasoner.model(**asked)
    compact = Compact(reasoner.model, EOS)
    less = reasoner.model(**asked)
    for name in ("log_probs", "entropy"):
        ours, theirs = getattr(less, name), getattr(whole, name)
        assert ours.shape == theirs.shape
        torch.testing.assert_close(ours[::3, left - 1 :], theirs[::3, left - 1 :], atol=1e-5, rtol=1e-5)
        rest = torch.arange(300) % 3 != 0
        assert not ours[rest].any()
    assert there < compact.computed < 1.3 * there < 0.3 * ids.numel()


def test_a_micro_batch_of_left_over_places_has_a_gradient(nano):
    reasoner = reasoner_of(nano)
    add_fused_lm_head(reasoner.model, outputs=("log_probs", "entropy"))
    Compact(reasoner.model, EOS)
    ids = torch.full((4, 2), EOS)
    out = reasoner.model(input_ids=ids, attention_mask=torch.ones_like(ids), labels=ids, fused_lm_head=True)
    (out.log_probs * 0).sum().backward()
    assert all(p.grad is not None and not p.grad.any() for p in reasoner.model.parameters())
