/**
 * Answers to the cases of a file, batch by batch. One input that kills its program takes no other down with it, and
 * what is not a literal is evaluated in the sandbox, as part of a program.
 */
import { createHash } from 'node:crypto';
import type { Outcome, RunRequest, Sandbox } from '../../src/sandbox/sandbox.ts';
import type { Case } from '../common/suite/layout.ts';
import { NO_LITERAL } from './compare.ts';
import { type Answers, planRequests } from './requests.ts';

/** Returns a function that answers a batch. Batches may overlap. */
export function createAnswerer(
  run: Sandbox['run'],
  steps: number | null,
): (cases: readonly Case[]) => Promise<Answers[]> {
  /** Cases of each program so far, by the hash of its text. */
  const seen = new Map<string, number>();
  let copies = 0;

  async function ask(cases: readonly Case[]): Promise<Answers[]> {
    if (cases.length === 0) return [];
    const plan = planRequests(cases, steps);
    return plan.answers(await run(plan.requests));
  }

  return async (cases) => {
    const hashes = cases.map(({ code }) => createHash('sha256').update(code).digest('base64'));
    for (const hash of hashes) seen.set(hash, (seen.get(hash) ?? 0) + 1);
    const answers = await ask(cases);
    const doubted = [...answers.keys()].filter(
      (i) => wasEnded(answers[i]?.ours) && (seen.get(hashes[i] as string) ?? 0) > 1,
    );
    // The pool remembers the text of a program that had to be ended; with a comment it is another text.
    const alone = doubted.map((i) => {
      const item = cases[i] as Case;
      return { ...item, code: `${item.code}\n# copy ${++copies}` };
    });
    for (const [k, answer] of (await ask(alone)).entries()) answers[doubted[k] as number] = answer;
    return evaluate(cases, answers);
  };

  /** Asks again where the input or the expected output is an expression: `'a' * 3`, `set()`. */
  async function evaluate(cases: readonly Case[], answers: readonly Answers[]): Promise<Answers[]> {
    const requests: RunRequest[] = [];
    const places: { of: number; part: keyof Answers }[] = [];
    const add = (of: number, part: keyof Answers, program: string, runs: number) => {
      places.push({ of, part });
      requests.push({ program, entry: CALL, inputs: [''], runs, ...(steps === null ? {} : { steps }) });
    };
    for (const [i, { ours, expected }] of answers.entries()) {
      const { code, entry, input, expected: output } = cases[i] as Case;
      if (isNoLiteral(ours)) add(i, 'ours', `${code}\n\n${returning(callOf(entry, input))}`, 2);
      if (isNoLiteral(expected)) add(i, 'expected', returning(`(${output})`), 2);
    }
    if (requests.length === 0) return [...answers];
    const results = await run(requests);
    const evaluated = [...answers];
    for (const [k, { of, part }] of places.entries()) {
      const outcome = results[k]?.outcomes[0];
      // What does not parse is no expression, and an output that fails is none that a program could return.
      const isNone = !outcome || (!outcome.ok && (part === 'expected' || outcome.refusal === 'syntax'));
      if (!isNone) evaluated[of] = { ...(evaluated[of] as Answers), [part]: outcome };
    }
    return evaluated;
  }
}

/** A function that no suite has. */
const CALL = 'kelvin_case';

function returning(expression: string): string {
  return `def ${CALL}():\n    return ${expression}\n`;
}

/** The text may be the whole call. */
function callOf(entry: string, input: string): string {
  return input.trimStart().startsWith(`${entry}(`) ? input.trim() : `${entry}(${input})`;
}

function isNoLiteral(outcome: Outcome): boolean {
  return !outcome.ok && outcome.refusal === 'input' && NO_LITERAL.test(outcome.detail);
}

/**
 * Whether a worker was ended because of the program: by the clock, by a crash, or because it changed what others
 * see. The pool then refuses every input of the request and of later ones, whichever was to blame.
 */
function wasEnded(outcome: Outcome | undefined): boolean {
  return outcome?.ok === false && /^it (ran for|crashed|broke|changed) /.test(outcome.detail);
}
