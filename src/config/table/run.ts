import { BASE_TEXT, BASE_VARIANTS, LEVEL_IDS } from '../../language/level.ts';
import { MIXTURES } from '../../tasks/warmUp.ts';
import { said } from '../../words/said.ts';
import { entriesOf } from '../entry.ts';

const run = entriesOf('Run');
const reasoner = entriesOf('Reasoner');
const warmUp = entriesOf('Warm-up');
const evaluation = entriesOf('Evaluation');
const sandbox = entriesOf('Sandbox');

/** What is run, on what, and how it is measured: everything around the loop. */
export const RUN_TABLE = {
  seed: run.integer(1, [0, 4294967295], {
    label: 'Seed',
    reason: 'The same seed gives the same run, on the same kind of device.',
    paper: null,
  }),
  steps: run.integer(60, [1, 10000], {
    label: 'Steps',
    reason: 'One step proposes, verifies, attempts, judges and updates once.',
    paper: 500,
  }),

  size: reasoner.choice('small', ['pico', 'nano', 'small', 'medium', 'large'], {
    label: 'Reasoner size',
    reason: 'Small (0.8 M parameters) thinks well enough for self-play to show within minutes.',
    paper: '3B to 14B',
  }),
  base: reasoner.choice('shipped', [...BASE_VARIANTS, 'warm-up'], {
    label: 'Base',
    reason: `Stands in for the paper’s pretrained model. ${BASE_VARIANTS.map((variant) =>
      said('“{variant}” {does}: {shows}', { variant, ...BASE_TEXT[variant] }),
    ).join('; ')}; “warm-up” is made in the tab.`,
    paper: 'Qwen2.5 7B or 14B, pretrained',
  }),

  level: reasoner.choice(1, LEVEL_IDS, {
    label: 'Language level',
    reason: 'Of the base and the held-out suites: 1 has integers, 2 also lists and strings.',
    paper: null,
  }),

  warmUpUpdates: warmUp.integer(6000, [1, 200000], {
    label: 'Updates',
    reason: 'Only for a warm-up in the tab; thinking beats guessing after some 20 M tokens.',
    paper: null,
  }),
  warmUpBatch: warmUp.integer(64, [1, 1024], {
    label: 'Batch',
    unit: 'examples',
    reason: 'Examples of similar length share a batch.',
    paper: null,
  }),
  warmUpRate: warmUp.number(0.0016, [0.00001, 0.02, 0.0001], {
    label: 'Peak learning rate',
    reason: 'Small models from random weights stand rates far above those of fine-tuning.',
    paper: null,
  }),
  lrWarmUpUpdates: warmUp.integer(200, [0, 10000], {
    label: 'LR warm-up',
    unit: 'updates',
    reason: 'The rate climbs from zero first, then falls along a cosine to 5 %.',
    paper: null,
    advanced: true,
  }),
  warmUpThinking: warmUp.number(0.6, [0, 1, 0.05], {
    label: 'Examples that think',
    unit: 'share',
    reason: 'Enough of them that thinking is learned well, whatever the prior CoT rate is.',
    paper: null,
    advanced: true,
  }),
  priorCotRate: warmUp.number(0.35, [0.01, 0.99, 0.01], {
    label: 'Prior CoT rate',
    unit: 'share',
    reason: 'How often the base chooses to think; self-play flips 35 % surely, 20 % may stall.',
    paper: null,
  }),
  warmUpMixture: warmUp.choice('balanced', MIXTURES, {
    label: 'Mixture',
    reason:
      'Balanced teaches every role; writing mostly proposals, so that a short warm-up gives valid ones.',
    paper: null,
    advanced: true,
  }),

  evaluateEvery: evaluation.integer(10, [1, 1000], {
    label: 'Evaluate every',
    unit: 'steps',
    reason:
      'Held-out programs are never trained on; the last step is always evaluated. Up to step 20 a few of them are asked every other step.',
    paper: 10,
  }),
  evaluationTasks: evaluation.integer(40, [1, 1000], {
    label: 'Tasks per difficulty and kind',
    reason: 'With 40 tasks at each of 3 difficulties the mean is known to about ± 4 points.',
    paper: '800 (CruxEval)',
  }),
  evaluationTiers: evaluation.integer(5, [1, 8], {
    label: 'Difficulties',
    reason:
      'Bases were shown 1 to 4 (up to six lines), the “short” one 1 to 3; what is above is longer than anything they saw.',
    paper: null,
    advanced: true,
  }),
  passK: evaluation.integer(4, [0, 64], {
    label: 'pass@k',
    unit: 'samples',
    reason: 'Tells what the reasoner can reach from what it does first; 0 leaves it out.',
    paper: null,
  }),

  engineThreads: reasoner.integer(0, [0, 8], {
    label: 'Engine threads',
    reason:
      'On WebAssembly: 0 takes one a core, leaving one to the page where there are more than two. Results do not depend on it.',
    paper: null,
    advanced: true,
  }),
  sandboxWorkers: sandbox.integer(2, [1, 8], {
    label: 'Sandbox workers',
    reason: 'Each holds a Python of its own; two keep up with the reasoner.',
    paper: 1,
    advanced: true,
  }),
};
