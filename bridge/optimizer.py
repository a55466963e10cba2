"""AdamW on flat vectors, and Muon for the matrices of the blocks."""

import math

import torch

from reasoner import parameter_count


class AdamW:
    """Decoupled weight decay on the matrices, none on the norms (which lie last in the flat vector)."""

    def __init__(self, config, flat, decay):
        matrices, _ = parameter_count(config)
        self.parts = [slice(0, matrices), slice(matrices, None)]
        self.views = [flat[part] for part in self.parts]
        groups = [{"params": [view], "weight_decay": d} for view, d in zip(self.views, (decay, 0.0))]
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

    def __init__(self, reasoner, gradient_size, decay, momentum=0.95):
        flat = reasoner.flat
        self.decay, self.momentum = decay, momentum
        self.adamw = AdamW(reasoner.config, flat, decay)
        self.buffer = torch.zeros(gradient_size)
        base = flat.data_ptr()
        self.shapes = {}
        for name, tensor in reasoner.tensors.items():
            if ".layers." in name and tensor.dim() == 2:
                offset = (tensor.data_ptr() - base) // 4
                self.shapes.setdefault(tuple(tensor.shape), []).append((tensor.detach(), offset))

    @torch.no_grad()
    def step(self, gradient, rate):
        self.buffer.lerp_(gradient, 1 - self.momentum)
        nesterov = gradient.lerp(self.buffer, self.momentum)
        for (rows, columns), matrices in self.shapes.items():
            size = rows * columns
            stack = torch.stack([nesterov[at : at + size].view(rows, columns) for _, at in matrices])
            scale = 2 * rate * 0.2 * math.sqrt(max(rows, columns))
            for (weight, at), update in zip(matrices, orthogonalize(stack)):
                weight.mul_(1 - 2 * rate * self.decay).sub_(update, alpha=scale)
                # AdamW sees nothing of these; it must not decay them a second time either (see below).
                gradient[at : at + size] = 0
        before = [weight.clone() for matrices in self.shapes.values() for weight, _ in matrices]
        self.adamw.step(gradient, rate)
        after = (weight for matrices in self.shapes.values() for weight, _ in matrices)
        for weight, kept in zip(after, before):
            weight.copy_(kept)

    def state_dict(self):
        return {"adamw": self.adamw.state_dict(), "buffer": self.buffer}

    def load_state_dict(self, state):
        self.adamw.load_state_dict(state["adamw"])
        self.buffer.copy_(state["buffer"])


def orthogonalize(stack):
    """Newton-Schulz on matrices `[n, rows, columns]`: singular values towards one, in bfloat16."""
    wide = stack.shape[1] <= stack.shape[2]
    x = stack if wide else stack.mT
    x = (x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)).bfloat16()
    for _ in range(5):
        a = x @ x.mT
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return (x if wide else x.mT).float()
