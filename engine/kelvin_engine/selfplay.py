"""One step of self-play, to be read beside src/selfplay/loop.ts, which is the very loop that is played here.

    loop.ts      here
    PROPOSE      `sample`: the reasoner writes programs and inputs, on all workers
    VERIFY       the judges of the loop, beside worker 0 or on the cluster (judges.py)
    COMPOSE      the loop
    ATTEMPT      `sample`: the reasoner answers
    FOCUS        `sample`
    JUDGE        the same judges
    REWARD       the loop (rewards.ts)
    advantages   TRL: GRPO's own grouping (cells.py)
    REMEMBER     the loop, and the run's folder
    UPDATE       `update`: one step of TRL's GRPO trainer, on all workers

TRL's trainer has a loop of its own: generate, score, learn. It is the outer one. Where it generates, it calls `rollout`,
which answers what Kelvin's loop asks until that asks for an update; then the trainer learns, and at its next call the
loop hears how it went.
"""

import base64

from . import cells, learner


class RunEnded(Exception):
    """The loop has taken its last step."""


class SelfPlay:
    """Answers the loop. `told` hears what worker 0 is told: ("step", …), ("rechecked", …)."""

    def __init__(self, node, ranks, reasoner, run, told):
        self.node, self.ranks, self.reasoner, self.run, self.told = node, ranks, reasoner, run, told
        self.hearing = None
        # The update that the trainer is at, and what it learns from.
        self.pending, self.rows, self.own = None, None, None

    def rollout(self, prompts, trainer):
        """TRL's `rollout_func`: the responses of the next step, this worker's share of the places."""
        if self.pending is not None:
            self._answer(self.pending, learner.report(self.hearing, self.rows, self.own))
            self.pending = None
        while True:
            request = self.ranks.share(self.node.next() if self.node else None)
            method, params = request["method"], request["params"]
            if method == "update":
                rows = cells.fill(self.run["cells"], params["places"], self.run["places"])
                learner.expect(trainer, rows, params["learningRate"])
                first = self.ranks.rank * len(prompts)
                own = rows[first : first + len(prompts)]
                if [row["cell"] for row in own] != list(prompts):
                    raise RuntimeError("TRL deals the places in another order than the cells have")
                self.pending, self.rows, self.own = request, rows, own
                return cells.rollout(own, trainer.use_vllm)
            if method == "finished":
                self._answer(request)
                raise RunEnded
            self._answer(request, getattr(self, method)(params))

    def _answer(self, request, result=None):
        if self.node:
            self.node.answer(request, result)

    # --- What the loop asks of the reasoner, by the names of src/reasoner/reasoner.ts --------------------------

    def sample(self, params):
        prompts = params.pop("prompts")
        # Workers draw from streams of their own.
        params["seed"] = (params["seed"] + self.ranks.rank * 0x9E3779B1) % 2**32
        own = self.ranks.own(prompts)
        gathered = self.ranks.gather(self.reasoner.sample(own, **params) if own else [])
        return gathered and self.ranks.interleave(gathered, len(prompts))

    def logprobs(self, params):
        return self.reasoner.logprobs(params["sequences"], params["temperature"]) if self.node else None

    def klToBase(self, params):
        return self.reasoner.kl_to_base(params["sequences"], params["temperature"]) if self.node else None

    def freezeBase(self, _):
        self.reasoner.freeze_base()

    def save(self, _):
        return base64.b64encode(self.reasoner.save()).decode() if self.node else None

    def load(self, params):
        self.reasoner.load(base64.b64decode(params["bytes"]))

    def saveOptimizer(self, _):
        return base64.b64encode(self.reasoner.save_optimizer()).decode() if self.node else None

    def loadOptimizer(self, params):
        self.reasoner.load_optimizer(base64.b64decode(params["bytes"]))

    # --- What the loop tells ----------------------------------------------------------------------------------

    def step(self, params):
        self.told("step", params)

    def rechecked(self, params):
        self.told("rechecked", params)
