/** The tokenizer of a pretrained model, from the files that `save_pretrained` of transformers writes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import type { Tokenizer as Encoder } from '../../../src/tasks/kind.ts';
import { UsageError } from '../../common/usageError.ts';

export interface ModelTokenizer extends Encoder {
  /** A prompt, with the mark before it that some models want. */
  prompt(text: string): number[];
  /** The text of tokens, without those that are no text. */
  decode(tokens: readonly number[]): string;
}

/** What Python's tokenizer made of a text: its tokens, and the text of these. */
export interface Probe {
  text: string;
  tokens: readonly number[];
  decoded: string;
}

/** Throws a UsageError where the folder has no tokenizer.json. */
export function readTokenizer(folder: string): ModelTokenizer {
  const read = (name: string): object => JSON.parse(readFileSync(join(folder, name), 'utf8')) as object;
  if (!existsSync(join(folder, 'tokenizer.json'))) {
    throw new UsageError('The model has no tokenizer.json, from which alone its tokenizer can be read here.');
  }
  const json = read('tokenizer.json') as { added_tokens?: { content: string; special: boolean }[] };
  const tokenizer = new Tokenizer(json, read('tokenizer_config.json'));
  const special = (json.added_tokens ?? []).filter((token) => token.special).map(({ content }) => content);
  return {
    encode: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
    prompt: (text) => tokenizer.encode(text).ids,
    isEncodable: (text) => !special.some((mark) => text.includes(mark)),
    decode: (tokens) =>
      tokens.length === 0
        ? ''
        : tokenizer.decode([...tokens], { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
  };
}

/** Texts on which both tokenizers are compared: programs of every sort, and what is easily read otherwise. */
export function probeTexts(programs: readonly string[]): string[] {
  return [
    ...programs,
    ' </think> <answer>\n```output\n[1, -2.5, 1e-07]\n```\n</answer>',
    'def f(naïve, 数):\n\treturn {"é": "日本語 🙂", "\\n": None}  # \u0301 \u200d\r\n',
    '    0123456789 12_345 0xFF\n\n\n  \t  `x`  ```  <|x|> <think> don’t I’ll',
  ];
}

/** Throws a UsageError where the tokenizer does not say what Python's does. */
export function checkTokenizer(tokenizer: ModelTokenizer, probes: readonly Probe[]): void {
  for (const { text, tokens, decoded } of probes) {
    const isSame = tokenizer.prompt(text).join() === tokens.join() && tokenizer.decode(tokens) === decoded;
    if (isSame) continue;
    const shown = JSON.stringify(text.slice(0, 60));
    throw new UsageError(
      `The model’s tokenizer is read otherwise in Node than in Python, e.g. ${shown}: the run cannot go on with it.`,
    );
  }
}
