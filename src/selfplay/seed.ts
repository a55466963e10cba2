/**
 * From one program to full buffers (paper Algorithm 1, seeding): the base proposes, the sandbox verifies, valid
 * new tasks become references of the next round. No weight changes.
 */

import { SEED_PROGRAMS } from '../language/seedPrograms.ts';
import { SPECS } from '../tasks/index.ts';
import type { Valid } from '../tasks/kind.ts';
import { checkSeeds } from '../tasks/seeds.ts';
import { verifyByHand } from '../tasks/verification.ts';
import { type Context, newRecord, runPhase } from './context.ts';
import type { Planted, SeedingReport } from './events.ts';
import { drawConditions } from './propose.ts';
import { remember } from './remember.ts';
import { nameTask, nameTasks, verify } from './verify.ts';

/**
 * Plants what everything grows from: the functions of the user's text, whatever they are called, or the built-in
 * program, or nothing where the run is to begin from nothing. Where none of the user's can be used the built-in one
 * serves.
 */
export async function plantSeed(context: Context, userPrograms: string | null): Promise<Planted> {
  const { sandbox, reasoner } = context;
  const seeds: Valid[] = [];
  let refused: Planted['refused'] = null;
  const brought =
    userPrograms === null ? null : await checkSeeds(userPrograms, reasoner.config.contextLength, sandbox);
  if (brought?.ok === false) {
    const { detail, line } = brought;
    refused = { name: null, detail: line === undefined ? detail : `Line ${line}: ${detail}` };
  }
  for (const tried of brought?.ok ? brought.functions : []) {
    const checked = tried.ok ? await verifyByHand(tried.program, tried.input, sandbox) : tried;
    if (checked.ok) seeds.push(checked);
    else refused ??= { name: tried.name, detail: checked.detail };
  }
  const own = seeds.length;
  const builtIn = SEED_PROGRAMS[context.config.seedProgram];
  if (own === 0 && builtIn !== null) {
    const checked = await verifyByHand(builtIn.program, builtIn.input, context.sandbox);
    if (!checked.ok) throw new Error(`The built-in seed program does not run: ${checked.detail}`);
    seeds.push(checked);
  }
  const tasks = seeds.flatMap((seed) =>
    context.kinds.flatMap((kind) => {
      const triplet = SPECS[kind].seed(seed.triplet);
      return triplet ? [nameTask(context, { kind, parents: [] }, { ...seed, triplet }, 0)] : [];
    }),
  );
  if (tasks.length > 0) await remember(context, tasks);
  return { own, refused };
}

/**
 * Proposes until every kind has `seedingTarget` tasks or the rounds are used up. Kinds that propose programs come first;
 * those that propose inputs then take their programs from them. References are 0 to K, so that the nearly empty buffer
 * of the first rounds does not make every proposal alike.
 */
export async function seedBuffers(context: Context): Promise<void> {
  const { config, buffers, emit, kinds, proposer } = context;
  const { seedingTarget, seedingRounds } = config;
  const report: SeedingReport = { tasks: {}, proposals: 0, valid: 0, rounds: 0 };
  const total = kinds.length * seedingTarget;
  const progress = () => {
    const done = kinds.reduce((sum, kind) => sum + Math.min(buffers[kind].size, seedingTarget), 0);
    return emit({ type: 'progress', what: 'seeding', done, total });
  };
  const waves = (['program', 'inputs'] as const).map((what) =>
    kinds.filter((kind) => SPECS[kind].proposes === what),
  );
  for (const wave of waves) {
    for (let round = 0; round < seedingRounds; round++) {
      const lacking = wave.filter((kind) => buffers[kind].size < seedingTarget);
      if (lacking.length === 0) break;
      await progress();
      const record = newRecord(context, 0);
      const random = context.random.fork('seeding', report.rounds);
      const counts = random.fork('reference counts');
      record.conditions = drawConditions(
        context,
        lacking,
        () => counts.integer(0, config.references),
        random.fork('references'),
      );
      if (record.conditions.length === 0) break;
      await runPhase(context, record, 'propose', async () => {
        record.proposals = await proposer.propose(record.conditions, random.fork('proposals'));
      });
      await runPhase(context, record, 'verify', async () => {
        await verify(context, record.proposals);
        nameTasks(context, record.proposals, 0);
      });
      const valid = record.proposals.flatMap(({ task }) => task ?? []);
      const kept = lacking.flatMap((kind) =>
        valid
          .filter((task) => task.kind === kind && !buffers[kind].find(task))
          .slice(0, seedingTarget - buffers[kind].size),
      );
      await remember(context, kept);
      report.proposals += record.proposals.length;
      report.valid += valid.length;
      report.rounds++;
    }
  }
  await progress();
  for (const kind of kinds) report.tasks[kind] = buffers[kind].size;
  await emit({ type: 'seeded', report });
}
