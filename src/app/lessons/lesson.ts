/**
 * A lesson as data: pages of text beside the lab, what the lab shows meanwhile, and what the pupil does. Texts are marked
 * with `msg` and shown by `again`; in them `code`, **strong**, *emphasis* and [links](#term) to the glossary are read as
 * in docs/glossary.md.
 */
import type { Config } from '../../config/hyperparameters.ts';
import type { PresetName } from '../../config/presets.ts';
import type { HIDEABLE } from '../../run/frame.ts';
import type { SPEEDS } from '../../run/replay/player.ts';
import type { ShippedRecording } from '../../run/replay/shipped.ts';
import type { PlayedTask } from '../../run/visit.ts';

import type { TaskKind } from '../../tasks/task.ts';
import type { Phase } from '../../watch/events.ts';
import type { View } from '../address/place.ts';
import type { Game } from '../play/useGame.ts';

export interface Lesson {
  /** As a link says it: `?lesson=loop`. Small letters and `-`. */
  id: string;
  title: string;
  /** What a pupil can do or say afterwards, in one sentence. */
  goal: string;
  /** Of the whole lesson, with discussion. */
  minutes: number;
  /** At least two. The last one asks the question that is left with (an `open` exercise). */
  pages: readonly LessonPage[];
  teacher: TeacherNotes;
}

export interface LessonPage {
  title: string;
  /** Paragraphs. */
  text: readonly string[];
  /** Python below the first paragraph. */
  code?: string;
  /** What the lab shows beside this page; as it was where there is none. */
  scene?: Scene;
  /** The panel that is lit up. */
  point?: Panel;
  exercise?: Exercise;
}

/** Panels that a page can light up, and which elements they are. */
export const PANELS = {
  controls: '.transport-buttons',
  readouts: '.readouts',
  loop: '.loop',
  propose: ':is(.stage-head, .cell)[data-stage="propose"]',
  verify: ':is(.stage-head, .cell)[data-stage="verify"]',
  attempt: '.stage-head[data-stage="attempt"]',
  judge: '.stage-head[data-stage="judge"]',
  update: '.stage-head[data-stage="update"]',
  charts: '.board',
  buffer: ':is(.buffer-rail, .lab-buffer > .panel)',
  play: '.lab-play > .panel',
  experiments: '.lab-experiments > *',
  settings: '.header-tools',
  presets: '.preset-trigger',
  views: '.views',
} as const;
export type Panel = keyof typeof PANELS;

/** What is on the page beside a lesson's page. What it does not name stays as it is. */
export interface Scene {
  view?: View;
  /** In the view of experiments: which one, by its name. */
  experiment?: string;
  /** In the view to play: which game. */
  game?: Game;
  /** A task of the recording, open in its drawer (in `lab` and `buffer`) or chosen in the family tree. */
  task?: string;
  recording?: RecordingScene;
  /** The set-up of the next start, for pages on which a class trains: a preset, and what differs from it. */
  next?: { preset: PresetName; changes?: Partial<Config> };
  /** Panels that are left out while this page is open. */
  hide?: readonly (typeof HIDEABLE)[number][];
}

/** A shipped recording at a place. It needs neither an engine nor Python. */
export interface RecordingScene {
  name: ShippedRecording;
  /** The last step that has ended; 0 for the beginning. */
  step: number;
  /** Begun within the step after that: shown where it begins. */
  stage?: Phase;
  /** At rest where this is left out. */
  isPlaying?: boolean;
  speed?: (typeof SPEEDS)[number];
  /** Seconds that each stage is shown; slow motion is off where this is left out. */
  secondsPerStage?: number;
}

/** What a pupil does on a page. An answer given is kept under `id`, which is the lesson's own only once. */
export type Exercise =
  | ChoiceExercise
  | CountExercise
  | CurveExercise
  | SolveExercise
  | DoExercise
  | OpenExercise;

interface Asked {
  id: string;
  question: string;
}

/** One or several options are right; as many can be taken as are right. */
export interface ChoiceExercise extends Asked {
  type: 'choice';
  options: readonly { text: string; isRight: boolean /** Said once it is answered. */; why: string }[];
}

/** "How many of the eight will be right?": a whole number from 0 to `of`, before it is revealed. */
export interface CountExercise extends Asked {
  type: 'count';
  of: number;
  /** What is counted, where the reader has to see it: the task, its answer and all. */
  task?: PlayedTask;
  /** From the recording: the correct ones of the first `of` attempts at this task in this step; or given. */
  truth: { recording: ShippedRecording; step: number; task: string } | { given: number };
  /** Said with the truth: what one can see in it. */
  after: string;
}

/** A curve over steps, dragged before the true one is drawn beside it. */
export interface CurveExercise extends Asked {
  type: 'curve';
  /** What the vertical axis measures. */
  label: string;
  /** Steps at which a guess can be set, ascending; the first is where the curve begins, and its value is given. */
  at: readonly number[];
  /** Limits of the vertical axis. */
  range: readonly [low: number, high: number];
  unit: 'share' | 'number';
  truth: CurveTruth;
  /** Said with the truth: what one can see in it. */
  after: string;
}

export type CurveTruth =
  /** A column of the metrics of a recording (docs/metrics.md): 'thinkShare:deduction', say. */
  | { from: 'recording'; name: ShippedRecording; column: string }
  /** Held-out accuracy in a recording: the mean of one kind over tiers, the base's at step 0. */
  | { from: 'held-out'; name: ShippedRecording; kind: TaskKind; tiers: readonly number[] }
  /** The mean over seeds of one arm of a shipped experiment: a measure by its key (src/app/experiments/measures.ts). */
  | { from: 'experiment'; experiment: string; arm: string; measure: string }
  /** One value for every step of `at`. */
  | { from: 'given'; values: readonly number[] };

/** A task by hand. Real Python judges; where it cannot be had, `answer` is shown to compare with. */
export interface SolveExercise extends Asked {
  type: 'solve';
  task: PlayedTask;
  /** One right answer, as Python writes it. */
  answer: string;
  /** Shown when it is asked for, or after a wrong answer. */
  hint: string;
  /** Said when it is right, or was given up. */
  after: string;
}

/** Something to do on the page; done as soon as `isDone` says so. */
export interface DoExercise extends Asked {
  type: 'do';
  isDone: (page: PageState) => boolean;
  /** Said when it is done. */
  after: string;
  /** It takes the live reasoner or Python: who has none reads `instead` and does that. */
  live?: { instead: string; exercise: Exclude<Exercise, DoExercise> };
}

/** Written in words; nobody judges it. */
export interface OpenExercise extends Asked {
  type: 'open';
  /** Lines of the field; 4 where this is left out. */
  lines?: number;
  /** A good answer, said after one was written. */
  model?: string;
}

/** What a `do` exercise can ask about. */
export interface PageState {
  view: View;
  /** The task that is open. */
  task: string | null;
  /** Of the run or recording on the page: the step in progress or the last one, and the stage that is lit. */
  step: number;
  stage: Phase | null;
  /** Whether a run goes on or a recording plays. */
  isGoingOn: boolean;
  /** What was on the page since this page's scene was set, that of the scene included. */
  seen: { steps: ReadonlySet<number>; stages: ReadonlySet<Phase>; tasks: ReadonlySet<string> };
  /** Of the task that somebody wrote in Play: refused by Python, or tried with this share right; null before. */
  written: { isTask: false } | { isTask: true; solveRate: number | null } | null;
  /** Of the next start. */
  preset: PresetName;
  config: Config;
}

/** For who gives the lesson. */
interface TeacherNotes {
  /** Minutes from the beginning, ascending, and what is done from then on. */
  timing: readonly { from: number; what: string }[];
  /** What to have ready. */
  prepare: readonly string[];
  /** What the class will see, with which seed where that matters. */
  expect: readonly string[];
  /** What goes wrong, and what helps. */
  goesWrong: readonly { what: string; help: string }[];
  /** By the id of the exercise; those that a page says itself need none. */
  answers: readonly { exercise: string; text: string }[];
  /** Questions to talk about. */
  discuss: readonly string[];
}
