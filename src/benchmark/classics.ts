import { Random } from '../random.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Triplet } from '../tasks/kind.ts';
import type { Example, TaskKind } from '../tasks/task.ts';
import { collectionOf, type HandwrittenProgram } from './handwritten.ts';

/**
 * The classics, of all levels: small functions that everybody knows, written by hand for measuring. What they do is
 * of the held-out class, so neither warm-up nor self-play trains on a program that acts like one of them.
 */
export const CLASSICS: readonly HandwrittenProgram[] = collectionOf('classics');

/** Classics of eight lines and more, which no warm-up shows; of level 1 alone. */
export const LONG_CLASSICS: readonly HandwrittenProgram[] = collectionOf('longClassics');

export type ClassicTask = Triplet & { kind: TaskKind; name: string };

/** Inputs of a classic that are asked about, by kind. */
const ASKED = 3;
/** Examples of its induction task, half of them shown. */
const EXAMPLES = 8;

/**
 * Tasks of some classics: three of deduction and up to three of abduction each, on inputs
 * that the seed chooses, and one of induction.
 * Outputs are the sandbox's. Throws an Error when it refuses a classic: then it cannot judge anything.
 */
export async function classicTasks(
  sandbox: Sandbox,
  classics: readonly HandwrittenProgram[],
  seed: number,
): Promise<ClassicTask[]> {
  const random = new Random(seed);
  const results = await sandbox.run(classics.map(({ program, inputs }) => ({ program, inputs, runs: 1 })));
  return classics.flatMap(({ name, program, inputs }, i) => {
    const examples = inputs.map((input, j) => {
      const outcome = results[i]?.outcomes[j];
      if (!outcome?.ok) throw new Error(`The sandbox does not run ${name} on ${input}.`);
      return { input, output: outcome.output };
    });
    const one = (kind: TaskKind) => (example: Example) => ({ name, kind, program, ...example });
    return [
      ...random.sample(examples, ASKED).map(one('deduction')),
      ...random.sample(distinctOutputs(examples), ASKED).map(one('abduction')),
      { ...one('induction')(examples[0] as Example), examples: examples.slice(0, EXAMPLES) },
    ];
  });
}

/** Two inputs of one output ask the same of abduction. */
function distinctOutputs(examples: readonly Example[]): Example[] {
  return [...new Map(examples.map((example) => [example.output, example])).values()];
}
