"""A pretrained model for tests: of the shape of Qwen2, tiny, with random weights and a tokenizer of its own."""

from tokenizers import ByteLevelBPETokenizer
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM, set_seed

END = "<|endoftext|>"


def make(folder, texts):
    """Writes it as `save_pretrained` does; its tokenizer has learned from `texts`."""
    learned = ByteLevelBPETokenizer()
    learned.train_from_iterator(texts, vocab_size=1000, min_frequency=1, special_tokens=[END], show_progress=False)
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=learned._tokenizer, eos_token=END, pad_token=END)
    set_seed(1)
    config = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        max_position_embeddings=1024,
        tie_word_embeddings=True,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    model = Qwen2ForCausalLM(config)
    # What some makers put beside their models is not the policy that learns.
    model.generation_config.update(do_sample=True, top_p=0.5, repetition_penalty=1.3)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
