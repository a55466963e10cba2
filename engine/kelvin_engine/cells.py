"""TRR++ by GRPO's own grouping (paper, Eq 8).

GRPO compares the rewards of `num_generations` places that stand side by side, whatever their prompts are. A cell is such
a group: one for each role and kind. Its places are filled with the step's responses, each with its own prompt; those
that are left over have no reward, so that TRL counts them nowhere.
"""

from .reasoner import EOS

UNFILLED = {"prompt": [EOS], "response": [EOS], "reward": None, "weight": 0.0}


def fill(cells, places, count):
    """`count` places of each cell, in the cells' order. Raises ValueError when a cell has more responses."""
    rows = []
    for cell in cells:
        filled = places.get(cell, [])
        if len(filled) > count:
            raise ValueError(f"{cell} has {len(filled)} responses, and a cell has {count} places")
        rows += [{"cell": cell, **place} for place in filled]
        rows += [{"cell": cell, **UNFILLED}] * (count - len(filled))
    return rows


def rollout(rows, corrects=False):
    """What a `rollout_func` of TRL returns: `env_mask` is 1 where the reasoner wrote, and nothing is learned elsewhere.

    With `corrects`, TRL also hears log π of the tokens as they were sampled, and weighs by what the update makes of them.
    """
    wrote = [row["reward"] is not None and len(row["response"]) > 0 for row in rows]
    completions = [row["response"] if it else [EOS] for row, it in zip(rows, wrote)]
    return {
        "prompt_ids": [row["prompt"] for row in rows],
        "completion_ids": completions,
        "logprobs": [row["logprobs"] if it else [0.0] for row, it in zip(rows, wrote)] if corrects else None,
        "env_mask": [[int(it)] * len(ids) for ids, it in zip(completions, wrote)],
        "reward": [row["reward"] for row in rows],
        "weight": [row["weight"] for row in rows],
    }


def reward(completions, reward, **_):
    """The reward function: the page's judge has said it already."""
    return reward
