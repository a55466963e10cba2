"""The reasoner: Kelvin's own model as LlamaForCausalLM, with AdamW as the page has it."""

import json

import torch
from safetensors.torch import load, save
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM

PAD, EOS = 0, 1
WEIGHT_DECAY = 0.01  # of matrices; src/reasoner/optimizer.ts
ROWS = 512  # sequences that are sampled side by side


class Reasoner:
    """What src/reasoner/reasoner.ts says, on PyTorch. Tokens come and go as lists of integers."""

    def __init__(self, shape, beta2, device="cpu"):
        self.context = shape["contextLength"]
        config = LlamaConfig(
            vocab_size=shape["vocabularySize"],
            num_hidden_layers=shape["layers"],
            hidden_size=shape["width"],
            num_attention_heads=shape["heads"],
            num_key_value_heads=shape["heads"],
            intermediate_size=shape["feedForward"],
            max_position_embeddings=shape["contextLength"],
            rope_parameters={"rope_theta": shape["ropeTheta"], "rope_type": "default"},
            rms_norm_eps=shape["rmsNormEpsilon"],
            tie_word_embeddings=shape["tiedHead"],
            bos_token_id=None,
            eos_token_id=EOS,
            pad_token_id=PAD,
        )
        self.model = LlamaForCausalLM(config).to(device)
        self.base = None
        self.beta2 = beta2
        named = list(self.model.named_parameters())
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [p for _, p in named if p.dim() > 1], "weight_decay": WEIGHT_DECAY},
                {"params": [p for _, p in named if p.dim() == 1], "weight_decay": 0.0},
            ],
            lr=0.0,
            betas=(0.9, beta2),
            eps=1e-8,
        )

    # --- Sampling and measuring -------------------------------------------------------------------------------

    @torch.no_grad()
    def sample(self, prompts, maxNewTokens, temperature, seed, greedy=False, weights="current"):
        """One response a prompt, by transformers' own generation: {tokens, logprobs, finished}."""
        model = self._of(weights)
        order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
        rollouts = [None] * len(prompts)
        settings = {"do_sample": False} if greedy else {"do_sample": True, "temperature": temperature, "top_k": 0}
        with torch.random.fork_rng(), _evaluating(model):
            torch.manual_seed(seed)
            for start in range(0, len(order), ROWS):
                rows = order[start : start + ROWS]
                for i, rollout in zip(rows, self._generate(model, [prompts[i] for i in rows], maxNewTokens, settings)):
                    rollouts[i] = rollout
        for rollout in rollouts:
            table = (rollout.pop("logits") / temperature).log_softmax(-1)
            tokens = torch.tensor(rollout["tokens"], device=table.device)
            rollout["logprobs"] = table.gather(1, tokens[:, None]).squeeze(1).tolist()
        return rollouts

    def _generate(self, model, prompts, most, settings):
        ids, mask = padded(prompts, "left", model.device)
        rooms = [min(most, self.context - len(prompt)) for prompt in prompts]
        out = model.generate(
            ids,
            attention_mask=mask,
            generation_config=GenerationConfig(
                eos_token_id=EOS,
                pad_token_id=PAD,
                max_new_tokens=max(rooms),
                return_dict_in_generate=True,
                output_logits=True,
                **settings,
            ),
        )
        responses = out.sequences[:, ids.shape[1] :].tolist()
        logits = torch.stack(out.logits, 1).float()
        for row, (response, room) in enumerate(zip(responses, rooms)):
            end = response.index(EOS) + 1 if EOS in response else len(response)
            # The page ends a response where the context is full.
            length = min(end, room)
            finished = end <= room and response[end - 1] == EOS
            yield {"tokens": response[:length], "finished": finished, "logits": logits[row, :length]}

    @torch.no_grad()
    def tables(self, sequences, temperature, weights="current"):
        """For each sequence the log-probabilities [response, vocabulary] that its response was drawn from."""
        model = self._of(weights)
        ids, mask = padded([s["prompt"] + s["response"] for s in sequences], "right", model.device)
        logits = model(ids, attention_mask=mask).logits.float()
        for row, s in enumerate(sequences):
            first = len(s["prompt"]) - 1
            yield (logits[row, first : first + len(s["response"])] / temperature).log_softmax(-1)

    def logprobs(self, sequences, temperature):
        """log π of every response token."""
        pairs = zip(self.tables(sequences, temperature), sequences)
        return [
            table.gather(1, torch.tensor(s["response"], device=table.device)[:, None]).squeeze(1).tolist()
            for table, s in pairs
        ]

    def kl_to_base(self, sequences, temperature):
        """KL(π ‖ base) over the whole vocabulary, its mean over the response tokens, in nats."""
        ours = torch.cat(list(self.tables(sequences, temperature)))
        theirs = torch.cat(list(self.tables(sequences, temperature, "base")))
        return (ours.exp() * (ours - theirs)).sum(-1).mean().item()

    def _of(self, weights):
        return self.base if weights == "base" else self.model

    # --- What is kept -----------------------------------------------------------------------------------------

    def freeze_base(self):
        # Not a deep copy: trainers hang their own forward on a model, which would be copied with it.
        self.base = LlamaForCausalLM(self.model.config).to(self.model.device).requires_grad_(False)
        self.base.load_state_dict(self.model.state_dict())
        self.base.eval()
        self.optimizer.state.clear()

    def save(self):
        return save({name: p.detach().cpu().contiguous() for name, p in self.model.named_parameters()})

    def load(self, data):
        self.model.load_state_dict(load(data))
        self.optimizer.state.clear()

    def save_optimizer(self):
        """AdamW's moments under the names that src/reasoner/checkpoint.ts reads."""
        tensors, steps = {}, 0
        for name, p in self.model.named_parameters():
            state = self.optimizer.state.get(p, {})
            for moment in ("exp_avg", "exp_avg_sq"):
                tensors[f"{moment}.{name}"] = state.get(moment, torch.zeros_like(p)).detach().cpu().contiguous()
            steps = int(state.get("step", 0))
        return save(tensors, {"steps": str(steps)})

    def load_optimizer(self, data):
        tensors = load(data)
        length = int.from_bytes(data[:8], "little")
        steps = int(json.loads(data[8 : 8 + length])["__metadata__"]["steps"])
        for name, p in self.model.named_parameters():
            self.optimizer.state[p] = {
                "step": torch.tensor(float(steps)),
                **{moment: tensors[f"{moment}.{name}"].to(p.device) for moment in ("exp_avg", "exp_avg_sq")},
            }


def padded(sequences, side, device):
    """Token ids [rows, longest] and the mask of what is no padding."""
    longest = max(map(len, sequences))
    ids = torch.full((len(sequences), longest), PAD)
    mask = torch.zeros_like(ids)
    for row, tokens in enumerate(sequences):
        at = slice(longest - len(tokens), longest) if side == "left" else slice(0, len(tokens))
        ids[row, at] = torch.tensor(tokens)
        mask[row, at] = 1
    return ids.to(device), mask.to(device)


class _evaluating:
    """Nothing of a forward pass is for training."""

    def __init__(self, model):
        self.model = model

    def __enter__(self):
        self.was = self.model.training
        self.model.eval()

    def __exit__(self, *_):
        self.model.train(self.was)
