/** The tokenizer in the files that Hugging Face's `tokenizers` and `transformers` read. */
import { FIRST_INTEGER, SPECIAL, VOCABULARY } from './vocabulary.ts';

/**
 * `tokenizer.json`. WordPiece without a pre-tokenizer and with an empty prefix of continuations is our longest match, and
 * joins texts without spaces. Special tokens and line labels stand for no text of their own; a text that spells one
 * (`<think>`, `<1>`) becomes that token there, so prompts go to engines elsewhere as token ids.
 */
export function tokenizerJson(): unknown {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: VOCABULARY.slice(0, FIRST_INTEGER).map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: { type: 'Fuse' },
    model: {
      type: 'WordPiece',
      unk_token: VOCABULARY[SPECIAL.pad],
      continuing_subword_prefix: '',
      // One word may be a whole program.
      max_input_chars_per_word: 100_000,
      vocab: Object.fromEntries(VOCABULARY.map((text, id) => [text, id])),
    },
  };
}

/** `tokenizer_config.json` of a reasoner of that context. */
export function tokenizerConfig(contextLength: number): unknown {
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    pad_token: VOCABULARY[SPECIAL.pad],
    eos_token: VOCABULARY[SPECIAL.eos],
    padding_side: 'left',
    model_max_length: contextLength,
    clean_up_tokenization_spaces: false,
  };
}

/** `generation_config.json`: sampling as self-play does it. */
export function generationConfig(maxNewTokens: number): unknown {
  return {
    do_sample: true,
    temperature: 1,
    max_new_tokens: maxNewTokens,
    eos_token_id: SPECIAL.eos,
    pad_token_id: SPECIAL.pad,
  };
}
