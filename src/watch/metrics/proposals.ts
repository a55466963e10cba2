import { bodyLines } from '../../language/grammar.ts';
import { SPECS } from '../../tasks/index.ts';
import type { Rejection } from '../../tasks/kind.ts';
import type { Table } from './metric.ts';

/** What becomes of proposals. */
export const PROPOSALS = {
  proposals: {
    label: 'Proposals',
    unit: 'proposals',
    doc: 'proposals of this step',
    of: ({ proposals }) => proposals.length,
  },
  validRate: {
    label: 'Valid proposals',
    unit: 'share',
    doc: 'share of the proposals that are valid tasks; known ones count as valid, held-out programs count on neither side',
    formula: 'valid proposals / (proposals − held-out programs)',
    dependsOn: [
      'proposalsPerKind',
      'maxProposeTokens',
      'composition',
      'compositionMaxLines',
      'rejectTrivial',
      'klPropose',
    ],
    of: ({ proposals }) => {
      const judged = proposals.filter(
        ({ verdict }) => !verdict || verdict.ok || verdict.rejection !== 'held-out',
      );
      const valid = judged.filter(({ verdict }) => verdict?.ok).length;
      return judged.length > 0 ? valid / judged.length : 0;
    },
    curve: true,
    measure: 'Proposals',
    chart: {
      panel: 'learning',
      meaning: 'Share of proposals that Python accepts.',
      healthy: 'It starts above a half and stays there; reasons for refusal shrink together.',
      otherwise:
        'A crash to zero means that the proposer has collapsed: reset, and raise Settings, Update, “KL to the base, proposer”.',
      terms: ['verdict', 'sandbox'],
    },
  },
  newTasks: {
    label: 'New tasks',
    unit: 'tasks',
    doc: 'valid proposals that entered the buffer',
    formula: 'valid proposals − known ones',
    dependsOn: ['taskSource', 'proposalsPerKind', 'rejectKnownText', 'textsPerFingerprint', 'rejectTrivial'],
    of: ({ added }) => added.length,
    curve: true,
    measure: 'Proposals',
    chart: {
      panel: 'policy',
      meaning: 'Tasks that entered the buffer in this step.',
      healthy: 'Stays above zero for the whole run.',
      otherwise: 'Zero means that every proposal is known: the proposer repeats itself.',
      terms: ['buffer', 'io-fingerprint'],
    },
  },
  newTaskLines: {
    label: 'Lines of new tasks',
    unit: 'tasks',
    doc: 'new tasks by the number of lines between `def` and the last line of their program, `{lines: tasks}`; tasks of kinds that propose a program only',
    formula: 'new tasks of a length / new tasks',
    dependsOn: [
      'composition',
      'alternatives',
      'compositionStart',
      'compositionSolveRate',
      'compositionMaxLines',
      'maxProposeTokens',
    ],
    of: ({ added }) => {
      const counts: Record<string, number> = {};
      for (const { kind, program } of added) {
        if (SPECS[kind].proposes !== 'program') continue;
        const lines = bodyLines(program);
        counts[lines] = (counts[lines] ?? 0) + 1;
      }
      return Object.keys(counts).length > 0 ? counts : undefined;
    },
    curve: true,
  },
  composed: {
    label: 'Composed proposals',
    unit: 'proposals',
    doc: 'valid proposals that were joined with an earlier program (when `--composition` or `--alternatives` is not 0)',
    of: ({ config, proposals }) =>
      config.composition + config.alternatives > 0
        ? proposals.filter(({ inner }) => inner).length
        : undefined,
  },
  rejections: {
    label: 'Rejections',
    unit: 'proposals',
    doc: 'number by reason: `format`, `unfinished`, `syntax`, `forbidden`, `input`, `error`, `budget`, `timeout`, `memory`, `output`, `nondeterministic`, `banned-word`, `identity`, `constant`, `unused-argument`, `too-long`, `too-few-examples`, `held-out`, `known`',
    of: ({ proposals, known }) => {
      const counts: Partial<Record<Rejection, number>> = {};
      for (const { verdict } of proposals) {
        if (verdict && !verdict.ok) counts[verdict.rejection] = (counts[verdict.rejection] ?? 0) + 1;
      }
      if (known.length > 0) counts.known = known.length;
      return counts;
    },
  },
} satisfies Table;
