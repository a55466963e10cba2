/** A visitor against the reasoner: the task in hand, and the score so far. It outlives a look at another view. */
import { create } from 'zustand';
import { Random } from '../../random.ts';
import type { JudgedAnswer, PlayedTask, Tries } from '../../run/visit.ts';
import type { TaskKind } from '../../tasks/task.ts';

/** Where tasks come from. */
export type Source = 'held-out' | 'buffer';

/** One task that both have tried: what came of the visitor's answer, and the shares of the reasoner's tries. */
export interface Round {
  you: boolean;
  base: number;
  /** Of the base again, where it had not learned yet. */
  now: number;
}

interface VersusState {
  source: Source;
  kind: TaskKind;
  /** Null before one was asked for. */
  task: PlayedTask | null;
  answer: string;
  /** What Python says of the visitor's answer; null before that. */
  judged: JudgedAnswer | null;
  tries: Tries | null;
  isBusy: boolean;
  problem: string;
  rounds: readonly Round[];
  /** Tasks drawn so far. */
  drawn: number;
  seen: ReadonlySet<string>;
}

const NO_TASK = { task: null, answer: '', judged: null, tries: null, isBusy: false, problem: '' } as const;

export const useVersus = create<VersusState>()(() => ({
  ...NO_TASK,
  source: 'held-out',
  kind: 'deduction',
  rounds: [],
  drawn: 0,
  seen: new Set(),
}));

/** Changes what is played; the task in hand is laid aside. */
export function choose(changes: Partial<Pick<VersusState, 'source' | 'kind'>>): void {
  useVersus.setState({ ...NO_TASK, ...changes });
}

/** Draws a task of the kind, one that was not played yet where there is one. Null where there is none at all. */
export function drawTask(tasks: readonly PlayedTask[]): PlayedTask | null {
  const { kind, drawn, seen } = useVersus.getState();
  const ofKind = tasks.filter((task) => task.kind === kind);
  const fresh = ofKind.filter((task) => !seen.has(nameOf(task)));
  const among = fresh.length > 0 ? fresh : ofKind;
  if (among.length === 0) return null;
  const task = new Random(drawn).pick(among);
  useVersus.setState({
    ...NO_TASK,
    task,
    answer: '',
    drawn: drawn + 1,
    seen: new Set(seen).add(nameOf(task)),
  });
  return task;
}

/** Puts the score back to the beginning. */
export function forgetRounds(): void {
  useVersus.setState({ rounds: [] });
}

function nameOf({ kind, program, input }: PlayedTask): string {
  return `${kind}\n${program}\n${input}`;
}
