import { CAUSE_TEXT, CAUSES, errorShares } from '../../benchmark/errors.ts';
import type { Table } from './metric.ts';

/** What an evaluation says; absent on all other steps. */
export const HELD_OUT = {
  heldOut: {
    label: 'Held-out accuracy',
    unit: 'share',
    doc: 'on evaluation steps (`--evaluate-every`, and always the last): greedy accuracy on held-out tasks, `{kind: {difficulty: accuracy}}`, difficulties `"1"`, `"2"`, …',
    formula:
      'right answers / held-out tasks, by kind and difficulty; the mean over the difficulties that are chosen',
    dependsOn: ['base', 'evaluateEvery', 'evaluationTasks', 'evaluationTiers', 'maxSolveTokens'],
    of: ({ heldOut }) => heldOut?.scores,
    curve: true,
  },
  heldOutThinks: {
    label: 'Held-out solutions that think',
    unit: 'share',
    doc: 'on evaluation steps and those of `heldOutQuick`: share of these greedy solutions that think, by kind',
    of: ({ heldOut, heldOutQuick }) => (heldOut ?? heldOutQuick)?.thinks,
    curve: true,
  },
  heldOutQuick: {
    label: 'Held-out accuracy on a few tasks',
    unit: 'share',
    doc: 'on every second of the first 20 steps, where no evaluation is due: greedy accuracy (`scores`) on so many `tasks` of each kind and difficulty, chosen so that the base does on them as on all; not in experiments',
    of: ({ heldOutQuick }) =>
      heldOutQuick ? { tasks: heldOutQuick.tasks, scores: heldOutQuick.scores } : undefined,
  },
  heldOutErrors: {
    label: 'Errors by cause',
    unit: 'share',
    doc: 'on evaluation steps: share of the held-out deductions that went wrong, by what the answer did wrong first beside the interpreter’s own thought: `at-once` (it did not think), `line` (it went on at another line), `operand` (it read another value, name or operator), `arithmetic`, `early` (it stopped thinking too soon), `room` (it was cut while it was right), `answer` (it answered otherwise than it thought); no reward mentions it',
    formula: 'held-out deductions whose first wrong step is of this cause / held-out deductions',
    dependsOn: ['base', 'evaluateEvery', 'evaluationTasks', 'evaluationTiers', 'maxSolveTokens'],
    of: ({ heldOut }) => (heldOut ? errorShares(heldOut.tasks, heldOut.answered) : undefined),
    curve: true,
    measure: 'Errors',
    chart: {
      panel: 'ladder',
      meaning: 'What wrong held-out deductions do wrong first.',
      healthy:
        '“Answered at once” gives way to right answers; wrong lines and operands shrink with practice.',
      otherwise:
        'If “no room left” grows, raise Settings, Solve, “Longest response”. If “arithmetic” stays, the base was warmed up too briefly.',
      isSparse: true,
      fits: true,
      terms: ['first-error', 'held-out', 'chain-of-thought'],
      lines: CAUSES.map((cause) => ({ label: CAUSE_TEXT[cause], column: `heldOutErrors:${cause}` })),
    },
  },
  base: {
    label: 'Held-out accuracy of the base',
    unit: 'share',
    doc: 'on evaluation steps: the frozen base on the same tasks, answering as it likes; the scores shipped with the base until it has been measured between the steps',
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
