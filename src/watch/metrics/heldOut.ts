import type { Table } from './metric.ts';

/** What an evaluation says; absent on all other steps. */
export const HELD_OUT = {
  heldOut: {
    label: 'Held-out accuracy',
    unit: 'share',
    doc: 'on evaluation steps (`--evaluate-every`, and always the last): greedy accuracy on held-out tasks, `{kind: {difficulty: accuracy}}`, difficulties `"1"`, `"2"`, …',
    of: ({ heldOut }) => heldOut?.scores,
    curve: true,
  },
  heldOutThinks: {
    label: 'Held-out solutions that think',
    unit: 'share',
    doc: 'on evaluation steps: share of these greedy solutions that think, by kind',
    of: ({ heldOut }) => heldOut?.thinks,
    curve: true,
  },
  base: {
    label: 'Held-out accuracy of the base',
    unit: 'share',
    doc: 'on evaluation steps: the frozen base on the same tasks, answering as it likes',
    of: ({ heldOut }) => heldOut?.base,
  },
  baseForced: {
    label: 'Held-out accuracy of the base forced to think',
    unit: 'share',
    doc: 'on evaluation steps: the frozen base with `<think>` written for it: what eliciting thought alone gives',
    of: ({ heldOut }) => heldOut?.baseForced,
  },
  heldOutPassK: {
    label: 'Held-out pass@k',
    unit: 'share',
    doc: 'on evaluation steps: `k` and pass@k `scores` on the same suites (when `--pass-k` is not 0)',
    of: ({ heldOut }) => heldOut?.passK ?? undefined,
  },
} satisfies Table;
