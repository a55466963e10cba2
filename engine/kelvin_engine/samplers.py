"""Who writes the responses of a pretrained model: transformers' own generation, or vLLM through TRL.

TRL's trainer opens vLLM in the process of each worker and gives it the weights anew after every step, LoRA merged. Here
is only what a response is asked with.
"""

import torch
from transformers import set_seed
from trl.import_utils import is_vllm_available

from .pretrained import END, Unfit

AT_ONCE = 4096  # most sequences side by side: TRL's own number of tokens of a pass


def choose(asked, is_pretrained):
    """The sampler of a run, "transformers" or "vllm": what was asked for, else what suits model and machine.

    Raises Unfit when vLLM was asked for and cannot be.
    """
    if asked == "vllm" and not is_pretrained:
        raise Unfit("vLLM samples for pretrained models only: Kelvin's own are sampled by transformers.")
    if asked == "vllm" and not is_vllm_available():
        raise Unfit("vLLM is not installed here: engine/requirements-gpu.txt has it, or take --sampler transformers.")
    if asked == "vllm" and not takes_weights():
        raise Unfit("vLLM samples on GPUs only: on a processor it packs its weights, and takes no new ones.")
    if asked is None and is_pretrained and takes_weights() and is_vllm_available():
        return "vllm"
    return asked or "transformers"


def takes_weights():
    """Whether vLLM on this machine can be given weights after it was opened."""
    return torch.cuda.is_available()


def arguments(sampler, context, places):
    """What `GRPOConfig` is told of it; `places` are those of a worker. Raises ValueError when they are too many."""
    if sampler != "vllm":
        return {}
    if places > AT_ONCE:
        raise ValueError(f"{places} places on a worker: vLLM takes {AT_ONCE} at most, so take more workers or a smaller run")
    return {"use_vllm": True, "vllm_mode": "colocate", "vllm_max_model_length": context}


class Vllm:
    """vLLM with the weights that are trained; `generation` is TRL's (`trainer.vllm_generation`)."""

    def __init__(self, generation, ends):
        self.generation = generation
        self.asked = {"stop": [END], "stop_token_ids": sorted(ends)}

    def write(self, prompts, most, temperature, seed, greedy):
        """Responses, tokens and log π of each; up to `most` tokens, and no more than the context has room for."""
        # A seed of the request would be the same for every prompt. vLLM draws from the streams of PyTorch or NumPy.
        set_seed(seed)
        self.generation.temperature = 0.0 if greedy else temperature
        self.generation.max_completion_length = most
        self.generation.generation_kwargs = self.asked
        _, responses, logprobs, _ = self.generation.generate(prompts=prompts, images=None, num_generations=1)
        # Of each token there is only the log-probability of the one that was drawn.
        return [list(response) for response in responses], [[drawn for [drawn] in row] for row in logprobs]
