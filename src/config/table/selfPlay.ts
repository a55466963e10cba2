import { SPECS } from '../../tasks/index.ts';
import { ALL_KINDS, type TaskKind } from '../../tasks/task.ts';
import { type BooleanEntry, entriesOf } from '../entry.ts';

const propose = entriesOf('Propose');
const solve = entriesOf('Solve');
const buffer = entriesOf('Buffer');
const update = entriesOf('Update');

/** One switch a kind of task. */
const KIND_SWITCHES = Object.fromEntries(
  ALL_KINDS.map((kind) => {
    const { label, switch: about } = SPECS[kind];
    const { isOn, reason, paper } = about;
    return [kind, propose.boolean(isOn, { label, reason, paper, advanced: !isOn })];
  }),
) as Record<TaskKind, BooleanEntry>;

/** Who proposes and solves what, and which tasks are remembered. */
export const SELF_PLAY_TABLE = {
  taskSource: propose.choice('self', ['self', 'grammar', 'curated'], {
    label: 'Tasks from',
    reason:
      'Self is self-play; grammar (a random proposer) and curated (hand-written programs) are controls for it.',
    paper: 'self',
  }),
  grammarTiers: propose.integer(4, [1, 8], {
    label: 'Difficulties of the grammar',
    reason:
      'Of the controls that draw from the grammar: up to 4 in the shares of a warm-up, beyond it all alike, a designer’s own curriculum.',
    paper: null,
    advanced: true,
  }),
  ...KIND_SWITCHES,
  proposalsPerKind: propose.integer(16, [1, 256], {
    label: 'Proposals per kind',
    reason: 'Each valid one costs n attempts, so it sets the length of a step.',
    paper: 64,
  }),
  trainProposer: propose.boolean(true, {
    label: 'Train the proposer',
    reason: 'Off, the reasoner still proposes but only learns to solve: a control.',
    paper: true,
  }),
  references: propose.integer(2, [0, 6], {
    label: 'References K',
    reason: 'Tasks shown to the proposer; as many as fit the context. Induction always sees one program.',
    paper: 6,
  }),
  referenceWeighting: propose.choice('uniform', ['uniform', 'recent', 'edge', 'edge-by-shape'], {
    label: 'References drawn',
    reason:
      'Recent weighs by creation step, as the official step strategy; edge favours those solved sometimes, edge-by-shape besides every shape of program alike.',
    paper: 'uniform (tried: recent)',
  }),
  inductionExamples: propose.integer(8, [2, 10], {
    label: 'Induction examples N',
    reason: 'The first half is shown, the rest decides; eight fit the context, as in the warm-up.',
    paper: 10,
  }),
  composition: propose.number(0.5, [0, 1, 0.05], {
    label: 'Composition',
    unit: 'share',
    reason: 'Of valid proposals f, how many become f(g(x)) with a g of the buffer: the way to longer tasks.',
    paper: '0 (tried: 0.5)',
  }),
  alternatives: propose.number(0, [0, 1, 0.05], {
    label: 'Alternatives',
    unit: 'share',
    reason:
      'Of valid proposals with an if that has no else, how many get a short program of the buffer as one, and are composed no further.',
    paper: null,
    advanced: true,
  }),
  compositionStart: propose.integer(6, [1, 10000], {
    label: 'Composition from',
    unit: 'step',
    reason: 'A later start lets the solver master single programs first.',
    paper: 'off; with its scheduler 101',
    advanced: true,
  }),
  compositionSolveRate: propose.number(0, [0, 1, 0.05], {
    label: 'Composed with',
    unit: 'solve rate',
    reason:
      'Only programs g that are solved so often at least: what is mastered becomes a step of longer tasks.',
    paper: null,
    advanced: true,
  }),
  compositionPartner: propose.choice('any', ['any', 'edge'], {
    label: 'Chosen for composition',
    reason:
      'Edge prefers programs g with which tasks of such length and shape are now solved half of the time; any takes the first that fits.',
    paper: 'any',
    advanced: true,
  }),
  compositionMaxLines: propose.integer(10, [2, 30], {
    label: 'Longest composite',
    unit: 'lines',
    reason:
      'Counted between def and return, as the difficulty is; longer tasks have thoughts that no longer fit.',
    paper: null,
    advanced: true,
  }),
  maxProposeTokens: propose.integer(96, [8, 1024], {
    label: 'Longest proposal',
    unit: 'tokens',
    reason: 'Programs of eight lines fit; a cut proposal counts as unfinished.',
    paper: 8096,
    advanced: true,
  }),
  seedProgram: propose.choice('hello', ['hello', 'identity', 'none'], {
    label: 'Seed program',
    reason:
      'The only program in the buffer at the start, unless you paste one of your own; none begins from nothing.',
    paper: 'identity',
  }),
  seedingTarget: propose.integer(32, [2, 4096], {
    label: 'Seeding target',
    unit: 'tasks per kind',
    reason: 'Fills the buffers from the one seed program before the first update.',
    paper: 256,
  }),
  seedingRounds: propose.integer(12, [1, 200], {
    label: 'Seeding rounds',
    reason: 'Seeding ends here even if the target is missed, so a weak base still starts.',
    paper: null,
    advanced: true,
  }),

  attemptsPerTask: solve.integer(8, [2, 64], {
    label: 'Attempts per task n',
    reason: 'Their mean success is the solve rate that the proposer is rewarded by.',
    paper: 8,
  }),
  focusAttempts: solve.integer(0, [0, 64], {
    label: 'Further attempts',
    unit: 'per task',
    reason: 'At tasks that the first attempts solved sometimes, where alone there is something to learn.',
    paper: null,
  }),
  reuseAttempts: solve.boolean(true, {
    label: 'Reuse attempts',
    reason: 'The attempts that measure a task also train the solver; the paper throws them away.',
    paper: false,
  }),
  bufferTasksPerKind: solve.integer(8, [0, 256], {
    label: 'Buffer tasks per kind',
    reason: 'Old tasks keep the solver from forgetting; used when attempts are reused.',
    paper: null,
  }),
  solverAttempts: solve.integer(1, [1, 64], {
    label: 'Solver’s attempts',
    unit: 'per task',
    reason: 'When attempts are not reused; a per-task baseline needs at least two.',
    paper: 1,
    advanced: true,
  }),
  replayWeighting: solve.choice('uniform', ['uniform', 'recent', 'edge', 'edge-by-shape'], {
    label: 'Old tasks drawn',
    reason:
      'Edge favours tasks solved sometimes but not always, where there is something to learn; edge-by-shape besides every shape of program alike.',
    paper: 'uniform',
    advanced: true,
  }),
  temperature: solve.number(1, [0.1, 2, 0.05], {
    label: 'Temperature',
    reason: 'Attempts must differ or there is nothing to compare; greedy Monte-Carlo breaks the reward.',
    paper: 1,
  }),
  maxSolveTokens: solve.integer(192, [8, 2048], {
    label: 'Longest response',
    unit: 'tokens',
    reason: 'Nearly all thoughts of the warm-up fit; a cut response counts as unfinished.',
    paper: 8096,
    advanced: true,
  }),

  update: update.choice('policy-gradient', ['policy-gradient', 'supervised', 'none'], {
    label: 'Learning',
    reason:
      'Supervised goes on with the warm-up instead of self-play, none plays without learning: controls.',
    paper: 'policy-gradient',
  }),

  bufferCapacity: buffer.integer(4096, [16, 65536], {
    label: 'Capacity per kind',
    unit: 'tasks',
    reason: 'Beyond it tasks are evicted.',
    paper: 16384,
  }),
  eviction: buffer.choice('reservoir', ['reservoir', 'newest', 'keep-oldest', 'official-defect'], {
    label: 'When full',
    reason:
      'Reservoir keeps a fair sample of all ages; official-defect lets nothing in and serves its last tasks as new.',
    paper: 'official-defect',
  }),
  rejectKnownText: buffer.boolean(true, {
    label: 'Reject known texts',
    reason: 'A program and input that the buffer holds already would only be drawn more often.',
    paper: 'false (true in seeding)',
    advanced: true,
  }),
  textsPerFingerprint: buffer.integer(4, [1, 1000], {
    label: 'Texts per I/O fingerprint',
    reason: 'Programs that act alike may enter so often; one alone would starve this small language.',
    paper: 'no limit',
  }),
  rejectTrivial: buffer.boolean(true, {
    label: 'Reject trivial programs',
    reason:
      'Identities, constants and unused arguments teach nothing: they are solved without reading the input.',
    paper: false,
  }),
};
