"""Shapes, and the Hugging Face `config.json` that says them. Needs nothing but Python."""

import json
from dataclasses import dataclass

PAD, EOS = 0, 1


@dataclass(frozen=True)
class Config:
    vocabulary: int
    layers: int
    width: int
    heads: int
    feed_forward: int
    context: int
    rope_theta: float = 10000.0
    epsilon: float = 1e-5

    @staticmethod
    def read(path):
        """Reads a Hugging Face Llama `config.json`; see `Config.parse`."""
        with open(path) as file:
            return Config.parse(json.load(file))

    @staticmethod
    def parse(fields):
        """Reads what transformers 4 writes (`rope_theta`, `rope_scaling`) or transformers 5 (`rope_parameters`), as
        `src/reasoner/config.ts` does. Raises a ValueError that names the field when it lacks something, contradicts
        itself, or asks for what this decoder does not have."""
        if not isinstance(fields, dict):
            raise ValueError("The model configuration is not a JSON object")
        if fields.get("model_type") != "llama":
            raise ValueError(f'The model configuration is of type {json.dumps(fields.get("model_type"))}, not "llama"')

        def number(name):
            if not is_number(fields.get(name)):
                raise ValueError(f"The model configuration lacks the number {name}")
            return fields[name]

        width, heads = number("hidden_size"), number("num_attention_heads")
        expect_only(fields, "num_key_value_heads", heads)
        expect_only(fields, "head_dim", width / heads)
        expect_only(fields, "hidden_act", "silu")
        expect_only(fields, "attention_bias", False)
        expect_only(fields, "mlp_bias", False)
        if isinstance(fields.get("quantization_config"), dict):
            raise ValueError("Quantised weights are not supported")
        # The page's engine can tie its head to the embedding; this decoder cannot.
        expect_only(fields, "tie_word_embeddings", False)
        return Config(
            vocabulary=number("vocab_size"),
            layers=number("num_hidden_layers"),
            width=width,
            heads=heads,
            feed_forward=number("intermediate_size"),
            context=number("max_position_embeddings"),
            rope_theta=rope_theta_of(fields),
            epsilon=number("rms_norm_eps"),
        )

    def write(self, path):
        """Writes what `LlamaForCausalLM` of transformers 4 or 5 and the page's engine read: the same keys as
        `src/reasoner/config.ts`."""
        with open(path, "w") as file:
            json.dump(
                {
                    "architectures": ["LlamaForCausalLM"],
                    "model_type": "llama",
                    "vocab_size": self.vocabulary,
                    "num_hidden_layers": self.layers,
                    "hidden_size": self.width,
                    "num_attention_heads": self.heads,
                    "num_key_value_heads": self.heads,
                    "intermediate_size": self.feed_forward,
                    "max_position_embeddings": self.context,
                    "rope_theta": self.rope_theta,
                    "rope_parameters": {"rope_theta": self.rope_theta, "rope_type": "default"},
                    "rms_norm_eps": self.epsilon,
                    "tie_word_embeddings": False,
                    "hidden_act": "silu",
                    "attention_bias": False,
                    "mlp_bias": False,
                    "bos_token_id": None,
                    "eos_token_id": EOS,
                    "pad_token_id": PAD,
                    "torch_dtype": "float32",
                    "dtype": "float32",
                },
                file,
                indent=2,
            )
            file.write("\n")


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def expect_only(fields, name, wanted):
    """Raises a ValueError when the field is there and says something else."""
    value = fields.get(name)
    if value is not None and value != wanted:
        raise ValueError(f"{name} {json.dumps(value)} is not supported, only {json.dumps(wanted)}")


def rope_theta_of(fields):
    """The base of the rotary angles, wherever it is written; positions that are scaled are refused."""
    found = [fields["rope_theta"]] if "rope_theta" in fields else []
    for name in ("rope_parameters", "rope_scaling"):
        rope = fields.get(name)
        if rope is None:
            continue
        if not isinstance(rope, dict):
            raise ValueError(f"{name} is not a JSON object")
        expect_only({"rope_type": rope.get("type"), **rope}, "rope_type", "default")
        expect_only(rope, "partial_rotary_factor", 1)
        if "rope_theta" in rope and rope["rope_theta"] not in found:
            found.append(rope["rope_theta"])
    if len(found) > 1:
        raise ValueError(f"rope_theta is both {found[0]} and {found[1]}")
    if not found or not is_number(found[0]):
        raise ValueError("The model configuration lacks the number rope_theta")
    return found[0]
