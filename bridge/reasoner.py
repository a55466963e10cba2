"""The reasoner of `src/reasoner` in PyTorch: a Llama-shaped decoder (RMSNorm, rotary rotate-half, SwiGLU).

All parameters live in one flat float32 vector. The Hugging Face tensors (`[out, in]`) are views of it; matrices that
read the same input lie side by side and are multiplied as one.
"""

import math

import torch
import torch.nn.functional as F

from safetensors_io import read_safetensors, write_safetensors


def layout(config):
    """[(fused name, [(Hugging Face name, shape)])]: matrices first, the norms last."""
    w, f = config.width, config.feed_forward
    matrices = [("embedding", [("model.embed_tokens.weight", (config.vocabulary, w))])]
    norms = []
    for i in range(config.layers):
        at = f"model.layers.{i}"
        attention = f"{at}.self_attn"
        matrices += [
            (f"{i}.qkv", [(f"{attention}.{name}_proj.weight", (w, w)) for name in "qkv"]),
            (f"{i}.out", [(f"{attention}.o_proj.weight", (w, w))]),
            (f"{i}.gate_up", [(f"{at}.mlp.{name}_proj.weight", (f, w)) for name in ("gate", "up")]),
            (f"{i}.down", [(f"{at}.mlp.down_proj.weight", (w, f))]),
        ]
        norms += [
            (f"{i}.input_norm", [(f"{at}.input_layernorm.weight", (w,))]),
            (f"{i}.post_norm", [(f"{at}.post_attention_layernorm.weight", (w,))]),
        ]
    matrices.append(("head", [("lm_head.weight", (config.vocabulary, w))]))
    return matrices, norms + [("norm", [("model.norm.weight", (w,))])]


def parameter_count(config):
    matrices, norms = layout(config)
    return sum(math.prod(shape) for _, parts in matrices + norms for _, shape in parts)


class Reasoner:
    """Weights as views of a flat vector."""

    def __init__(self, config):
        self.config = config
        self.flat = torch.zeros(parameter_count(config))
        self.weights, self.tensors = {}, {}
        matrices, norms = layout(config)
        offset = 0
        for fused, parts in matrices + norms:
            start = offset
            for name, shape in parts:
                size = math.prod(shape)
                self.tensors[name] = self.flat[offset : offset + size].view(shape)
                offset += size
            shape = (sum(shape[0] for _, shape in parts), *parts[0][1][1:])
            self.weights[fused] = self.flat[start:offset].view(shape)
        head_dim = config.width // config.heads
        inverse = config.rope_theta ** -(torch.arange(0, head_dim, 2, dtype=torch.float64) / head_dim)
        angles = torch.outer(torch.arange(config.context, dtype=torch.float64), inverse).float()
        self.cos = torch.cat([angles.cos(), angles.cos()], -1)
        # Rotate-half is (-second, first): the sign is folded into the first half of the sines.
        self.sin = torch.cat([-angles.sin(), angles.sin()], -1)

    @torch.no_grad()
    def initialize(self, seed):
        """Normal, deviation 0.02; projections back into the residual stream smaller by √(2·layers) (GPT-2)."""
        generator = torch.Generator().manual_seed(seed)
        for name, tensor in self.tensors.items():
            if tensor.dim() == 1:
                tensor.fill_(1)
            else:
                residual = "o_proj" in name or "down_proj" in name
                tensor.normal_(0, 0.02 / math.sqrt(2 * self.config.layers) if residual else 0.02, generator=generator)
        return self

    @torch.no_grad()
    def load(self, path):
        found = read_safetensors(path)
        if found.keys() != self.tensors.keys():
            raise ValueError(f"Tensor names differ: {sorted(found.keys() ^ self.tensors.keys())}")
        for name, tensor in self.tensors.items():
            if tuple(tensor.shape) != found[name].shape:
                raise ValueError(f"{name} has shape {found[name].shape}, expected {tuple(tensor.shape)}")
            tensor.copy_(torch.from_numpy(found[name]))
        return self

    def save(self, path, dtype="F32", metadata=None):
        arrays = {name: tensor.detach().numpy() for name, tensor in self.tensors.items()}
        write_safetensors(path, arrays, dtype, metadata)

    def logits(self, tokens, rows=None):
        """Logits `[rows, vocabulary]` of right-padded tokens `[batch, time]` at `rows` of the flattened
        `[batch · time]` (all by default)."""
        return decode(self.weights, self.config, self.cos, self.sin, tokens, rows)


def rms_norm(x, weight, epsilon):
    return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + epsilon) * weight


def attend(q, k, v):
    """Causal attention `[batch, heads, time, headDim]`, written out to be read beside the engine's. Padding on the
    right needs no mask: nothing before it looks there."""
    time = q.shape[2]
    scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(q.shape[-1])
    future = torch.ones(time, time, dtype=torch.bool, device=q.device).triu(1)
    return torch.matmul(scores.masked_fill(future, float("-inf")).softmax(-1), v)


def rotate(x, cos, sin):
    """Rotary positions, rotate-half."""
    half = x.shape[-1] // 2
    return x * cos + torch.cat([x[..., half:], x[..., :half]], -1) * sin


def decode(weights, config, cos, sin, tokens, rows):
    """The decoder; see `Reasoner.logits`."""
    batch, time = tokens.shape
    width, heads = config.width, config.heads
    x = F.embedding(tokens, weights["embedding"]).view(batch * time, width)
    cos, sin = cos[:time].view(1, time, 1, 1, -1), sin[:time].view(1, time, 1, 1, -1)
    for i in range(config.layers):
        normed = rms_norm(x, weights[f"{i}.input_norm"], config.epsilon)
        qkv = F.linear(normed, weights[f"{i}.qkv"]).view(batch, time, 3, heads, width // heads)
        qk = rotate(qkv[:, :, :2], cos, sin)
        q, k, v = (t.transpose(1, 2) for t in (qk[:, :, 0], qk[:, :, 1], qkv[:, :, 2]))
        attended = attend(q, k, v).transpose(1, 2).reshape(batch * time, width)
        if rows is not None and i == config.layers - 1:
            # Nothing reads the other positions any more.
            attended, x = attended[rows], x[rows]
        x = x + F.linear(attended, weights[f"{i}.out"])
        normed = rms_norm(x, weights[f"{i}.post_norm"], config.epsilon)
        gate, up = F.linear(normed, weights[f"{i}.gate_up"]).chunk(2, -1)
        x = x + F.linear(F.silu(gate) * up, weights[f"{i}.down"])
    return F.linear(rms_norm(x, weights["norm"], config.epsilon), weights["head"])
