/**
 * "Check this room": what was found out about this machine and browser, in plain sentences, each with what to do. Pure;
 * `useRoom.ts` finds it out.
 */
import type { PresetName } from '../../config/presets.ts';
import type { Pace } from '../../run/visit.ts';
import { again, t } from '../../words/words.ts';
import { count, tenths } from '../format.ts';

/** Something that is found out: not looked at yet, under way, known, or not to be had, in a plain sentence. */
export type Found<T> =
  | { state: 'open' | 'busy' }
  | { state: 'known'; value: T }
  | { state: 'failed'; problem: string };

export interface Room {
  /** Null where the browser offers none; `isSoftware` for a processor that plays a graphics card. */
  adapter: Found<{ name: string; isSoftware: boolean } | null>;
  /** Whether a first program was judged. */
  python: Found<true>;
  pace: Found<Pace>;
  cores: number;
  /** Of the next start, for which the pace is measured. */
  preset: PresetName;
  /** Why runs are not kept; empty when they are. */
  storageProblem: string;
  /** Null where the browser does not say it. */
  isPersistent: boolean | null;
  /** Bytes that may still be stored; null where the browser does not say it. */
  free: number | null;
  /** Large files that are still to come for a visit without the network; null where nobody keeps them. */
  missingFiles: number | null;
  /** In a frame of another page that gives no origin: nothing can be trained there. */
  isSandboxed: boolean;
}

type Grade = 'open' | 'busy' | 'good' | 'fair' | 'bad';

export interface Check {
  id: 'adapter' | 'engine' | 'python' | 'cores' | 'pace' | 'preset' | 'storage' | 'offline';
  title: string;
  grade: Grade;
  /** What was found, in a sentence. */
  says: string;
  /** What to do, in a sentence; empty where there is nothing to do. */
  advice: string;
}

/** Steps that a lesson lets a class watch. */
const LESSON_STEPS = 20;
/** Minutes for them that a lesson has; beyond twice of it only a recording fits. */
const LESSON_MINUTES = 6;
/** Cores that two groups at one machine would share with the browser. */
const FEW_CORES = 2;
/** Bytes for the page without the network and some kept runs. */
const ENOUGH_ROOM = 300e6;
/** A run of nano takes about this part of the time of one of small. */
const NANO_PART = 0.5;

/** All checks, in the order in which they are read. */
export function checksOf(room: Room): Check[] {
  return [
    { id: 'adapter', title: t('Graphics card'), ...adapterCheck(room) },
    { id: 'engine', title: t('What computes'), ...engineCheck(room) },
    { id: 'cores', title: t('Processor'), ...coresCheck(room) },
    { id: 'python', title: t('Python'), ...pythonCheck(room) },
    { id: 'pace', title: t('Speed'), ...paceCheck(room) },
    { id: 'preset', title: t('What to choose'), ...presetCheck(room) },
    { id: 'storage', title: t('Storage'), ...storageCheck(room) },
    { id: 'offline', title: t('Without the network'), ...offlineCheck(room) },
  ];
}

/** The whole in one sentence; null before anything was measured. */
export function summaryOf(checks: readonly Check[]): string | null {
  const grades = checks.map(({ grade }) => grade);
  if (grades.includes('open') || grades.includes('busy')) return null;
  if (grades.includes('bad')) {
    return t(
      'Use the recordings in this room: something that training needs is missing. Lessons play from them.',
    );
  }
  if (grades.includes('fair')) return t('This room can train; look at what is marked.');
  return t('This room is ready.');
}

/** Minutes that the steps of a lesson take, at this many seconds a step. */
export const lessonMinutes = (secondsPerStep: number): number => (LESSON_STEPS * secondsPerStep) / 60;

type Told = Omit<Check, 'id' | 'title'>;
const told = (grade: Grade, says: string, advice = ''): Told => ({ grade, says, advice });

function adapterCheck({ adapter }: Room): Told {
  if (adapter.state !== 'known') return told('busy', t('The browser is asked for one.'));
  if (adapter.value === null) {
    return told(
      'fair',
      t('This browser offers none to Kelvin (no WebGPU).'),
      t(
        'Nothing has to be done: the processor computes instead. A newer Chrome, Edge, Firefox or Safari may find one.',
      ),
    );
  }
  const { name, isSoftware } = adapter.value;
  if (isSoftware) {
    return told(
      'fair',
      t('There is only a software one ({name}): a processor that plays a graphics card.', { name }),
      t(
        'Kelvin passes it over, and the processor computes. Where there is a real card, switch on “hardware acceleration” in the browser’s settings.',
      ),
    );
  }
  return told('good', t('{name}, through WebGPU.', { name }));
}

function engineCheck({ pace, isSandboxed }: Room): Told {
  if (isSandboxed) return told('bad', t('Nothing: this frame has no origin of its own.'), IN_A_TAB());
  if (pace.state === 'failed') {
    return told(
      'bad',
      t('The engine did not answer: {problem}', { problem: again(pace.problem) }),
      t('Reload the page and check again. Recordings play all the same.'),
    );
  }
  if (pace.state !== 'known') return waiting(pace);
  const { backend, device } = pace.value;
  if (backend === 'webgpu') return told('good', t('The graphics card: {device}.', { device }));
  if (backend === 'wasm') return told('good', t('The processor: {device}.', { device }));
  return told(
    'bad',
    t('Plain JavaScript, which is far too slow for a lesson.'),
    t('Use a recent Chrome, Edge, Firefox or Safari, or the recordings.'),
  );
}

function coresCheck({ cores }: Room): Told {
  const says = t('{cores, plural, one {# core} other {# cores}}, as the browser says.', { cores });
  if (cores > FEW_CORES) return told('good', says);
  return told('fair', says, t('Close other tabs and programs while a run trains.'));
}

function pythonCheck({ python, isSandboxed }: Room): Told {
  if (isSandboxed) return told('bad', t('It does not start in this frame.'), IN_A_TAB());
  if (python.state === 'failed') {
    return told(
      'bad',
      t('It does not start: {problem}', { problem: again(python.problem) }),
      t(
        'Look at the connection and reload. A filter may hold back files that end in .wasm or .zip: Kelvin loads them from its own address only. Recordings need no Python.',
      ),
    );
  }
  if (python.state === 'known') return told('good', t('It starts, and has judged a first program.'));
  return waiting(python);
}

function paceCheck({ pace, isSandboxed }: Room): Told {
  if (isSandboxed || pace.state === 'failed') return told('bad', t('It could not be measured.'));
  if (pace.state !== 'known') return waiting(pace);
  const { secondsPerStep } = pace.value;
  const says = t('About {rate} steps a minute, estimated from a part of a step that was measured just now.', {
    rate: secondsPerStep < 6 ? count(60 / secondsPerStep) : tenths(60 / secondsPerStep),
  });
  return told(isSlow(secondsPerStep) ? 'fair' : 'good', says, minutesText(secondsPerStep));
}

function presetCheck({ pace, preset, isSandboxed }: Room): Told {
  if (isSandboxed || pace.state === 'failed') {
    return told('bad', t('The recordings: they play on any machine.'));
  }
  if (pace.state !== 'known') return waiting(pace);
  const { secondsPerStep } = pace.value;
  if (!isSlow(secondsPerStep)) {
    return told('good', t('The preset that is chosen: it fits into a lesson.'));
  }
  const nano = secondsPerStep * NANO_PART;
  if (preset === 'demo' && lessonMinutes(nano) <= 2 * LESSON_MINUTES) {
    return told(
      'fair',
      t('The preset “Demo, nano”: a step takes about half as long.'),
      t('Choose it under Preset and check again, or begin before the lesson and let it run.'),
    );
  }
  if (lessonMinutes(secondsPerStep) <= 2 * LESSON_MINUTES) {
    return told('fair', t('The preset that is chosen, begun before it is needed.'));
  }
  return told('bad', t('The recordings: a run of your own would take too long here.'));
}

function storageCheck({ storageProblem, isPersistent, free }: Room): Told {
  if (storageProblem !== '') {
    return told(
      'fair',
      t('Runs are not kept: {problem}', { problem: again(storageProblem) }),
      t('Export a run under Runs before the tab is closed. Private windows keep nothing.'),
    );
  }
  const room = free === null ? '' : t('{megabytes} MB are free.', { megabytes: count(free / 1e6) });
  if (free !== null && free < ENOUGH_ROOM) {
    return told('fair', room, t('Delete runs that nobody needs, under Runs, or other data of this browser.'));
  }
  if (isPersistent === true) {
    return told('good', [t('Runs are kept until somebody deletes them.'), room].filter(Boolean).join(' '));
  }
  return told(
    'good',
    [t('Runs are kept; the browser may clear them when the disk is full.'), room].filter(Boolean).join(' '),
    t('School computers often forget everything at log-out: Export takes a run along as a file.'),
  );
}

function offlineCheck({ missingFiles }: Room): Told {
  if (missingFiles === 0)
    return told('good', t('Everything is in this browser: lessons work without the network.'));
  if (missingFiles === null) {
    return told(
      'fair',
      t('Nothing is kept for a visit without the network, or nobody knows yet.'),
      t('Stay on the network, fetch it now, or put the zip that `npm run pack` makes on a USB stick.'),
    );
  }
  return told(
    'fair',
    t('{missing, plural, one {# large file is} other {# large files are}} still to come.', {
      missing: missingFiles,
    }),
    t('Leave the page open for a while, or fetch them now.'),
  );
}

/** A sandboxed frame of a learning platform. */
const IN_A_TAB = () => t('Recordings play here; to train, open Kelvin in a tab of its own.');

function waiting({ state }: Found<unknown>): Told {
  return state === 'busy' ? told('busy', t('It is being tried.')) : told('open', t('Not tried yet.'));
}

const isSlow = (secondsPerStep: number) => lessonMinutes(secondsPerStep) > LESSON_MINUTES;

function minutesText(secondsPerStep: number): string {
  const minutes = lessonMinutes(secondsPerStep);
  return t('{steps} steps take about {minutes} min.', {
    steps: LESSON_STEPS,
    minutes: minutes < 3 ? tenths(minutes) : count(minutes),
  });
}
