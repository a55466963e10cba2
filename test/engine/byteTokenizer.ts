/** A pretrained model's tokenizer for tests: a token a byte, and one that ends a response. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ModelTokenizer, readTokenizer } from '../../scripts/engine/text/tokenizer.ts';

export const EOS = 256;
export const EOS_TEXT = '<|endoftext|>';

/** Byte-level BPE without merges, read from files like those of transformers. */
export function byteTokenizer(): ModelTokenizer {
  const isShown = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let hidden = 0;
  // GPT-2's letters for bytes: those that can be seen are themselves.
  const letters = Array.from({ length: 256 }, (_, byte) =>
    String.fromCharCode(isShown(byte) ? byte : 256 + hidden++),
  );
  const bytes = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  const end = { id: EOS, content: EOS_TEXT, special: true, normalized: false };
  const json = {
    added_tokens: [{ ...end, single_word: false, lstrip: false, rstrip: false }],
    normalizer: null,
    pre_tokenizer: bytes,
    post_processor: bytes,
    decoder: bytes,
    model: {
      type: 'BPE',
      vocab: { ...Object.fromEntries(letters.map((letter, byte) => [letter, byte])), [EOS_TEXT]: EOS },
      merges: [],
    },
  };
  const folder = mkdtempSync(join(tmpdir(), 'kelvin-tokenizer-'));
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(json));
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify({ eos_token: EOS_TEXT }));
  return readTokenizer(folder);
}
