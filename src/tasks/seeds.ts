/** Programs that somebody brings for a run to begin with: read, run and measured before anything is learned. */
import { encode, isEncodable } from '../language/tokenizer.ts';
import type { Outcome, Sandbox } from '../sandbox/sandbox.ts';
import { readSeeds, type SeedFunction } from '../sandbox/seeds.ts';
import { deductionPrompt } from './format.ts';

/** Inputs that are tried on a program, in order, until one runs. */
const FIRST_INPUTS = [
  '',
  '5',
  "'hello'",
  '[3, 1, 2]',
  '5, 3',
  "'hello', 3",
  '[3, 1, 2], 2',
  "'hello', 'l'",
  '5, 3, 2',
  '3.5',
  'True',
  "{'a': 1, 'b': 2}",
];

/** One function of a text: with the first input on which it ran, or with a plain sentence why it cannot be a seed. */
export type SeedTrial = SeedFunction &
  ({ ok: true; input: string; output: string } | { ok: false; detail: string });

export type SeedCheck =
  /** The functions of the text, at least one, in its order. */
  | { ok: true; functions: SeedTrial[] }
  /** The text as a whole is none; `line` counts from 1, and is absent where no line is to blame. */
  | { ok: false; detail: string; line?: number };

/**
 * Reads a text as seed programs and runs each of its functions twice. A function of any name is called `f` from then
 * on. As a task it must leave half of the context to the response. Rejects only when the sandbox itself does.
 */
export async function checkSeeds(
  text: string,
  contextLength: number,
  sandbox: Pick<Sandbox, 'run'>,
): Promise<SeedCheck> {
  const reading = await readSeeds(sandbox, text);
  if (!reading.ok) return reading;
  const results = await sandbox.run(
    reading.functions.map(({ program }) => ({ program, inputs: FIRST_INPUTS, runs: 2 })),
  );
  const functions = reading.functions.map((each, i): SeedTrial => {
    const outcomes = results[i]?.outcomes ?? [];
    const at = outcomes.findIndex(({ ok }) => ok);
    const outcome = outcomes[at];
    const input = FIRST_INPUTS[at];
    if (!outcome?.ok || input === undefined) return { ok: false, ...each, detail: whyNot(outcomes) };
    const { output } = outcome;
    const detail = whyUnreadable(each.program, input, output, contextLength);
    return detail === null ? { ok: true, ...each, input, output } : { ok: false, ...each, detail };
  });
  return { ok: true, functions };
}

function whyUnreadable(program: string, input: string, output: string, contextLength: number): string | null {
  if (!isEncodable(output)) return 'It returns letters that the model cannot read.';
  const most = Math.floor(contextLength / 2);
  const tokens = deductionPrompt(program, input).length;
  if (tokens > most) {
    return `It is too long: ${tokens} tokens with its input, of ${most} that this model can read.`;
  }
  if (encode(output).length > most) return 'What it returns is too long for this model to read.';
  return null;
}

/** The outcome of an input that fits the parameters says more than that another does not fit. */
function whyNot(outcomes: readonly Outcome[]): string {
  const failed = outcomes.filter((outcome) => !outcome.ok);
  const telling = failed.find(({ refusal }) => refusal !== 'input') ?? failed[0];
  if (!telling) return 'Python gave no answer.';
  const { refusal, detail } = telling;
  switch (refusal) {
    case 'input':
      return 'None of the inputs fits its parameters: it is tried with none, one, two and three.';
    case 'error':
      return `It raises an error on every input that was tried, for instance ${detail}.`;
    case 'budget':
      return `It does not end: it was stopped after ${detail}.`;
    case 'timeout':
      return 'It does not end: the clock stopped it.';
    case 'memory':
      return `It was stopped because of its memory: ${detail}.`;
    case 'output':
      return `It does not return a plain value: ${detail}.`;
    case 'nondeterministic':
      return `Two runs of it do not agree: ${detail}.`;
    case 'forbidden':
      return `It was stopped when it tried something that no program may do: ${detail}.`;
    case 'syntax':
      return `Python cannot read it: ${detail}.`;
  }
}
