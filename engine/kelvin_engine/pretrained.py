"""A pretrained model that has taken a run over: any causal language model of transformers, whole or with LoRA."""

import shutil
import tempfile
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig, LogitsProcessor, LogitsProcessorList

from .reasoner import WEIGHT_DECAY, Reasoner, _evaluating, padded

KEPT = "pretrained"  # folder of its weights within that of the run
END = "</answer>"  # with it a response ends, as with the model's own mark
ROWS = 16  # sequences that are sampled side by side: their keys and values are large
ADAPTED = "all-linear"  # LoRA's layers: all but the head


class Unfit(RuntimeError):
    """A model that cannot take a run over; the message is a plain sentence."""


class Pretrained(Reasoner):
    """What `Reasoner` does, with a model that others have trained.

    `settings` are those of kelvin.json: `model`, a folder or a name of the hub; `lora`, the rank or None; `context`.
    Weights and moments of a run that it has taken over before are in the run's folder. The frozen base is the model as
    its makers left it.
    """

    def __init__(self, folder, settings, beta2, device="cpu"):
        self.kept = Path(folder) / KEPT
        self.lora = settings["lora"]
        self.beta2 = beta2
        name = settings["model"]
        goes_on = (self.kept / "optimizer.pt").exists()
        try:
            self.tokenizer = AutoTokenizer.from_pretrained(self.kept if goes_on else name)
            own = read_model(self.kept if goes_on and not self.lora else name, device)
            self.base = None if self.lora else read_model(name, device).requires_grad_(False).eval()
            self.model = self._adapted(own, goes_on) if self.lora else own
        except (OSError, ValueError) as error:
            raise Unfit(f"{name} cannot be loaded: {str(error).splitlines()[0]}") from error
        if self.tokenizer.pad_token is None:
            self.tokenizer.pad_token = self.tokenizer.eos_token
        self.pad = self.tokenizer.pad_token_id
        self.ends = end_tokens(own, self.tokenizer)
        plain = GenerationConfig(eos_token_id=sorted(self.ends), pad_token_id=self.pad)
        for model in filter(None, (own, self.base)):
            # What its makers sample with (top-p, penalties) is not the policy that learns.
            model.generation_config = plain
        self.context = min(settings["context"], getattr(own.config, "max_position_embeddings", settings["context"]))
        self.vllm = None  # that writes in place of `generate`, once a trainer has it (samplers.py)
        self.optimizer = self._optimizer()
        if goes_on:
            self.optimizer.load_state_dict(torch.load(self.kept / "optimizer.pt", map_location=device, weights_only=True))

    def _adapted(self, model, goes_on):
        # Not needed for a model that is trained whole.
        from peft import LoraConfig, PeftModel, get_peft_model

        if goes_on:
            return PeftModel.from_pretrained(model, self.kept, is_trainable=True)
        config = LoraConfig(r=self.lora, lora_alpha=2 * self.lora, target_modules=ADAPTED, task_type="CAUSAL_LM")
        return get_peft_model(model, config)

    def _optimizer(self):
        trained = [p for p in self.model.parameters() if p.requires_grad]
        groups = [
            {"params": [p for p in trained if p.dim() > 1], "weight_decay": WEIGHT_DECAY},
            {"params": [p for p in trained if p.dim() == 1], "weight_decay": 0.0},
        ]
        return torch.optim.AdamW([g for g in groups if g["params"]], lr=0.0, betas=(0.9, self.beta2), eps=1e-8)

    def described(self, texts):
        """For the loop: how large it is, and what its tokenizer makes of some texts. The tokenizer's files lie in a folder."""
        folder = tempfile.mkdtemp(prefix="kelvin-tokenizer-")
        self.tokenizer.save_pretrained(folder)
        ids = [self.tokenizer(text)["input_ids"] for text in texts]
        decoded = [self._text(tokens) for tokens in ids]
        return {
            "parameters": sum(p.numel() for p in self.model.parameters()),
            "context": self.context,
            "tokenizer": folder,
            "probes": [{"text": t, "tokens": i, "decoded": d} for t, i, d in zip(texts, ids, decoded)],
        }

    # --- Sampling and measuring -------------------------------------------------------------------------------

    @torch.no_grad()
    def sample(self, prompts, maxNewTokens, temperature, seed, greedy=False, weights="current"):
        # A prompt that fills the context has no response.
        order = sorted((i for i, p in enumerate(prompts) if len(p) < self.context), key=lambda i: len(prompts[i]))
        rollouts = [{"tokens": [], "finished": False, "logprobs": []} for _ in prompts]
        # vLLM has the weights that are trained, and not the frozen base; it sorts by itself what is computed together.
        vllm = self.vllm if weights == "current" else None
        count = max(1, len(order)) if vllm else ROWS
        with torch.random.fork_rng(), self._using(weights) as model, _evaluating(model):
            torch.manual_seed(seed)
            for start in range(0, len(order), count):
                rows = order[start : start + count]
                batch = [prompts[i] for i in rows]
                rooms = [min(maxNewTokens, self.context - len(prompt)) for prompt in batch]
                if vllm:
                    written = vllm.write(batch, max(rooms), temperature, seed, greedy)
                else:
                    written = self._write(model, batch, max(rooms), temperature, greedy)
                for i, room, response, logprobs in zip(rows, rooms, *written):
                    end = self._end(response)
                    tokens = response[: min(end or room, room)]
                    is_finished = end is not None and end <= room
                    rollouts[i] = {"tokens": tokens, "finished": is_finished, "logprobs": logprobs[: len(tokens)]}
        return rollouts

    def _write(self, model, prompts, most, temperature, greedy):
        """Responses, tokens and log π of each, by transformers' own generation; behind an end there is padding."""
        ids, mask = padded(prompts, "left", model.device)
        settings = {"do_sample": False} if greedy else {"do_sample": True, "temperature": temperature, "top_k": 0}
        drawn = Drawn(temperature)
        config = GenerationConfig(
            max_new_tokens=most,
            eos_token_id=sorted(self.ends),
            pad_token_id=self.pad,
            stop_strings=[END],
            # A trainer turns it off in the configuration.
            use_cache=True,
            **settings,
        )
        out = model.generate(
            input_ids=ids,
            attention_mask=mask,
            generation_config=config,
            logits_processor=LogitsProcessorList([drawn]),
            tokenizer=self.tokenizer,
        )
        return out[:, ids.shape[1] :].tolist(), drawn.logprobs(out)

    def _end(self, response):
        """How many tokens a response has, its end included; None when it has none. Behind it there is only padding."""
        own = next((i + 1 for i, token in enumerate(response) if token in self.ends), None)
        if END not in self._text(response[:own]):
            return own
        # The shortest beginning that has the end of the answer: it never leaves again.
        low, high = 1, own or len(response)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if END in self._text(response[:middle]) else (middle + 1, high)
        return low

    def _text(self, tokens):
        return self.tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)

    @torch.no_grad()
    def tables(self, sequences, temperature, weights="current"):
        """One sequence at a time: a table of a large vocabulary is large."""
        with self._using(weights) as model:
            for s in sequences:
                ids = torch.tensor([s["prompt"] + s["response"]], device=model.device)
                logits = model(ids, logits_to_keep=len(s["response"]) + 1).logits[0, :-1].float()
                yield (logits / temperature).log_softmax(-1)

    def kl_to_base(self, sequences, temperature):
        total, count = 0.0, 0
        for s in sequences:
            [ours], [theirs] = (list(self.tables([s], temperature, weights)) for weights in ("current", "base"))
            total += (ours.exp() * (ours - theirs)).sum().item()
            count += len(s["response"])
        return total / count

    def _using(self, weights):
        return _Weights(self, weights == "base")

    # --- What is kept -----------------------------------------------------------------------------------------

    def freeze_base(self):
        """It is what the model's makers left: nothing is copied, and moments that were kept stay."""

    def save(self):
        """Writes the folder anew and gives the loop nothing: its own files have no place for these weights."""
        part = self.kept.with_name(f".{KEPT}.part")
        shutil.rmtree(part, ignore_errors=True)
        self.model.save_pretrained(part)
        self.tokenizer.save_pretrained(part)
        torch.save(self.optimizer.state_dict(), part / "optimizer.pt")
        shutil.rmtree(self.kept, ignore_errors=True)
        part.rename(self.kept)
        return b""

    def load(self, data):
        raise RuntimeError("a pretrained model is loaded when it is opened")

    save_optimizer = load_optimizer = load


def read_model(name, device):
    return AutoModelForCausalLM.from_pretrained(name, dtype=torch.float32).to(device)


def end_tokens(model, tokenizer):
    """Tokens with which the model ends what it says. Raises Unfit when it has none."""
    said = model.generation_config.eos_token_id
    ends = {tokenizer.eos_token_id, *(said if isinstance(said, list) else [said])} - {None}
    if not ends:
        raise Unfit("The model has no token that ends a text.")
    return ends


class Drawn(LogitsProcessor):
    """Keeps log π of every token that is sampled, without the tables that they are drawn from."""

    def __init__(self, temperature):
        self.temperature = temperature
        self.table, self.heard = None, []

    def __call__(self, input_ids, scores):
        self._take(input_ids)
        self.table = (scores.float() / self.temperature).log_softmax(-1)
        return scores

    def _take(self, ids):
        if self.table is not None:
            self.heard.append(self.table.gather(1, ids[:, -1:]).squeeze(1))

    def logprobs(self, sequences):
        """[row][token] of what was written; `sequences` are prompts and responses."""
        self._take(sequences)
        return torch.stack(self.heard, 1).tolist()


class _Weights:
    """The model with the weights that are asked for: with LoRA, the base is the model without it."""

    def __init__(self, reasoner, is_base):
        self.model = reasoner.base if is_base and reasoner.base is not None else reasoner.model
        self.without = reasoner.model.disable_adapter() if is_base and reasoner.base is None else None

    def __enter__(self):
        if self.without:
            self.without.__enter__()
        return self.model

    def __exit__(self, *error):
        if self.without:
            self.without.__exit__(*error)
