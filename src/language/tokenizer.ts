import { LARGEST_INTEGER } from './limits.ts';
import { FIRST_INTEGER, FIRST_LINE_LABEL, LINE_LABELS, SPECIAL, VOCABULARY, ZERO } from './vocabulary.ts';

/** Text tokens as a tree of characters: the longest match is found by walking down. */
interface Branch {
  token: number | null;
  next: Map<string, Branch>;
}

const TREE: Branch = (() => {
  const root: Branch = { token: null, next: new Map() };
  for (let id = FIRST_INTEGER; id < VOCABULARY.length; id++) {
    let branch = root;
    for (const c of VOCABULARY[id] as string) {
      const next = branch.next.get(c) ?? { token: null, next: new Map() };
      branch.next.set(c, next);
      branch = next;
    }
    branch.token = id;
  }
  return root;
})();

/** True when `encode` accepts the text: printable ASCII and newlines only. */
export function isEncodable(text: string): boolean {
  return /^[\n\x20-\x7e]*$/.test(text);
}

/**
 * Tokens of a text. Newlines become line labels counted from the start of the text, so encode a program on
 * its own. Throws a RangeError on a character outside printable ASCII and newline.
 */
export function encode(text: string): number[] {
  const tokens: number[] = [];
  let line = 0;
  let at = 0;
  while (at < text.length) {
    const c = text[at] as string;
    if (c === '\n') {
      line++;
      tokens.push(lineLabel(line));
      at++;
      continue;
    }
    let branch = TREE.next.get(c);
    let token: number | null = null;
    let end = at;
    for (let reach = at + 1; branch; reach++) {
      if (branch.token !== null) {
        token = branch.token;
        end = reach;
      }
      branch = branch.next.get(text[reach] as string);
    }
    if (token === null) {
      throw new RangeError(
        `Cannot encode ${JSON.stringify(c)} at position ${at}: only printable ASCII and newlines have tokens`,
      );
    }
    tokens.push(token);
    at = end;
  }
  return tokens;
}

/** Text of tokens: line labels are newlines, special tokens stand for nothing. `decode(encode(s)) === s`. */
export function decode(tokens: readonly number[]): string {
  let text = '';
  for (const token of tokens) {
    if (token >= FIRST_INTEGER) text += VOCABULARY[token] ?? '';
    else if (isLineLabel(token)) text += '\n';
  }
  return text;
}

/** Text for people: special tokens and line labels shown as `<think>`, `<3>` … */
export function render(tokens: readonly number[]): string {
  return tokens.map((token) => VOCABULARY[token] ?? `<?${token}>`).join('');
}

/** Token of the label of line `line` (1-based; beyond 32 the last label is reused). */
export function lineLabel(line: number): number {
  return FIRST_LINE_LABEL + Math.min(line, LINE_LABELS) - 1;
}

/** True for the label of a line: in a program a newline, in a thought the line that runs. */
export function isLineLabel(token: number): boolean {
  return token >= FIRST_LINE_LABEL && token < FIRST_LINE_LABEL + LINE_LABELS;
}

/** Tokens of an integer: one within ±99, else by longest match. */
export function encodeInteger(value: number): number[] {
  if (Math.abs(value) <= LARGEST_INTEGER) return [ZERO + value];
  return encode(String(value));
}

/** True for tokens that may appear in text the reasoner writes (not padding, roles or reserved tokens). */
export function isText(token: number): boolean {
  return token >= FIRST_LINE_LABEL;
}

export { SPECIAL };
