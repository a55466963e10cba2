/** The shipped bases, from their cards. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteScores } from '../../../src/benchmark/scores.ts';
import { ABSENT, percent } from '../../../src/experiments/format.ts';
import { BASE_TEXT, BASE_VARIANTS, type BaseVariant } from '../../../src/language/level.ts';
import { KINDS, type TaskKind } from '../../../src/tasks/task.ts';
import type { BaseScores } from '../../common/card.ts';
import { table, wrapped } from '../../common/markdown.ts';

export interface Card {
  name: string;
  command: string;
  size: string;
  level?: number;
  /** Which of the bases of its size; cards of older bases do not say, they are `shipped`. */
  base?: BaseVariant;
  parameters: number;
  tokens: number;
  minutes: number;
  scores: BaseScores;
}

const KINDS_OF_BASES =
  'Runs begin from one of these (`--base` in the lab, “Base” in the settings of the page), or from one that is warmed up in the tab. The name is the size and, but for `shipped`, which one:';

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
export function basesPage(cards: readonly Card[], remark: string | undefined): string {
  const made = cards.map(({ name, base = 'shipped', parameters, tokens, minutes, command }) => [
    `\`${name.replace(/^kelvin-/, '')}\``,
    BASE_TEXT[base].does,
    parameters.toLocaleString('en'),
    `${(tokens / 1e6).toFixed(0)} M`,
    `${minutes.toFixed(0)} min`,
    `\`${command}\``,
  ]);
  const tasks = [...new Set(cards.map(({ scores }) => scores.tasksPerTier))].join(' or ');
  const explained = `Percent right on held-out tasks before any self-play, ${tasks} of each kind and difficulty, always the most likely token; last, the share of answers that think when the base is free to, most likely token and sampled. The whole card is \`public/bases/<base>/card.json\`.`;
  const shows = BASE_VARIANTS.filter((variant) => cards.some(({ base = 'shipped' }) => base === variant)).map(
    (variant) => `- \`${variant}\` ${BASE_TEXT[variant].does}: ${BASE_TEXT[variant].shows}.`,
  );
  return [
    wrapped(KINDS_OF_BASES),
    shows.join('\n'),
    table(['Base', 'of its own accord', 'parameters', 'tokens', 'time', 'command'], made),
    wrapped(explained),
    ...cards.flatMap(baseTable),
    ...(remark ? ['## Remarks', remark] : []),
  ].join('\n\n');
}

function baseTable({ name, scores }: Card): string[] {
  const difficulties = [...scores.tiers].sort((a, b) => a - b);
  const cells = (of: SuiteScores, kind: TaskKind) =>
    difficulties.map((difficulty) => percent(of[kind]?.[difficulty]));
  const rows = KINDS.flatMap((kind) => {
    const thinks = `${percent(scores.thinks[kind])} %, ${percent(scores.priorCotRate[kind])} %`;
    const forced = cells(scores.forcedToThink, kind);
    return [
      [`${kind}, free to think or not`, ...cells(scores.atOnce, kind), thinks],
      ...(forced.some((cell) => cell !== ABSENT) ? [[`${kind}, forced to think`, ...forced, '']] : []),
    ];
  });
  const head = ['', ...difficulties.map((difficulty) => `difficulty ${difficulty}`), 'thinks'];
  return [`## \`${name.replace(/^kelvin-/, '')}\``, table(head, rows)];
}
