/** Tasks that a person writes: read, run and refused by the very rules that hold for what the reasoner proposes. */
import { isEncodable } from '../language/tokenizer.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { readSeeds } from '../sandbox/seeds.ts';
import { SPECS } from './index.ts';
import { canonicalArguments, type Rejection, type Triplet, type VerificationRules } from './kind.ts';
import { ALL_KINDS, type TaskKind } from './task.ts';
import { type Candidate, prepareProposal, verifyAll } from './verification.ts';

/** What somebody typed. */
export interface Writing {
  kind: TaskKind;
  /** One Python function of any name. */
  program: string;
  /** Its arguments; for a kind that asks for several examples one set of them a line. */
  input: string;
}

export type Written =
  /** A task: the program as the reasoner reads it, with what Python says it gives. */
  | { ok: true; triplet: Triplet; fingerprint: string }
  /** `detail` is the reason in words; `line` counts from 1, and is absent where no line is to blame. */
  | { ok: false; rejection: Rejection; detail: string; line?: number };

type Refusal = Exclude<Written, { ok: true }>;

/** The one function of a text as the reasoner reads it, or why there is none. Rejects only when the sandbox itself does. */
export async function readFunction(
  text: string,
  sandbox: Pick<Sandbox, 'run'>,
): Promise<{ ok: true; program: string } | Refusal> {
  const reading = await readSeeds(sandbox, text);
  if (!reading.ok) {
    const { detail, line } = reading;
    const rejection = await whatIsWrong(text, sandbox);
    return { ok: false, rejection, detail, ...(line === undefined ? {} : { line }) };
  }
  const [first] = reading.functions;
  if (first && reading.functions.length === 1) return { ok: true, program: withBareTuples(first.program) };
  const names = reading.functions.map(({ name }) => name).join(', ');
  return refused('syntax', `One function is wanted, and here are ${reading.functions.length}: ${names}.`);
}

/** Verifies what somebody typed. Rejects only when the sandbox itself does. */
export async function verifyWriting(
  { kind, program: text, input }: Writing,
  sandbox: Pick<Sandbox, 'run'>,
  rules: VerificationRules,
): Promise<Written> {
  const read = await readFunction(text, sandbox);
  if (!read.ok) return read;
  const { program } = read;
  const spec = SPECS[kind];
  const texts = spec.proposes === 'inputs' ? linesOf(input) : [input];
  const inputs: string[] = [];
  for (const each of texts) {
    const canonical = isEncodable(each) ? canonicalArguments(each) : null;
    if (canonical === null) return refused('input', notValues(each));
    if (!inputs.includes(canonical)) inputs.push(canonical);
  }
  if (spec.proposes === 'program') return verifyOne({ spec, references: [], ...prepared(kind) });
  // What the program does is known only when it has been a task of its own.
  const lender = ALL_KINDS.find((other) => SPECS[other].lendsPrograms) as TaskKind;
  const [own] = inputs;
  if (own === undefined) return refused('too-few-examples', 'There is no input yet: write one a line.');
  const lent = await verifyOne({ spec: SPECS[lender], references: [], ...prepared(lender, [own]) });
  return lent.ok ? verifyOne({ spec, references: [lent], ...prepared(kind) }) : lent;

  function prepared(as: TaskKind, some: readonly string[] = inputs): Pick<Candidate, 'proposal'> {
    const parsed = { program, inputs: [...some] };
    return { proposal: prepareProposal(SPECS[as], { finished: true, parsed }, rules) };
  }

  async function verifyOne(candidate: Candidate): Promise<Written> {
    const [verified] = await verifyAll([candidate], sandbox, rules);
    if (!verified) throw new Error('A candidate came back without a verdict.');
    return verified.verdict;
  }
}

/** Whether a text that holds no function of use to the lab is no Python, or not allowed. */
async function whatIsWrong(text: string, sandbox: Pick<Sandbox, 'run'>): Promise<'syntax' | 'forbidden'> {
  const [result] = await sandbox.run([{ program: text, inputs: [''], runs: 1 }]);
  const [outcome] = result?.outcomes ?? [];
  return outcome && !outcome.ok && outcome.refusal === 'forbidden' ? 'forbidden' : 'syntax';
}

/**
 * `return (x, y)` as `return x, y`: Python writes the brackets when it writes a program anew, and the reasoner has never
 * seen them there.
 */
export function withBareTuples(program: string): string {
  return program.replace(/^( *return )\(([^'"\n]*)\)$/gm, (line, head: string, inside: string) => {
    let depth = 0;
    let commas = 0;
    for (const c of inside) {
      if ('([{'.includes(c)) depth++;
      if (')]}'.includes(c)) depth--;
      // The first and the last bracket are not of one pair.
      if (depth < 0) return line;
      if (c === ',' && depth === 0) commas++;
    }
    return commas > 0 && !inside.endsWith(',') && !/[*]\w|:=|\bfor\b/.test(inside) ? head + inside : line;
  });
}

/** What is wrong with a text that is not made of Python values. */
export function notValues(text: string): string {
  return `“${text.trim()}” is not made of values: write numbers, texts in quotes, True, False, None or lists, with commas between them.`;
}

function refused(rejection: Rejection, detail: string): Refusal {
  return { ok: false, rejection, detail };
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
