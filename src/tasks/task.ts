/** Roles and kinds of the Absolute Zero loop (paper §3.2) and the records that travel through it. */

export type Role = 'propose' | 'solve';
export type TaskKind = 'deduction' | 'abduction' | 'induction' | 'error';
/** The three kinds of the paper's runs. */
export const KINDS: readonly TaskKind[] = ['deduction', 'abduction', 'induction'];
/** With error deduction, which the official code has and the paper's runs leave off. */
export const ALL_KINDS: readonly TaskKind[] = [...KINDS, 'error'];
/** One of the six baselines of TRR++ (paper Eq. 8); eight with error deduction. */
export type RoleKind = `${Role}:${TaskKind}`;

export interface Example {
  input: string;
  output: string;
}

/** A verified triplet. For induction `input`/`output` are the first example and `examples` holds all. */
export interface Task {
  id: string;
  kind: TaskKind;
  program: string;
  /** Literal text between the parentheses of `f(…)`. */
  input: string;
  /** Canonical literal text of the result; error deduction: the name of the exception's class, or `NoError`. */
  output: string;
  /** Induction only: all examples; the first half is shown to the solver, the rest is hidden. */
  examples?: Example[];
  /** Step at which it entered the buffer; 0 = built-in seed or seeding. */
  step: number;
  /** Ids of the references it was proposed from. */
  parents: string[];
  /** Outputs on the probe inputs, joined: equal behaviour means equal key. */
  behaviour: string;
  /** Mean success of the latest attempts, null before the first. */
  solveRate: number | null;
}

/** What came of one response of the reasoner. */
export type Verdict =
  | 'correct'
  | 'wrong' // well-formed, but not the answer
  | 'format' // could not be parsed
  | 'unfinished'; // cut at its length limit

export interface Attempt {
  taskId: string;
  /** Response as text, thought included, line labels shown as `<n>`. */
  response: string;
  /** The answer alone; null when it could not be parsed. */
  answer: string | null;
  thinks: boolean;
  verdict: Verdict;
  reward: number;
  advantage: number;
  tokens: number;
  step: number;
}
