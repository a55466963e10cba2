/**
 * Where on the page one is, as the part of the address after `#`: what is to run stands before it (`run/session.ts`).
 * For example `#view=experiments&experiment=main`, `#run=…&task=a12`, or `#recording=demo&step=12`; the bare lab has none.
 */
import { PLACE_KEYS } from '../../run/frame.ts';

const VIEWS = ['lab', 'buffer', 'family', 'play', 'runs', 'experiments', 'lessons', 'teacher'] as const;
export type View = (typeof VIEWS)[number];

export interface Place {
  view: View;
  /** The experiment that is looked at; null for the first. */
  experiment: string | null;
  /** The task that is open, or chosen in the family tree; null where none is. */
  task: string | null;
}

/** A place, and the stored run that is on the page there; null where none is. */
export interface PlaceOfRun extends Place {
  run: string | null;
  /** The recording that plays there: a shipped one or the kept run of that name; null where none does. */
  recording: string | null;
  /** The step of the recording that is shown, from 1 on; null for its beginning. */
  step: number | null;
}

/**
 * What stands after the `#`, with or without it. A view may stand in the query instead, as links to lessons are written:
 * `?lesson=loop&page=3&view=runs`. Never throws: what makes no sense is the lab.
 */
export function readPlace(hash: string, query = ''): PlaceOfRun {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const before = new URLSearchParams(query);
  if (!parameters.has('view'))
    for (const key of PLACE_KEYS) {
      const value = before.get(key);
      if (value !== null) parameters.set(key, value);
    }
  const view = VIEWS.find((name) => name === parameters.get('view')) ?? 'lab';
  const recording = parameters.get('recording');
  return {
    view,
    experiment: view === 'experiments' ? parameters.get('experiment') : null,
    task: hasTask(view) ? parameters.get('task') : null,
    run: parameters.get('run'),
    recording,
    step: recording === null ? null : readStep(parameters.get('step')),
  };
}

function readStep(text: string | null): number | null {
  return text !== null && /^[0-9]{1,9}$/.test(text) ? Number(text) || null : null;
}

/** The text for it, with the `#`, empty for the bare lab. */
export function writePlace({ view, experiment, task, run, recording, step }: PlaceOfRun): string {
  const parameters = new URLSearchParams();
  if (view !== 'lab') parameters.set('view', view);
  if (run !== null) parameters.set('run', run);
  if (recording !== null) parameters.set('recording', recording);
  if (recording !== null && step !== null) parameters.set('step', String(step));
  if (view === 'experiments' && experiment !== null) parameters.set('experiment', experiment);
  if (hasTask(view) && task !== null) parameters.set('task', task);
  const text = parameters.toString();
  return text && `#${text}`;
}

/** Whether a task can be open there. */
export function hasTask(view: View): boolean {
  return view === 'lab' || view === 'buffer' || view === 'family';
}
