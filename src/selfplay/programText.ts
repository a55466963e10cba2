/**
 * What the official code may do to a proposed program's text before it is run (its `parse_code_input_output`), each
 * part a switch. The text is read just far enough to tell code from strings and comments; whether the result is a
 * program is for the sandbox to say.
 */
import type { Config } from '../config/hyperparameters.ts';
import { masked, STRING, STRING_OR_COMMENT } from '../language/sourceText.ts';

export type TextConfig = Pick<
  Config,
  'removeComments' | 'removeGlobals' | 'removePrint' | 'renameFunction' | 'rejectMultipleFunctions'
>;

/** The text that is run and remembered instead of the one that was written. */
export function prepareProgram(program: string, config: TextConfig): string {
  let text = program;
  if (config.removeComments) text = withoutComments(text);
  if (config.removeGlobals) text = withoutGlobals(text);
  if (config.removePrint) text = withoutPrints(text);
  if (config.renameFunction) text = withFunctionF(text);
  if (!config.rejectMultipleFunctions) text = withHelpersInside(text);
  return text;
}

/** The words that the official prompt forbids "in any form, even in comments". */
const OFFICIAL_WORDS =
  'logging random multiprocessing pebble subprocess threading datetime time hashlib hmac bcrypt os.sys os.path sys.exit os.environ calendar'.split(
    ' ',
  );

/** The first forbidden word that the program mentions, as a whole word; null for none. */
export function bannedWordIn(
  program: string,
  { bannedWords, alsoBanned }: Pick<Config, 'bannedWords' | 'alsoBanned'>,
): string | null {
  const official = bannedWords === 'official' ? OFFICIAL_WORDS : [];
  const own = alsoBanned === '' ? [] : alsoBanned.split(' ');
  return [...official, ...own].find((word) => holds(program, word)) ?? null;
}

/** Signs, `//` say, are found wherever they stand; words only whole. */
function holds(program: string, word: string): boolean {
  return /\w/.test(word) ? mentions(program, word) : program.includes(word);
}

/** Whether the text holds a word or literal that is not part of a longer one. */
export function mentions(text: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.])${escaped}(?![\\w.])`).test(text);
}

/** Comments and docstrings taken out, with the lines that held nothing else. */
function withoutComments(text: string): string {
  const bare = text
    .replace(STRING_OR_COMMENT, (match) => (match.startsWith('#') ? '\0' : match))
    .replace(/^[ \t]*\0\n?/gm, '')
    .replace(/[ \t]*\0/g, '');
  // A docstring is the first statement below a `def`; with nothing after it the function would be empty.
  const docstring = new RegExp(
    `(\\bdef\\b[^\\n]*:[ \\t]*\\n)[ \\t]*(?:${shifted(STRING, 1)})[ \\t]*\\n(?=[ \\t])`,
    'g',
  );
  return bare.replace(docstring, '$1');
}

/** The pattern with its back references moved on, for use after `by` more groups. */
function shifted(pattern: string, by: number): string {
  return pattern.replace(/\\([12])/g, (_, group) => `\\${Number(group) + by}`);
}

interface Block {
  lines: string[];
  /** Name of the function that it defines, if it does. */
  name: string | null;
}

/** The statements of the module: each begins in column 0, outside brackets and strings. */
function topLevelBlocks(text: string): Block[] {
  const hidden = masked(text).split('\n');
  const blocks: Block[] = [];
  let depth = 0;
  for (const [i, line] of text.split('\n').entries()) {
    const code = hidden[i] ?? '';
    const begins = depth === 0 && /^[^\s"]/.test(code);
    if (begins || blocks.length === 0) blocks.push({ lines: [], name: /^def (\w+)/.exec(code)?.[1] ?? null });
    blocks.at(-1)?.lines.push(line);
    depth = Math.max(0, depth + (code.match(/[([{]/g)?.length ?? 0) - (code.match(/[)\]}]/g)?.length ?? 0));
  }
  return blocks;
}

const textOf = (blocks: readonly Block[]): string => blocks.flatMap(({ lines }) => lines).join('\n');

/** Only the functions of the module are left; all of it where there is none. */
function withoutGlobals(text: string): string {
  const functions = topLevelBlocks(text).filter(({ name }) => name !== null);
  return functions.length > 0 ? textOf(functions).trimEnd() : text;
}

/** Statements that only print are taken out; `pass` takes their place where nothing else is left in a block. */
function withoutPrints(text: string): string {
  const hidden = masked(text);
  const kept: string[] = [];
  const lines = text.split('\n');
  const code = hidden.split('\n');
  const indentOf = (line: string) => line.length - line.trimStart().length;
  for (let i = 0; i < lines.length; i++) {
    const line = code[i] ?? '';
    if (!/^\s*print\(/.test(line)) {
      kept.push(lines[i] ?? '');
      continue;
    }
    let depth = 0;
    let end = i;
    for (; end < code.length; end++) {
      for (const character of code[end] ?? '')
        depth += '([{'.includes(character) ? 1 : ')]}'.includes(character) ? -1 : 0;
      if (depth <= 0) break;
    }
    // `print(x) or y` is more than a print.
    if (!/\)\s*;?\s*"*$/.test(code[end] ?? '')) {
      kept.push(lines[i] ?? '');
      continue;
    }
    const next = code.slice(end + 1).find((other) => other.trim() !== '' && !/^\s*print\(/.test(other));
    const isOnly =
      /:\s*"*$/.test(masked(kept.at(-1) ?? '')) && (next === undefined || indentOf(next) < indentOf(line));
    if (isOnly) kept.push(`${' '.repeat(indentOf(line))}pass`);
    i = end;
  }
  return kept.join('\n');
}

/** Where there is no function f, the first one takes its name, at every mention outside strings and comments. */
function withFunctionF(text: string): string {
  const names = topLevelBlocks(text).flatMap(({ name }) => name ?? []);
  const [first] = names;
  if (!first || names.includes('f')) return text;
  const hidden = masked(text);
  const mention = new RegExp(`(?<![\\w.])${first}(?!\\w)`, 'g');
  let result = '';
  let at = 0;
  for (const { index } of hidden.matchAll(mention)) {
    result += `${text.slice(at, index)}f`;
    at = index + first.length;
  }
  return result + text.slice(at);
}

/** Further functions of the module move to the top of f, since the sandbox takes one function. */
function withHelpersInside(text: string): string {
  const blocks = topLevelBlocks(text);
  const f = blocks.findLast(({ name }) => name === 'f');
  const helpers = blocks.filter((block) => block.name !== null && block.name !== 'f');
  const [header = '', ...body] = f?.lines ?? [];
  // What is indented anew must not be the inside of a string, and the header must be one line.
  if (helpers.length === 0 || /"""|'''/.test(textOf(helpers)) || !/:\s*"*$/.test(masked(header))) return text;
  const moved = helpers.flatMap(({ lines }) =>
    lines.filter((line) => line !== '').map((line) => `    ${line}`),
  );
  const others = blocks.filter((block) => block !== f && !helpers.includes(block));
  return textOf([...others, { name: 'f', lines: [header, ...moved, ...body] }]).trimEnd();
}
