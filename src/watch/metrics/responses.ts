import { SPECIAL } from '../../language/tokenizer.ts';
import { byKind, meanOf, type Table } from './metric.ts';
import { overResponses } from './rewards.ts';

/** What responses look like. No reward mentions any of this. */
export const RESPONSES = {
  thinkShare: {
    label: 'Thinking',
    unit: 'share',
    doc: 'share of the attempts that think before they answer, by kind; no reward mentions it',
    formula: 'attempts that begin with a thought / attempts',
    dependsOn: ['base', 'priorCotRate', 'temperature', 'maxSolveTokens'],
    of: (view) =>
      byKind(view, (kind) =>
        meanOf(view.attemptsAt(kind).map(({ tokens }) => (view.wording.isThinking(tokens) ? 1 : 0))),
      ),
    by: 'kind',
    curve: true,
    measure: 'Thinking',
    chart: {
      panel: 'learning',
      meaning: 'Share of attempts that think first; dashed: of held-out answers.',
      more: 'Of held-out answers the most likely token is always taken, so it leaps from none to all about when one attempt in two thinks, and held-out accuracy leaps with it.',
      healthy: 'It goes from about a third to nearly all in deduction, once thinking pays.',
      otherwise: 'If it falls to zero, thinking did not pay for this model; try a larger base.',
      beside: { metric: 'heldOutThinks', label: '{kind}, held out' },
      terms: ['chain-of-thought', 'prior-cot-rate', 'greedy'],
    },
  },
  trialAndError: {
    label: 'Execution and error',
    unit: 'share',
    doc: 'share of the abduction attempts whose thought makes at least two guesses',
    of: ({ groups, wording }) => {
      // Guesses are told by the marks of the token layout.
      if (!wording.isOfLevel) return undefined;
      const attempts = groups.flatMap((group) => (group.task.kind === 'abduction' ? group.attempts : []));
      return meanOf(
        attempts.map(({ tokens }) => {
          const thought = tokens.slice(0, tokens.indexOf(SPECIAL.answer));
          return thought.filter((token) => token === SPECIAL.output).length > 1 ? 1 : 0;
        }),
      );
    },
    curve: true,
    measure: 'Thinking',
    file: 'none',
  },
  responseLength: {
    label: 'Response length',
    unit: 'tokens',
    doc: 'mean tokens of an attempt and of a proposal, thoughts included, by kind',
    formula: 'Σ tokens of the attempts / attempts, thoughts included',
    dependsOn: ['maxSolveTokens', 'temperature', 'lossNormalizer'],
    of: (view) => overResponses(view, ({ tokens }) => tokens.length),
    by: 'role and kind',
    fields: { solve: 'responseLength', propose: 'proposalLength' },
    curve: true,
    measure: 'Length',
    chart: {
      panel: 'learning',
      meaning: 'Mean tokens of an attempt.',
      healthy: 'It grows with thinking; abduction grows most, by trial and error.',
      otherwise: 'Growth without reward is rambling: lower Settings, Solve, “Longest response”.',
      terms: ['token', 'chain-of-thought'],
      solverOnly: true,
    },
  },
} satisfies Table;
