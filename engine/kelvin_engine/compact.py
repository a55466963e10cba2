"""Nothing is computed for places that a step leaves over, and little for padding.

TRL's loss asks the model for all places of a micro-batch, each as wide as the longest prompt and the longest completion
together. What it asks for comes back in the same shape; only what has to be computed is smaller.
"""

import functools

import torch

CHUNK = 32  # sequences of a forward pass, sorted by length


class Compact:
    """Stands before the forward pass of a model whose trainer has given it a fused head (TRL's `add_fused_lm_head`).

    `left_over` is the token that is prompt and completion of a place without a response. `computed` counts positions,
    padding among them, since it was last set to 0.
    """

    def __init__(self, model, left_over):
        self.inner, self.left_over, self.computed = model.forward, left_over, 0

        # The signature stays: `generate` reads it.
        @functools.wraps(model.forward)
        def forward(*args, **kwargs):
            if kwargs.get("fused_lm_head"):
                return self._fused(**kwargs)
            return self.inner(*args, **kwargs)

        model.forward = forward

    def _fused(self, input_ids, attention_mask, labels, **rest):
        """`log_probs` and `entropy` [rows, time - 1]; zero where nothing was computed."""
        rows, time = input_ids.shape
        lengths = attention_mask.sum(1)
        # Prompts are padded on the left and completions on the right: in between there are no gaps.
        starts = attention_mask.argmax(1)
        first = input_ids.gather(1, starts[:, None]).squeeze(1)
        kept = ((lengths > 2) | (first != self.left_over)).nonzero().squeeze(1)
        if len(kept) == 0:
            # Workers average their gradients: each has to have one.
            kept = torch.zeros(1, dtype=torch.long, device=input_ids.device)
        kept = kept[lengths[kept].argsort()]
        places, log_probs, entropies = [], [], []
        for chunk in kept.split(CHUNK):
            width = int(lengths[chunk].max())
            steps = torch.arange(width, device=input_ids.device)
            filled = steps < lengths[chunk, None]
            columns = (starts[chunk, None] + steps).clamp(max=time - 1)
            out = self.inner(
                input_ids=input_ids[chunk].gather(1, columns),
                attention_mask=filled.to(attention_mask.dtype),
                labels=labels[chunk].gather(1, columns).masked_fill(~filled, -100),
                **rest,
            )
            self.computed += filled.numel()
            # A position tells of the token after it.
            tells = filled[:, 1:]
            places.append((chunk[:, None] * (time - 1) + columns[:, :-1])[tells])
            log_probs.append(out.log_probs[tells])
            entropies.append(out.entropy[tells])
        at = torch.cat(places)
        for name, parts in (("log_probs", log_probs), ("entropy", entropies)):
            values = torch.cat(parts)
            whole = values.new_zeros(rows * (time - 1)).index_put((at,), values)
            setattr(out, name, whole.view(rows, time - 1))
        return out
