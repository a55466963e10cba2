/** The verdict on a case: what our Python made of it beside what was expected. */
import type { Answers } from './requests.ts';

/** Why a case was not judged. A closed set: each is counted. */
export const SKIPS = {
  malformed: 'the line could not be read',
  forbidden: 'the program uses what is forbidden',
  input: 'the input is neither a literal nor an expression',
  expected: 'the expected output is neither a literal nor an expression',
  nondeterministic: 'the result differs from run to run',
} as const;

export type Skip = keyof typeof SKIPS;

export type Verdict =
  /** `output` is our canonical text. */
  | { verdict: 'agrees'; output: string }
  /** `ours` is our canonical text, or the refusal with its detail. */
  | { verdict: 'disagrees'; ours: string }
  | { verdict: 'skipped'; reason: Skip; detail: string };

/** The sandbox's words for a text that is not a literal. */
export const NO_LITERAL = /\bnot a (list of )?literals?\b/;

export function compare({ ours, expected }: Answers): Verdict {
  if (!ours.ok) {
    const { refusal, detail } = ours;
    if (refusal === 'forbidden' || refusal === 'nondeterministic') return skipped(refusal, detail);
    // Any other refusal of an input, arguments that do not fit above all, is an answer, and a wrong one.
    if (refusal === 'input' && NO_LITERAL.test(detail)) return skipped('input', detail);
  }
  if (!expected.ok) return skipped('expected', expected.detail);
  if (!ours.ok) return { verdict: 'disagrees', ours: `${ours.refusal}: ${ours.detail}` };
  return sameValue(ours.output, expected.output)
    ? { verdict: 'agrees', output: ours.output }
    : { verdict: 'disagrees', ours: ours.output };
}

function skipped(reason: Skip, detail: string): Verdict {
  return { verdict: 'skipped', reason, detail };
}

/** Whether two canonical texts are of the same type and value. As in Python, a dict has no order. */
export function sameValue(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.length !== b.length || !a.includes('{')) return false;
  return withoutOrder(a) === withoutOrder(b);
}

/** Parts of a canonical text: strings (of bytes too), brackets, separators, and whatever lies between. */
const PARTS = /b?'(?:[^'\\]|\\.)*'|b?"(?:[^"\\]|\\.)*"|[[\](){},]|[^[\](){},'"]+/gs;

/** The text with the entries of every dict sorted. */
function withoutOrder(text: string): string {
  const parts = text.match(PARTS) ?? [];
  let at = 0;

  /** Items up to the closing bracket, which is consumed. */
  function items(closing: string | null): string[] {
    const found: string[] = [];
    let item = '';
    for (; at < parts.length; at++) {
      const part = parts[at] as string;
      if (part === closing) break;
      if (part === ',') {
        found.push(item.trim());
        item = '';
      } else if (part === '[' || part === '(' || part === '{') {
        at++;
        item += bracket(part);
      } else item += part;
    }
    found.push(item.trim());
    return found;
  }

  function bracket(opening: '[' | '(' | '{'): string {
    const closing = { '[': ']', '(': ')', '{': '}' }[opening];
    const inside = items(closing);
    return `${opening}${(opening === '{' ? inside.sort() : inside).join(', ')}${closing}`;
  }

  return items(null).join(', ');
}
