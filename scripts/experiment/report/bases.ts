/** The shipped bases, from their cards. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteScores } from '../../../src/benchmark/scores.ts';
import { KINDS } from '../../../src/tasks/task.ts';
import type { BaseScores } from '../../common/card.ts';
import { ABSENT, table } from '../../common/markdown.ts';
import { percent } from './format.ts';

export interface Card {
  name: string;
  command: string;
  size: string;
  level?: number;
  parameters: number;
  tokens: number;
  minutes: number;
  scores: BaseScores;
}

/** All cards below `root`, by level and then by size. */
export function readCards(root: string): Card[] {
  const folder = join(root, 'public/bases');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name, 'card.json'))
    .filter(existsSync)
    .map((path) => JSON.parse(readFileSync(path, 'utf8')) as Card)
    .sort((a, b) => (a.level ?? 1) - (b.level ?? 1) || a.parameters - b.parameters);
}

/** What the bases can do before any self-play. */
export function basesSection(cards: readonly Card[]): string {
  const tiers = [...new Set(cards.flatMap(({ scores }) => scores.tiers))].sort((a, b) => a - b);
  const rows = cards.flatMap(({ size, level = 1, scores }) =>
    KINDS.flatMap((kind) => {
      const cells = (of: SuiteScores) => tiers.map((tier) => percent(of[kind]?.[tier]));
      const name = `\`${size}\`${level === 1 ? '' : `, level ${level}`}, ${kind}`;
      const [greedy, sampled] = [scores.thinks[kind], scores.habit[kind]];
      const thinks = `thinks ${percent(greedy)} % greedy, ${percent(sampled)} % sampled`;
      const forced = cells(scores.forcedToThink);
      return [
        [`${name}, as it chooses (${thinks})`, ...cells(scores.atOnce)],
        ...(forced.some((cell) => cell !== ABSENT) ? [[`${name}, forced to think`, ...forced]] : []),
      ];
    }),
  );
  const made = cards.map(({ name, parameters, tokens, minutes, command }) => [
    `\`${name.replace(/^kelvin-/, '')}\``,
    parameters.toLocaleString('en'),
    `${(tokens / 1e6).toFixed(0)} M`,
    `${minutes.toFixed(0)} min`,
    `\`${command}\``,
  ]);
  const perTier = [...new Set(cards.map(({ scores }) => scores.tasksPerTier))].join(' or ');
  return [
    table(['base', 'parameters', 'tokens', 'time', 'command'], made),
    `Held-out accuracy in percent, greedy, ${perTier} tasks by kind and tier; the whole card is \`public/bases/<base>/card.json\`:`,
    table(['', ...tiers.map((tier) => `tier ${tier}`)], rows),
  ].join('\n\n');
}
