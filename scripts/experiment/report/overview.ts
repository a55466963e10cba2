/** `docs/results.md`: every question with its answer, on one screen. */
import { answerOf } from '../../../src/experiments/answers.ts';
import { EXPERIMENTS, experimentNamed } from '../../../src/experiments/definitions.ts';
import type { ExperimentResult } from '../../../src/experiments/results.ts';
import { wrapped } from '../../common/markdown.ts';
import { pageName, titleOf } from './page.ts';
import type { Target } from './targetKinds.ts';
import { targetsOf, verdictOf } from './targets.ts';

const INTRODUCTION =
  'Mean accuracy is the percentage of held-out tasks that are answered right, averaged over deduction, abduction and induction at difficulty 2 to 4, always with the most likely token; ± is the standard deviation over repeats with other seeds. A title leads to the page with every table, the curves, what the answer does not show and the command that repeats it.';
const BESIDE =
  'Beside these: what the [bases](experiments/bases.md) can do before any self-play, and which thinks how often, [what did not work](negative-results.md), the speed of the [engine](../bench/results/engine.md) and of the [verifier](../bench/results/verifier.md), and [how experiments are run](experiments.md).';

/** The page without its heading. */
export function overviewOf(results: readonly ExperimentResult[]): string {
  const ordered = EXPERIMENTS.flatMap(({ name, title, question }) => {
    const measured = results.filter((result) => result.name === name);
    return measured.length > 0
      ? measured.map((result) => itemOf(result, results))
      : `- **${title}** *${question}* This was not measured yet: \`npm run experiment -- ${name}\`.`;
  });
  const items = ordered.map((item) => wrapped(item, 110, '  '));
  return [wrapped(INTRODUCTION), items.join('\n'), wrapped(BESIDE)].join('\n\n');
}

function itemOf(result: ExperimentResult, results: readonly ExperimentResult[]): string {
  const page = pageName(result);
  return [
    `- **[${titleOf(result)}](experiments/${page}.md)**`,
    `*${experimentNamed(result.name)?.question}*`,
    answerOf(result),
    targetsSentence(results, page),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Which targets are met, and by how many points others are missed; nothing where an experiment has none. */
function targetsSentence(results: readonly ExperimentResult[], page: string): string {
  const targets = targetsOf(results).filter((target) => target.page === page);
  const [only] = targets;
  if (!only) return '';
  const told = (target: Target) => `${target.what.charAt(0).toLowerCase()}${target.what.slice(1)}`;
  if (targets.length === 1) return `Target (${told(only)}): ${verdictOf(only)}.`;
  const others = targets.filter((target) => !target.met);
  const missed = others.map((target) => `; ${told(target)}: ${verdictOf(target)}`).join('');
  return `Targets: ${targets.length - others.length} of ${targets.length} met${missed}.`;
}
