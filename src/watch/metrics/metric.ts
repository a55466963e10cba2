/** What a metric is. Every metric is one entry of `table.ts`; columns, files, charts, curves and docs come from there. */
import type { ConfigKey } from '../../config/hyperparameters.ts';
import { mean } from '../../selfplay/rewards.ts';
import type { TaskKind } from '../../tasks/task.ts';
import type { StepView } from './view.ts';

/** A number, or numbers by name, as deep as it takes. */
export type Value = number | readonly number[] | { readonly [name: string]: Value | undefined };

/** A share is drawn from 0 to 1, a reward from −1 to 1; everything else as its values are. */
type Unit =
  | 'share'
  | 'reward'
  | 'tasks'
  | 'proposals'
  | 'tokens'
  | 'seconds'
  | 'a second'
  | 'bytes'
  | 'nats a token'
  | '';

/** Groups of the picker in the page's experiments, in its order. */
export const MEASURE_GROUPS = ['Errors', 'Thinking', 'Length', 'Solve rate', 'Proposals', 'Policy'] as const;

/** What a chart says beside the metric's label, and what it draws. */
export interface Chart {
  panel: 'learning' | 'ladder' | 'policy' | 'machine';
  /** One line. */
  meaning: string;
  /** More about it, for who asks. */
  more?: string;
  /** What a healthy run looks like. */
  healthy: string;
  /** What to do when it does not. */
  otherwise: string;
  /** Ids of the terms of the glossary that it uses. */
  terms?: readonly string[];
  /** Of a metric by role and kind: the solver only. */
  solverOnly?: true;
  /** Measured now and then: every value is marked and none is smoothed. */
  isSparse?: true;
  /** Drawn as large as its values are, not over the whole range of its unit. */
  fits?: true;
  /** A metric by kind that belongs beside it, and what its lines are called, with a place for `{kind}`. */
  beside?: { metric: string; label: string };
  /** The lines, where they do not follow from `by`. */
  lines?: readonly { label: string; column: string }[];
}

export interface Metric {
  /** Its name on charts and in pickers. */
  label: string;
  unit: Unit;
  /** What it is, for `docs/metrics.md`: Markdown, no full stop. */
  doc: string;
  /** How it is reckoned, with the paper's equation where there is one: plain text without braces, no full stop. */
  formula?: string;
  /** The settings that move it. */
  dependsOn?: readonly ConfigKey[];
  /** Its value; undefined where it was not measured. */
  of: (view: StepView) => Value | undefined;
  /** What its numbers are named after. */
  by?: 'kind' | 'role' | 'role and kind';
  chart?: Chart;
  /** Kept in the curves of experiments … */
  curve?: true;
  /** … and offered there, in this group. */
  measure?: (typeof MEASURE_GROUPS)[number];
  /** Which file of `npm run lab` has it; metrics.jsonl unless it depends on the machine. */
  file?: 'timing' | 'none';
  /** Of a metric by role and kind: one field a role in the file, each by kind. */
  fields?: { readonly propose: string; readonly solve: string };
}

export type Table = Readonly<Record<string, Metric>>;

/** A value of each kind of the run; a kind without one is absent. */
export function byKind<T>(
  { kinds }: StepView,
  of: (kind: TaskKind) => T | undefined,
): Partial<Record<TaskKind, T>> {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const value = of(kind);
      return value === undefined ? [] : [[kind, value]];
    }),
  );
}

/** Mean of numbers; undefined without any, where 0 would be taken for a measurement. */
export function meanOf(values: readonly number[]): number | undefined {
  return values.length > 0 ? mean(values) : undefined;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What a metric is (`doc`), as a sentence. */
export const sentenceOf = (doc: string): string => `${doc.charAt(0).toUpperCase()}${doc.slice(1)}.`;
