"""The reasoner: Kelvin's own model as LlamaForCausalLM, with AdamW as the page has it."""

import json

import torch
from safetensors.torch import load, save
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM

PAD, EOS = 0, 1
WEIGHT_DECAY = 0.01  # of matrices; src/reasoner/optimizer.ts
# Sequences that are sampled side by side: on a CPU as many as its caches hold.
ROWS = {"cpu": 128, "cuda": 512}
FIRST_ROUND = 16  # tokens, after which sequences that have ended are taken out; then after twice as many, and so on
MEASURED = 64  # sequences whose logits are held at once


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
        rooms = [min(maxNewTokens, self.context - len(prompt)) for prompt in prompts]
        responses = [[] for _ in prompts]
        settings = {"do_sample": False} if greedy else {"do_sample": True, "temperature": temperature, "top_k": 0}
        # Most responses are short: now and then those that have ended are taken out, and the others go on.
        most_rows = ROWS[model.device.type]
        unfinished, length = [i for i, room in enumerate(rooms) if room > 0], FIRST_ROUND
        with torch.random.fork_rng(), _evaluating(model):
            torch.manual_seed(seed)
            while unfinished:
                unfinished.sort(key=lambda i: len(prompts[i]) + len(responses[i]))
                for start in range(0, len(unfinished), most_rows):
                    rows = unfinished[start : start + most_rows]
                    most = min(length, max(rooms[i] - len(responses[i]) for i in rows))
                    written = self._generate(model, [prompts[i] + responses[i] for i in rows], most, settings)
                    for i, tokens in zip(rows, written):
                        # The page ends a response where the context is full.
                        responses[i] += tokens[: rooms[i] - len(responses[i])]
                unfinished = [i for i in unfinished if len(responses[i]) < rooms[i] and responses[i][-1] != EOS]
                length *= 2
        sequences = [{"prompt": prompt, "response": response} for prompt, response in zip(prompts, responses)]
        return [
            {"tokens": response, "finished": response[-1:] == [EOS], "logprobs": logprobs}
            for response, logprobs in zip(responses, self.logprobs(sequences, temperature, weights))
        ]

    def _generate(self, model, prompts, most, settings):
        """Up to `most` more tokens of each, to the first EOS."""
        ids, mask = padded(prompts, "left", model.device)
        settings = GenerationConfig(
            eos_token_id=EOS,
            pad_token_id=PAD,
            max_new_tokens=most,
            # A trainer turns it off in the configuration, which a frozen copy has, too.
            use_cache=True,
            **settings,
        )
        out = model.generate(ids, attention_mask=mask, generation_config=settings)
        for tokens in out[:, ids.shape[1] :].tolist():
            yield tokens[: tokens.index(EOS) + 1] if EOS in tokens else tokens

    @torch.no_grad()
    def tables(self, sequences, temperature, weights="current"):
        """For each sequence the log-probabilities [response, vocabulary] that its response was drawn from."""
        model = self._of(weights)
        ids, mask = padded([s["prompt"] + s["response"] for s in sequences], "right", model.device)
        logits = model(ids, attention_mask=mask).logits.float()
        for row, s in enumerate(sequences):
            first = len(s["prompt"]) - 1
            yield (logits[row, first : first + len(s["response"])] / temperature).log_softmax(-1)

    def logprobs(self, sequences, temperature, weights="current"):
        """log π of every response token."""
        out = [None] * len(sequences)
        order = sorted(range(len(sequences)), key=lambda i: len(sequences[i]["prompt"]) + len(sequences[i]["response"]))
        for start in range(0, len(order), MEASURED):
            rows = order[start : start + MEASURED]
            for i, table in zip(rows, self.tables([sequences[i] for i in rows], temperature, weights)):
                tokens = torch.tensor(sequences[i]["response"], dtype=torch.long, device=table.device)
                out[i] = table.gather(1, tokens[:, None]).squeeze(1).tolist()
        return out

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
