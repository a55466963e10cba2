/**
 * The experiments, as data: what is asked, which arms answer it, and what they do not show. The page and the
 * command line read the same list.
 */
import { type Config, DEFAULTS, validateConfig } from '../config/hyperparameters.ts';
import { PRESETS, type PresetName } from '../config/presets.ts';
import { said } from '../words/said.ts';

export type Size = Config['size'];

/** One variant of the method. Runs of equal configuration are the same run, whichever experiment asks for it. */
export interface Arm {
  /** Unique within its experiment, e.g. `no-kl`. */
  name: string;
  label: string;
  /** Changes of this preset are laid over those of the size's own preset … */
  preset?: PresetName;
  /** … and these over both. */
  changes?: Partial<Config>;
  /** What the reader must know of this arm alone. */
  note?: string;
}

/** Figures of the paper (arXiv 2505.03335) to stand beside ours: other models, other tasks, another scale. */
interface PaperFigures {
  /** What the figures measure. */
  what: string;
  rows: readonly { label: string; value: number; arm?: string; size?: Size }[];
}

export interface Experiment {
  name: string;
  title: string;
  /** One sentence. */
  question: string;
  /** What must not be concluded from it. */
  doesNotShow: string;
  /** Of the language, and so of the bases and suites. */
  level: Config['level'];
  /** Every arm is run at every size. */
  sizes: readonly Size[];
  seeds: readonly number[];
  steps: number;
  arms: readonly Arm[];
  paper?: PaperFigures;
  /** What its tables list; accuracy by kind of task when absent. */
  figures?: 'kinds' | 'lengths';
  /** Whether answers to a few held-out tasks are shown before and after. */
  showsExamples?: boolean;
}

/** How each size is run: the preset that the page offers for it. */
const SIZE_PRESETS: Readonly<Record<Size, PresetName>> = {
  pico: 'ci',
  nano: 'demo-nano',
  small: 'demo',
  medium: 'demo',
  large: 'demo',
};

/** Curves are measured sparely: the figures of the tables come from larger suites, before and after. */
const MEASURED: Partial<Config> = { evaluateEvery: 20, passK: 0 };

const FULL: Arm = { name: 'full', label: 'Full method' };

/** What differs from the preset of the climb; its curves are what the experiment is about. */
function climb(name: string, label: string, changes: Partial<Config> = {}, note?: string): Arm {
  return {
    name,
    label,
    preset: 'climb',
    changes: { evaluateEvery: 10, ...changes },
    ...(note ? { note } : {}),
  };
}

/** Tasks where there is something to learn, every shape of program alike, and an `else` where there would be none. */
const BY_SHAPE: Partial<Config> = {
  referenceWeighting: 'edge-by-shape',
  replayWeighting: 'edge-by-shape',
  composition: 0.8,
  compositionPartner: 'edge',
  alternatives: 0.7,
  eviction: 'newest',
};

const CLIMB = { level: 1, seeds: [1, 2, 3], figures: 'lengths', sizes: ['small'] } as const;

/** A shorter climb, from the base that was shown six lines: what its many arms are compared in. */
const FROM_SIX = { ...CLIMB, steps: 40 } as const;
function fromSix(name: string, label: string, changes: Partial<Config> = {}, note?: string): Arm {
  return climb(name, label, { base: 'thinking', ...changes }, note);
}
const FROM_SIX_FULL = fromSix('full', said('Full method'));
const AS_SHORT = said('From the grammar, as short as those of the warm-up.');

/** Programs of up to ten lines are asked, four more than the bases have seen. */
const ALL_LENGTHS: Partial<Config> = { grammarTiers: 6 };

const ALL_KINDS: Partial<Config> = {
  abduction: true,
  induction: true,
  proposalsPerKind: 40,
  bufferTasksPerKind: 32,
};

/** Nothing is composed: a search through a long program soon does not fit. */
const WITHOUT_DEDUCTION: Partial<Config> = { ...ALL_KINDS, deduction: false, composition: 0 };

/** Equal in all, so that experiments can share their runs. */
const BUDGET = { level: 1, seeds: [1, 2, 3], steps: 50 } as const;

export const EXPERIMENTS: readonly Experiment[] = [
  {
    ...CLIMB,
    name: 'climb',
    title: 'The climb',
    question: 'Does self-play teach the reasoner programs longer than any it was ever shown?',
    doesNotShow:
      'That it would climb forever, or from any base: this one was made once, with one seed. One kind of task is trained.',
    steps: 300,
    arms: [
      climb('full', said('Full method')),
      climb(
        'by-shape',
        said('Every shape alike'),
        BY_SHAPE,
        'Partners and practice at the edge of what is solved, and each combination of if, else and for as often as the others.',
      ),
      climb(
        'grammar',
        said('Random tasks'),
        // Up to four lines.
        { taskSource: 'grammar', composition: 0, grammarTiers: 3 },
        AS_SHORT,
      ),
    ],
  },
  {
    ...FROM_SIX,
    name: 'climb-parts',
    title: 'What the climb takes',
    question: 'What does the climb take: which parts of the method, and whose tasks?',
    doesNotShow:
      'What each would come to in a longer run: these are forty steps from a base that was shown six lines, where less is left to gain.',
    arms: [
      FROM_SIX_FULL,
      fromSix('solver-only', said('Solver only'), { trainProposer: false }),
      fromSix('solver-only-short', said('Solver only, no composition'), {
        trainProposer: false,
        composition: 0,
      }),
      fromSix('no-composition', said('No composition'), { composition: 0 }),
      fromSix('no-references', said('No references'), { references: 0 }),
      fromSix(
        'any-partner',
        said('Composition with any program'),
        { compositionSolveRate: 0 },
        'Whether the inner program can be solved is nothing to it.',
      ),
      fromSix(
        'no-screening',
        said('No screening'),
        { attemptsPerTask: 9, focusAttempts: 0 },
        'About as many attempts, the same number at every task.',
      ),
      fromSix('grammar', said('Random tasks'), { taskSource: 'grammar', composition: 0 }, AS_SHORT),
      fromSix('grammar-composed', said('Random tasks, composed'), { taskSource: 'grammar' }),
      fromSix(
        'grammar-all',
        said('Random tasks of all lengths'),
        { taskSource: 'grammar', composition: 0, ...ALL_LENGTHS },
        'The designer’s own curriculum: the tasks that are asked in the end.',
      ),
      fromSix(
        'supervised-all',
        said('Supervised, all lengths'),
        { update: 'supervised', priorCotRate: 0.9, ...ALL_LENGTHS },
        'The ceiling: it is shown the thoughts of programs as long as those asked.',
      ),
      fromSix('curated', said('Curated tasks'), { taskSource: 'curated', composition: 0 }),
    ],
    paper: {
      what: 'Overall average after training (AZR-Base-7B, table 2)',
      rows: [
        { label: 'Full method', value: 46.8, arm: 'full' },
        { label: 'Deduction only', value: 43.3 },
        { label: 'No induction', value: 43.8 },
        { label: 'No references', value: 43.8, arm: 'no-references' },
        { label: 'Solver only', value: 45.4, arm: 'solver-only' },
      ],
    },
  },
  {
    ...FROM_SIX,
    name: 'climb-bases',
    title: 'The climb, base by base',
    question: 'From which base does the reasoner climb?',
    doesNotShow: 'What other bases would do: each was made once, with one seed.',
    arms: [
      FROM_SIX_FULL,
      fromSix('from-four', said('From the base that was shown four lines'), { base: 'short' }),
      fromSix('from-shipped', said('From the base that thinks at times'), { base: 'shipped' }),
    ],
  },
  {
    ...FROM_SIX,
    name: 'climb-sizes',
    title: 'The climb by size',
    question: 'Does a larger reasoner climb further?',
    doesNotShow: 'A law: the sizes are few and small, and all run with one preset.',
    sizes: ['nano', 'small'],
    arms: [FROM_SIX_FULL],
    paper: {
      what: 'Gain of the overall average, points (AZR from Qwen2.5-Coder)',
      rows: [
        { label: '3B', value: 5.7 },
        { label: '7B', value: 10.2 },
        { label: '14B', value: 13.2 },
      ],
    },
  },
  {
    ...FROM_SIX,
    name: 'climb-kinds',
    figures: 'kinds',
    title: 'The climb with all kinds of task',
    question: 'Do abduction and induction climb, and do they beside deduction?',
    doesNotShow:
      'How far each would come alone: those that are trained together share the attempts of a step.',
    steps: 60,
    arms: [
      fromSix('full', said('All three kinds'), ALL_KINDS),
      fromSix('no-deduction', said('Abduction and induction alone'), WITHOUT_DEDUCTION),
      fromSix(
        'searching',
        said('The same, shown longer searches'),
        { ...WITHOUT_DEDUCTION, base: 'searching' },
        'From a base whose searches for inputs and programs are longer and compare value by value.',
      ),
    ],
  },
  {
    ...BUDGET,
    name: 'main',
    title: 'Base to self-play',
    question:
      'Does the reasoner get better at held-out tasks from nothing but its own tasks and an executor?',
    doesNotShow:
      'New skill, or hardly any: told to think first, the untrained model scores about the same. Self-play taught it to think.',
    sizes: ['nano', 'small'],
    arms: [FULL],
  },
  {
    ...BUDGET,
    name: 'emergence',
    title: 'What emerges',
    question: 'What does the reasoner come to do that no reward mentions: thinking, length, trial and error?',
    doesNotShow:
      'That these habits come from nothing: the warm-up shows all of them, self-play only decides how often they are used.',
    sizes: ['small'],
    arms: [FULL],
    showsExamples: true,
  },
];

/** The experiment of that name, or undefined. */
export function experimentNamed(name: string): Experiment | undefined {
  return EXPERIMENTS.find((experiment) => experiment.name === name);
}

/**
 * The full configuration of one run of an arm. Throws a RangeError when it is not a possible one, e.g. for a size
 * without a shipped base.
 */
export function configOf(
  arm: Pick<Arm, 'preset' | 'changes'>,
  run: Pick<Config, 'size' | 'level' | 'seed' | 'steps'> & Partial<Config>,
): Config {
  const wanted: Config = {
    ...DEFAULTS,
    ...PRESETS[SIZE_PRESETS[run.size]].changes,
    ...MEASURED,
    ...(arm.preset ? PRESETS[arm.preset].changes : {}),
    ...arm.changes,
    ...run,
  };
  const { config, problems } = validateConfig(wanted);
  if (problems[0]) throw new RangeError(problems[0].message);
  return config;
}
