import { TIMED_PHASES, type TimedPhase } from '../../selfplay/records.ts';
import { sum, type Table } from './metric.ts';
import type { StepView } from './view.ts';

/** The stages as lines of a chart are called. */
const PHASE_TEXT: Readonly<Record<TimedPhase, string>> = {
  propose: 'propose',
  verify: 'verify',
  attempt: 'attempt',
  judge: 'judge',
  update: 'update',
};

/** What a step costs. */
export const MACHINE = {
  tokensSampled: {
    label: 'Tokens sampled',
    unit: 'tokens',
    doc: 'tokens sampled in this step',
    of: (view) => sampled(view),
  },
  tokensTrained: {
    label: 'Tokens trained on',
    unit: 'tokens',
    doc: 'tokens trained on in this step, padding excluded',
    of: ({ report }) => report.tokens,
  },
  phaseSeconds: {
    label: 'Seconds by stage',
    unit: 'seconds',
    doc: 'seconds of each phase of this step',
    formula: 'seconds from the begin of a stage to its end, without pauses and evaluations',
    dependsOn: ['size', 'proposalsPerKind', 'attemptsPerTask', 'engineThreads', 'sandboxWorkers'],
    of: ({ phaseSeconds }) => phaseSeconds,
    file: 'timing',
    chart: {
      panel: 'machine',
      meaning: 'Where the time of a step goes.',
      healthy: 'Attempts and the update take most of it.',
      otherwise: 'If verifying takes most, add sandbox workers.',
      lines: TIMED_PHASES.map((phase) => ({ label: PHASE_TEXT[phase], column: `phaseSeconds:${phase}` })),
    },
  },
  tasksPerSecond: {
    label: 'Tasks a second',
    unit: 'a second',
    doc: 'tasks measured in a second of the phases',
    of: (view) => perSecond(view, view.measured.length),
    file: 'timing',
  },
  tokensSampledPerSecond: {
    label: 'Tokens a second',
    unit: 'a second',
    doc: 'tokens sampled in a second of the phases',
    formula: 'tokens of the step / Σ seconds of its stages',
    dependsOn: ['size', 'maxProposeTokens', 'maxSolveTokens', 'engineThreads'],
    of: (view) => perSecond(view, sampled(view)),
    file: 'timing',
    chart: {
      panel: 'machine',
      meaning: 'Sampled and trained on, padding excluded.',
      healthy: 'Steady; sampling slows down as responses grow.',
      otherwise: 'A slow decline in a hidden tab is the browser saving power.',
      lines: [
        { label: 'sampled', column: 'tokensSampledPerSecond' },
        { label: 'trained', column: 'tokensTrainedPerSecond' },
      ],
    },
  },
  tokensTrainedPerSecond: {
    label: 'Tokens trained on a second',
    unit: 'a second',
    doc: 'tokens trained on in a second of the phases',
    of: (view) => perSecond(view, view.report.tokens),
    file: 'timing',
  },
  memory: {
    label: 'Engine memory',
    unit: 'bytes',
    doc: 'of the reasoner: number of `tensors`, and their `bytes`',
    formula: 'Σ bytes of all tensors / 1,000,000',
    dependsOn: ['size', 'proposalsPerKind', 'attemptsPerTask', 'maxSolveTokens'],
    of: ({ memory }) => memory,
    file: 'timing',
    chart: {
      panel: 'machine',
      meaning: 'Megabytes held by tensors.',
      healthy: 'Flat after the first step.',
      otherwise: 'Steady growth is a leak: please report it with this link.',
      lines: [{ label: 'memory', column: 'memory:bytes' }],
    },
  },
} satisfies Table;

/** Tokens of this step's responses; what a control wrote was not sampled. */
function sampled({ proposals, groups }: StepView): number {
  const responses = [
    ...proposals.filter(({ logprobs }) => logprobs),
    ...groups.flatMap(({ attempts }) => attempts),
  ];
  return sum(responses.map(({ tokens }) => tokens.length));
}

/** How fast the step's own work went: pauses, slow motion and evaluations do not count. */
function perSecond({ phaseSeconds }: StepView, amount: number): number {
  return amount / Math.max(1e-3, sum(Object.values(phaseSeconds)));
}
