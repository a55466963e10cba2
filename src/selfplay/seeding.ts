/**
 * From one program to full buffers (paper Algorithm 1, seeding): the base proposes, the sandbox verifies, valid
 * new tasks become references of the next round. No weight changes.
 */

import { NO_ERROR } from '../language/errors.ts';
import { SEED_PROGRAMS } from '../language/seedPrograms.ts';
import { splitPrograms } from '../language/sourceText.ts';
import type { TaskKind } from '../tasks/task.ts';
import { drawConditions, type Lab, remember, seedTask, verifyDrafts, writeDrafts } from './lab.ts';
import { checkProgram, type Validity } from './validity.ts';

type Refused = Extract<Validity, { ok: false }>;

/** Inputs tried on a pasted program, in order, until one runs. */
const FIRST_INPUTS = [
  '',
  '5',
  "'hello'",
  '[3, 1, 2]',
  '5, 3',
  "'hello', 3",
  '[3, 1, 2], 2',
  "'hello', 'l'",
  '5, 3, 2',
  '3.5',
  'True',
  "{'a': 1, 'b': 2}",
];

/** What became of the programs that a user brought. */
export interface Planted {
  /** How many of them the run begins from; with none of them it begins from the built-in one. */
  own: number;
  /** The first of the user's that could not be used. */
  refused: (Refused & { program: string }) | null;
}

/**
 * Plants what everything grows from: the user's programs, one or several functions in one text, or the built-in one,
 * or nothing where the run is to begin from nothing. Where none of the user's can be used the built-in one serves.
 */
export async function plantSeed(lab: Lab, userPrograms: string | null): Promise<Planted> {
  const seeds: Extract<Validity, { ok: true }>[] = [];
  let refused: Planted['refused'] = null;
  for (const program of userPrograms === null ? [] : splitPrograms(userPrograms)) {
    const tried = await tryInputs(lab, program);
    if (tried.ok) seeds.push(tried);
    else refused ??= { ...tried, program };
  }
  const own = seeds.length;
  const builtIn = SEED_PROGRAMS[lab.config.seedProgram];
  if (own === 0 && builtIn !== null) {
    const checked = await checkProgram(builtIn.program, builtIn.input, lab.sandbox);
    if (!checked.ok) throw new Error(`The built-in seed program does not run: ${checked.detail}`);
    seeds.push(checked);
  }
  const kinds = lab.kinds.filter((kind) => kind !== 'induction');
  const tasks = seeds.flatMap((seed) => {
    const raisesNothing = { ...seed, triplet: { ...seed.triplet, output: NO_ERROR } };
    return kinds.map((kind) => seedTask(lab, kind, kind === 'error' ? raisesNothing : seed));
  });
  if (tasks.length > 0) await remember(lab, tasks);
  return { own, refused };
}

async function tryInputs(lab: Lab, program: string): Promise<Validity> {
  let refused: Validity | null = null;
  for (const input of FIRST_INPUTS) {
    const checked = await checkProgram(program, input, lab.sandbox);
    if (checked.ok) return checked;
    // The reason of an input that fits the parameters says more than that another does not fit.
    if (!refused || (!refused.ok && refused.rejection === 'input')) refused = checked;
    if (checked.rejection === 'syntax' || checked.rejection === 'forbidden') break;
  }
  return refused as Validity;
}

export interface SeedingReport {
  /** In the buffer of each kind that is on. */
  tasks: Partial<Record<TaskKind, number>>;
  proposals: number;
  valid: number;
  rounds: number;
}

/**
 * Proposes until every kind has `seedingTarget` tasks or the rounds are used up. Deduction and abduction come
 * first; induction then takes its programs from them. References are 0 to K, so that the nearly empty buffer
 * of the first rounds does not make every proposal alike.
 */
export async function seedBuffers(lab: Lab): Promise<SeedingReport> {
  const { config, random, buffers, listener, clock } = lab;
  const report: SeedingReport = {
    tasks: Object.fromEntries(lab.kinds.map((kind) => [kind, 0])),
    proposals: 0,
    valid: 0,
    rounds: 0,
  };
  const total = lab.kinds.length * config.seedingTarget;
  const seeded = () =>
    lab.kinds.reduce((sum, kind) => sum + Math.min(buffers[kind].size, config.seedingTarget), 0);
  const waves: TaskKind[][] =
    // Without self-play nobody would draw from them.
    config.update === 'supervised'
      ? []
      : [lab.kinds.filter((k) => k !== 'induction'), lab.kinds.filter((k) => k === 'induction')];
  for (const wave of waves) {
    for (let round = 0; round < config.seedingRounds; round++) {
      const lacking = wave.filter((kind) => buffers[kind].size < config.seedingTarget);
      if (lacking.length === 0) break;
      await listener({ type: 'progress', what: 'seeding', done: seeded(), total });
      const conditions = lacking.flatMap((kind) =>
        drawConditions(lab, kind, config.proposalsPerKind, () => random.integer(0, config.references)),
      );
      const [first] = conditions;
      if (!first) break;
      const references = first.references.map(({ program }) => program);
      await listener({ type: 'stage', step: 0, stage: 'propose', hand: { kind: first.kind, references } });
      const drafts = await clock.time(null, () => writeDrafts(lab, conditions));
      await listener({ type: 'stage', step: 0, stage: 'verify', hand: null });
      const checked = await clock.time(null, () => verifyDrafts(lab, drafts, 0));
      const room = (kind: TaskKind) => config.seedingTarget - buffers[kind].size;
      const valid = checked.flatMap(({ task }) => task ?? []);
      const kept = lacking.flatMap((kind) =>
        valid.filter((task) => task.kind === kind && !buffers[kind].find(task)).slice(0, room(kind)),
      );
      await remember(lab, kept);
      report.proposals += checked.length;
      report.valid += valid.length;
      report.rounds++;
    }
  }
  await listener({ type: 'progress', what: 'seeding', done: seeded(), total });
  for (const kind of lab.kinds) report.tasks[kind] = buffers[kind].size;
  return report;
}
