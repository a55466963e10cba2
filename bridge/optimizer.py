"""AdamW on flat vectors, and Muon for the matrices of the blocks."""

import math

import torch

from parallel import fast_precision
from reasoner import layout, parameter_count


class AdamW:
    """Decoupled weight decay on the matrices, none on the norms (which lie last in the flat vector).
    `without`, a slice of the matrices, is left alone."""

    def __init__(self, config, flat, decay, without=slice(0, 0)):
        matrices, _ = parameter_count(config)
        self.parts = [slice(0, without.start), slice(without.stop, matrices), slice(matrices, None)]
        self.views = [flat[part] for part in self.parts]
        groups = [{"params": [view], "weight_decay": d} for view, d in zip(self.views, (decay, decay, 0.0))]
        self.inner = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), fused=True)

    def step(self, gradient, rate):
        for view, part in zip(self.views, self.parts):
            view.grad = gradient[part]
        for group in self.inner.param_groups:
            group["lr"] = rate
        self.inner.step()

    def state_dict(self):
        return self.inner.state_dict()

    def load_state_dict(self, state):
        self.inner.load_state_dict(state)


class Muon:
    """Muon (Jordan et al. 2024) on the block matrices at twice the rate, AdamW on embedding, head and norms.

    The update of a matrix is its momentum made orthogonal by five Newton-Schulz steps, scaled by
    0.2·√max(shape) so that its size is that of an AdamW update (Liu et al. 2025).
    """

    def __init__(self, config, flat, decay, momentum=0.95):
        self.decay, self.momentum = decay, momentum
        # The embedding comes first and the head last, so the matrices of the blocks are one piece.
        table = config.vocabulary * config.width
        self.blocks = slice(table, parameter_count(config)[0] - table)
        self.adamw = AdamW(config, flat, decay, without=self.blocks)
        self.weights = flat[self.blocks]
        self.buffer = torch.zeros_like(self.weights)
        self.shapes, offset = {}, 0
        for name, parts in layout(config)[0]:
            if name not in ("embedding", "head"):
                for _, shape in parts:
                    self.shapes.setdefault(shape, []).append(slice(offset, offset + math.prod(shape)))
                    offset += math.prod(shape)

    @torch.no_grad()
    def step(self, gradient, rate):
        self.adamw.step(gradient, rate)
        gradient = gradient[self.blocks]
        self.buffer.lerp_(gradient, 1 - self.momentum)
        nesterov = gradient.lerp(self.buffer, self.momentum)
        self.weights.mul_(1 - 2 * rate * self.decay)
        for shape, places in self.shapes.items():
            # One stack per shape: many small products at once.
            updates = orthogonalize(torch.stack([nesterov[place].view(shape) for place in places]))
            for place, update in zip(places, updates):
                self.weights[place].view(shape).sub_(update, alpha=2 * rate * 0.2 * math.sqrt(max(shape)))

    def state_dict(self):
        return {"adamw": self.adamw.state_dict(), "buffer": self.buffer}

    def load_state_dict(self, state):
        self.adamw.load_state_dict(state["adamw"])
        self.buffer.copy_(state["buffer"])


def orthogonalize(stack):
    """Newton-Schulz on matrices `[n, rows, columns]`: singular values towards one."""
    wide = stack.shape[1] <= stack.shape[2]
    x = stack if wide else stack.mT
    x = (x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)).to(getattr(torch, fast_precision()))
    for _ in range(5):
        a = x @ x.mT
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return (x if wide else x.mT).float()
