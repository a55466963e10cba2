import { CURATED } from '../benchmark/curated.ts';
import type { Config } from '../config/hyperparameters.ts';
import { render } from '../language/tokenizer.ts';
import { Random } from '../random.ts';
import type { Reasoner } from '../reasoner/reasoner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { SPECS } from '../tasks/index.ts';
import { ALL_KINDS, type Task, type TaskKind } from '../tasks/task.ts';
import { TaskBuffer } from './buffer.ts';
import { Clock } from './clock.ts';
import { composeProposals } from './composition.ts';
import type { Listener } from './events.ts';
import { type Buffers, drawReferences } from './references.ts';
import { proposerReward } from './rewards.ts';
import { rulingsOf } from './rulings.ts';
import { type TaskSource, taskSourceOf } from './sources.ts';
import { countTricks, trickOfProposal } from './uhoh.ts';
import { checkDrafts, type Draft, type Examined, type Validity } from './validity.ts';

/**
 * A draft and what became of it; `task` is the buffer's own when its text is known already. With `inner`, the task is
 * the draft's program applied to what that earlier task's program gives.
 */
export type Checked = Draft & { validity: Examined; task: Task | null; inner: Task | null };

/** What the phases of the loop share. */
export interface Lab {
  readonly reasoner: Reasoner;
  readonly sandbox: Sandbox;
  readonly config: Config;
  readonly random: Random;
  readonly listener: Listener;
  readonly buffers: Buffers;
  readonly clock: Clock;
  /** Writes proposals in the reasoner's place; null in self-play proper. */
  readonly source: TaskSource | null;
  /** The kinds that are switched on. */
  readonly kinds: readonly TaskKind[];
  /** Tasks named so far, for their ids. */
  named: number;
}

export function createLab(parts: Omit<Lab, 'buffers' | 'clock' | 'source' | 'kinds' | 'named'>): Lab {
  const { config, random } = parts;
  return {
    ...parts,
    sandbox: withStepBudget(parts.sandbox, config.programSteps),
    buffers: {
      deduction: new TaskBuffer(config, random.fork()),
      abduction: new TaskBuffer(config, random.fork()),
      induction: new TaskBuffer(config, random.fork()),
      // Draws from the run's generator only where it is on: a run without it is what it always was.
      error: new TaskBuffer(config, config.error ? random.fork() : new Random(config.seed)),
    },
    clock: new Clock(),
    source: taskSourceOf(config, CURATED),
    kinds: ALL_KINDS.filter((kind) => config[kind]),
    named: 0,
  };
}

/** The sandbox with the configured step budget for every run, of proposals, answers and held-out tasks alike. */
function withStepBudget(sandbox: Sandbox, steps: number): Sandbox {
  return {
    run: (requests) => sandbox.run(requests.map((request) => ({ ...request, steps }))),
    ready: (onProgress) => sandbox.ready(onProgress),
    stats: () => sandbox.stats(),
    close: () => sandbox.close(),
  };
}

/** What one proposal is conditioned on. */
export interface Condition {
  kind: TaskKind;
  references: Task[];
}

/** Conditions for `count` proposals of a kind; none when the kind needs a reference and there is none yet. */
export function drawConditions(
  lab: Lab,
  kind: TaskKind,
  count: number,
  references: () => number,
): Condition[] {
  const { config, reasoner, buffers, source, random } = lab;
  const room = {
    weighting: config.referenceWeighting,
    maxPromptTokens: Math.max(1, reasoner.config.contextLength - config.maxProposeTokens),
  };
  const conditions = Array.from({ length: count }, () => ({
    kind,
    references: drawReferences(kind, source ? 0 : references(), buffers, room, random),
  }));
  const least = SPECS[kind].fixedReferences ?? 0;
  return conditions.filter(({ references: drawn }) => drawn.length >= least);
}

/** The reasoner, or the run's other source of tasks, as proposer: one response per condition. */
export async function writeDrafts(lab: Lab, conditions: readonly Condition[]): Promise<Draft[]> {
  if (conditions.length === 0) return [];
  const { reasoner, config, source, random } = lab;
  if (source) return conditions.map((condition) => source(condition, random));
  const prompts = conditions.map(({ kind, references }) => SPECS[kind].proposePrompt(references));
  const rollouts = await reasoner.sample(prompts, {
    maxNewTokens: config.maxProposeTokens,
    temperature: config.temperature,
    seed: random.uint32(),
  });
  return conditions.map((condition, i) => ({
    ...condition,
    prompt: prompts[i] as number[],
    rollout: rollouts[i] as Draft['rollout'],
  }));
}

/** The sandbox as environment: every draft becomes a task or is rejected. Rulings and rejections are told. */
export async function verifyDrafts(lab: Lab, drafts: readonly Draft[], step: number): Promise<Checked[]> {
  const examined = await checkDrafts(drafts, lab.sandbox, lab.reasoner.config.contextLength, lab.config);
  const composites = await composeProposals(
    lab,
    drafts.map(({ kind }, i) => ({ kind, validity: examined[i] as Examined })),
    step,
  );
  const checked = drafts.map((draft, i): Checked => {
    const composite = composites[i];
    const alone = examined[i] as Examined;
    const validity = composite ? { ...composite.validity, trial: alone.trial } : alone;
    const inner = composite?.inner ?? null;
    const references = inner ? [...draft.references, inner] : draft.references;
    const task = validity.ok ? taskOf(lab, { kind: draft.kind, references }, validity, step) : null;
    return { ...draft, validity, task, inner };
  });
  // Of whatever is not valid; seeding teaches nobody, nor does what another source writes.
  const reward = step === 0 || lab.source ? null : proposerReward(null, lab.config);
  await lab.listener(
    rulingsOf(
      step,
      'propose',
      checked.map(({ kind, validity }) => ({ kind, trial: validity.trial, reward })),
    ),
  );
  const tricks = countTricks(
    step,
    'propose',
    checked.map(({ kind, rollout, references, validity }) => {
      const isUnreadable = !validity.ok && validity.rejection === 'format';
      return { kind, told: isUnreadable ? trickOfProposal(kind, rollout.tokens, references) : null, reward };
    }),
  );
  if (tricks.length > 0) await lab.listener({ type: 'tricks', step, role: 'propose', tricks });
  for (const { kind, rollout, validity } of checked) {
    if (validity.ok) continue;
    const { rejection, detail } = validity;
    await lab.listener({ type: 'rejected', step, kind, rejection, text: render(rollout.tokens), detail });
  }
  return checked;
}

function taskOf(
  lab: Lab,
  { kind, references }: Pick<Draft, 'kind' | 'references'>,
  { triplet, behaviour }: Extract<Validity, { ok: true }>,
  step: number,
): Task {
  const known = lab.buffers[kind].find(triplet);
  if (known && lab.config.rejectKnownText) return known;
  lab.named++;
  return {
    id: `${kind[0]}${lab.named}`,
    kind,
    ...triplet,
    step,
    parents: references.map(({ id }) => id),
    behaviour,
    solveRate: null,
  };
}

/** A built-in or pasted program as a task of its kind, to begin from. */
export function seedTask(lab: Lab, kind: TaskKind, validity: Extract<Validity, { ok: true }>): Task {
  return taskOf(lab, { kind, references: [] }, validity, 0);
}

/**
 * Puts new tasks into their buffers and tells of it. Returns those that entered; `known` counts those that did
 * not because their text or enough of their behaviour is there already.
 */
export async function remember(
  lab: Lab,
  tasks: readonly Task[],
  updated: { id: string; solveRate: number }[] = [],
): Promise<{ added: Task[]; known: Task[] }> {
  const added: Task[] = [];
  const known: Task[] = [];
  const evicted: string[] = [];
  for (const task of tasks) {
    const addition = lab.buffers[task.kind].add(task);
    if (addition.added) {
      added.push(task);
      if (addition.evicted) evicted.push(addition.evicted.id);
    } else if (addition.why === 'known') known.push(task);
  }
  await lab.listener({
    type: 'tasks',
    // Copies: the loop goes on changing its own tasks.
    added: added.map((task) => ({ ...task })),
    updated,
    evicted,
  });
  return { added, known };
}
