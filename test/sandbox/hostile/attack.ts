/** What one hostile program is, and what the sandbox is to say of it. */
import type { Outcome, Refusal } from '../../../src/sandbox/sandbox.ts';

/** A refusal, or `ok ` and the canonical text that came back. */
export type Verdict = Refusal | `ok ${string}`;

/** A program that attacks the sandbox or the programs judged after it. */
export interface Attack {
  /** What it tries, in a few words; no two are the same. */
  name: string;
  program: string;
  /** Argument text; none when absent. */
  input?: string;
  /** What the lab says. */
  strict: Verdict;
  /** What the layers behind the allow-list say. Several where the machine decides which limit comes first. */
  unfiltered: Verdict | readonly Verdict[];
  /**
   * What the walls around Python say. Anything when absent: there a program may do what it likes with its own
   * run, as long as it reaches nothing and the next program is judged right.
   */
  bare?: Verdict | readonly Verdict[];
}

/** Stands in programs for an address outside that somebody listens at, whose host and port only the test knows. */
export const BAIT = 'http://bait.invalid/';

/**
 * Python that finds every object of a kind, those too that the garbage collector was told to forget. Without a
 * loop of its own, so that it costs no steps.
 */
export const FIND = `import functools, gc, itertools, operator, types
gc.unfreeze()
def every(kind):
 objects = gc.get_objects()
 return list(itertools.compress(objects, map(functools.partial(operator.is_, kind), map(type, objects))))`;

/** `f` with this body; lines are indented by one space. */
export function f(body: string, parameters = ''): string {
  return `def f(${parameters}):\n${body
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n')}`;
}

export function verdictOf(outcome: Outcome | undefined): Verdict {
  if (!outcome) throw new Error('The sandbox gave no outcome.');
  return outcome.ok ? `ok ${outcome.output}` : outcome.refusal;
}
