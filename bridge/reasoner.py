"""The reasoner as PyTorch sees it: the same Llama-shaped decoder as src/reasoner, tensor for tensor.

RMSNorm, rotary positions (rotate-half), SwiGLU, no biases. Parameters carry their Hugging Face names and
[out, in] layout, so a checkpoint moves between this file, the page and `LlamaForCausalLM` unchanged.
"""

import json
import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F

SIZES = {
    # layers, width, heads, feed-forward, context: keep in step with src/reasoner/config.ts
    "pico": (2, 32, 2, 88, 192),
    "nano": (4, 64, 4, 176, 256),
    "small": (4, 128, 4, 352, 256),
    "medium": (6, 192, 6, 512, 256),
    "large": (8, 320, 5, 864, 256),
}


@dataclass(frozen=True)
class Config:
    vocabulary_size: int
    layers: int
    width: int
    heads: int
    feed_forward: int
    context_length: int
    rope_theta: float = 10000.0
    rms_norm_epsilon: float = 1e-5

    @staticmethod
    def of_size(size: str, vocabulary_size: int) -> "Config":
        layers, width, heads, feed_forward, context = SIZES[size]
        return Config(vocabulary_size, layers, width, heads, feed_forward, context)

    @staticmethod
    def from_hugging_face(path: str) -> "Config":
        with open(path, encoding="utf-8") as file:
            c = json.load(file)
        return Config(
            c["vocab_size"],
            c["num_hidden_layers"],
            c["hidden_size"],
            c["num_attention_heads"],
            c["intermediate_size"],
            c["max_position_embeddings"],
            c["rope_theta"],
            c["rms_norm_eps"],
        )

    def to_hugging_face(self) -> dict:
        return {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "vocab_size": self.vocabulary_size,
            "hidden_size": self.width,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.heads,
            "head_dim": self.width // self.heads,
            "intermediate_size": self.feed_forward,
            "max_position_embeddings": self.context_length,
            "rope_theta": self.rope_theta,
            "rms_norm_eps": self.rms_norm_epsilon,
            "tie_word_embeddings": False,
            "hidden_act": "silu",
            "attention_bias": False,
            "mlp_bias": False,
            "pad_token_id": 0,
            "eos_token_id": 1,
        }


def initial_parameters(config: Config, seed: int) -> dict[str, torch.nn.Parameter]:
    """Normal(0, 0.02); projections back into the residual stream are scaled by 1/sqrt(2 · layers)."""
    generator = torch.Generator().manual_seed(seed)
    residual = 0.02 / math.sqrt(2 * config.layers)

    def normal(rows: int, columns: int, std: float = 0.02) -> torch.nn.Parameter:
        return torch.nn.Parameter(torch.randn(rows, columns, generator=generator) * std)

    def ones() -> torch.nn.Parameter:
        return torch.nn.Parameter(torch.ones(config.width))

    width, inner = config.width, config.feed_forward
    parameters = {"model.embed_tokens.weight": normal(config.vocabulary_size, width)}
    for layer in range(config.layers):
        prefix = f"model.layers.{layer}."
        parameters[prefix + "input_layernorm.weight"] = ones()
        for name in ("q", "k", "v"):
            parameters[prefix + f"self_attn.{name}_proj.weight"] = normal(width, width)
        parameters[prefix + "self_attn.o_proj.weight"] = normal(width, width, residual)
        parameters[prefix + "post_attention_layernorm.weight"] = ones()
        parameters[prefix + "mlp.gate_proj.weight"] = normal(inner, width)
        parameters[prefix + "mlp.up_proj.weight"] = normal(inner, width)
        parameters[prefix + "mlp.down_proj.weight"] = normal(width, inner, residual)
    parameters["model.norm.weight"] = ones()
    parameters["lm_head.weight"] = normal(config.vocabulary_size, width)
    return parameters


class Forward:
    """Logits of chosen rows. `dtype` is the type of the matrix products; the residual stream stays float32."""

    def __init__(self, config: Config, dtype: torch.dtype = torch.float32):
        self.config = config
        self.dtype = dtype
        size = config.width // config.heads
        frequencies = config.rope_theta ** (-torch.arange(0, size, 2, dtype=torch.float64) / size)
        angles = torch.outer(torch.arange(config.context_length, dtype=torch.float64), frequencies)
        self.cos = torch.cat([angles.cos()] * 2, -1).float()
        # The sign of rotate-half is folded into the sine.
        self.sin = torch.cat([-angles.sin(), angles.sin()], -1).float()

    def __call__(self, parameters: dict, tokens: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        """tokens [batch, time], right-padded (padding comes after, so it is never attended to);
        rows: indices into the flattened [batch · time]; returns float32 logits [len(rows), vocabulary]."""
        c = self.config
        batch, time = tokens.shape
        size = c.width // c.heads
        x = F.embedding(tokens, parameters["model.embed_tokens.weight"]).view(batch * time, c.width)
        cos = self.cos[:time].view(1, time, 1, 1, size)
        sin = self.sin[:time].view(1, time, 1, 1, size)
        future = torch.ones(time, time, dtype=torch.bool).triu(1)
        for layer in range(c.layers):
            p = f"model.layers.{layer}."
            qkv_weight = torch.cat([parameters[p + f"self_attn.{n}_proj.weight"] for n in "qkv"])
            qkv = self.linear(self.norm(x, parameters[p + "input_layernorm.weight"]), qkv_weight)
            qkv = qkv.view(batch, time, 3, c.heads, size)
            qk = qkv[:, :, :2].float()
            turned = torch.cat([qk[..., size // 2 :], qk[..., : size // 2]], -1)
            qk = (qk * cos + turned * sin).to(self.dtype)
            q, k, v = qk[:, :, 0].transpose(1, 2), qk[:, :, 1].transpose(1, 2), qkv[:, :, 2].transpose(1, 2)
            scores = torch.matmul(q, k.transpose(-1, -2)).float() * (1 / math.sqrt(size))
            weights = scores.masked_fill(future, float("-inf")).softmax(-1).to(self.dtype)
            attended = torch.matmul(weights, v).transpose(1, 2).reshape(batch * time, c.width)
            if layer == c.layers - 1:
                # Only the asked rows are needed from here on.
                attended, x = attended[rows], x[rows]
            x = x + self.linear(attended, parameters[p + "self_attn.o_proj.weight"])
            gate_up = torch.cat([parameters[p + "mlp.gate_proj.weight"], parameters[p + "mlp.up_proj.weight"]])
            inner = self.linear(self.norm(x, parameters[p + "post_attention_layernorm.weight"]), gate_up)
            gate, up = inner.float().chunk(2, -1)
            x = x + self.linear(F.silu(gate) * up, parameters[p + "mlp.down_proj.weight"])
        return self.linear(self.norm(x, parameters["model.norm.weight"]), parameters["lm_head.weight"]).float()

    def linear(self, x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        return F.linear(x.to(self.dtype), weight.to(self.dtype))

    def norm(self, x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + self.config.rms_norm_epsilon) * weight
