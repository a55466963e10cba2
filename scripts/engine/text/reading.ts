/** Reads what a pretrained model writes behind the `<think>` of its prompt, as the paper's code does. */

/** A response taken apart. */
export interface Written {
  thought: string;
  /** Within `<answer> </answer>`; null when the layout is wrong. */
  answer: string | null;
}

/** The layout that the paper's code wants: a thought that ends, and behind it an answer that ends. */
const LAYOUT = /^(.*?)<\/think>\s*<answer>(.*?)<\/answer>/s;

export function readWritten(text: string): Written {
  const [, , answer = null] = LAYOUT.exec(text) ?? [];
  const [thought = ''] = text.split('</think>', 1);
  return { thought: thought.replace(/^\s*<think>/, '').trim(), answer };
}

/** Texts of all blocks of a name, in order. */
export function blocksOf(text: string, name: string): string[] {
  return [...text.matchAll(/```(\w+)[ \t]*\n(.*?)\n?[ \t]*```/gs)].flatMap(([, tag, inside]) =>
    tag === name ? [inside as string] : [],
  );
}

/** What stands behind `# Input:` or the like, for models that forget the block. */
function labelled(text: string, label: 'Input' | 'Output'): string | undefined {
  return new RegExp(`^#+ *${label}: *\\n?(.+)$`, 'm').exec(text)?.[1];
}

/** The literals of an answer: its last block of the name, else what is labelled so, else all of it. */
export function literalsOfAnswer(answer: string, name: 'input' | 'output'): string {
  const found = blocksOf(answer, name).at(-1) ?? labelled(answer, name === 'input' ? 'Input' : 'Output');
  return onOneLine(found ?? answer);
}

/** The program of an answer: its last block of Python, as a function f; null when it has none. */
export function programOfAnswer(answer: string): string | null {
  const program = blocksOf(answer, 'python').at(-1);
  return program === undefined ? null : asF(program);
}

/** A proposed program and its input, from the first block of each; null when one is missing. */
export function programAndInput(answer: string): { program: string; input: string } | null {
  const [written] = blocksOf(answer, 'python');
  const input = blocksOf(answer, 'input')[0] ?? labelled(answer, 'Input');
  const program = written === undefined ? null : asF(written);
  return program === null || input === undefined ? null : { program, input: onOneLine(input) };
}

/** The inputs of a proposal of induction: the last `count` blocks. */
export function inputsOf(answer: string, count: number): string[] {
  return blocksOf(answer, 'input').slice(-count).map(onOneLine);
}

/**
 * A program whose function is called f, whatever the model called it: where none is, the first one and its calls are
 * renamed. Null when there is no function. Whether there is just one is for the judge to say.
 */
function asF(written: string): string | null {
  const program = written.replaceAll('\t', '    ').trimEnd().replace(/^\n+/, '');
  const names = [...program.matchAll(/^def +(\w+) *\(/gm)].map(([, name]) => name as string);
  const [first] = names;
  if (first === undefined) return null;
  if (names.includes('f')) return program;
  return program.replace(new RegExp(`(?<![\\w.'"])${first}(?= *\\()`, 'g'), 'f');
}

/** Values that were written over several lines; a line cannot end within one of their texts. */
function onOneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
