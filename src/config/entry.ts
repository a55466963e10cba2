/** What one hyper-parameter says about itself. From it come defaults, checks, URL keys, flags and form controls. */

export type Group =
  | 'Run'
  | 'Reasoner'
  | 'Warm-up'
  | 'Propose'
  | 'Solve'
  | 'Buffer'
  | 'Reward'
  | 'Update'
  | 'Evaluation'
  | 'Sandbox';

export interface About {
  /** Short name in the form. */
  label: string;
  /** One sentence: why it exists or why it has this default. */
  reason: string;
  /** Value in the AZR paper or its code where there is one, else null. */
  paper: string | number | boolean | null;
  unit?: string;
  /** Shown only when the reader asks for everything. */
  advanced?: boolean;
}

interface Common extends Omit<About, 'paper' | 'advanced'> {
  group: Group;
  paperValue: About['paper'];
  advanced: boolean;
}

export interface NumberEntry extends Common {
  kind: 'number' | 'integer';
  default: number;
  min: number;
  max: number;
  /** Step of the form control; values between steps are valid. */
  step: number;
}

export interface ChoiceEntry<C extends string | number = string | number> extends Common {
  kind: 'choice';
  default: C;
  choices: readonly C[];
}

export interface BooleanEntry extends Common {
  kind: 'boolean';
  default: boolean;
}

export type Entry = NumberEntry | ChoiceEntry | BooleanEntry;

/** Builders for the entries of one group; `value` is the default. */
export function entriesOf(group: Group) {
  const common = ({ paper, advanced = false, ...about }: About): Common => ({
    ...about,
    group,
    paperValue: paper,
    advanced,
  });
  return {
    integer: (value: number, [min, max]: readonly [number, number], about: About): NumberEntry => ({
      ...common(about),
      kind: 'integer',
      default: value,
      min,
      max,
      step: 1,
    }),
    number: (
      value: number,
      [min, max, step]: readonly [number, number, number],
      about: About,
    ): NumberEntry => ({ ...common(about), kind: 'number', default: value, min, max, step }),
    choice: <const C extends string | number>(
      value: NoInfer<C>,
      choices: readonly C[],
      about: About,
    ): ChoiceEntry<C> => ({ ...common(about), kind: 'choice', default: value, choices }),
    boolean: (value: boolean, about: About): BooleanEntry => ({
      ...common(about),
      kind: 'boolean',
      default: value,
    }),
  };
}
