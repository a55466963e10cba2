/** Answers to the cases of a file, batch by batch. One input that kills its program takes no other down with it. */
import { createHash } from 'node:crypto';
import type { Outcome, Sandbox } from '../../src/sandbox/sandbox.ts';
import type { Case } from '../common/suite/layout.ts';
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
    return answers;
  };
}

/**
 * Whether a worker was ended because of the program: by the clock, by a crash, or because it changed what others
 * see. The pool then refuses every input of the request and of later ones, whichever was to blame.
 */
function wasEnded(outcome: Outcome | undefined): boolean {
  return outcome?.ok === false && /^it (ran for|crashed|broke|changed) /.test(outcome.detail);
}
