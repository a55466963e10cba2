/** What commands may know of each other. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SCRIPTS = import.meta.dirname;

/** A command that shows what another one made. */
const ARROWS = ['docs → experiment'];

test('commands share what lies in common, and nothing else', () => {
  const strays = readdirSync(SCRIPTS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(SCRIPTS, file), 'utf8');
      const targets = [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
        relative(SCRIPTS, resolve(SCRIPTS, dirname(file), match[1] as string)),
      );
      return targets
        .filter((target) => !target.startsWith('..'))
        .map((target) => [commandOf(file), commandOf(target)] as const);
    })
    .filter(([from, to]) => from !== to && to !== 'common')
    .map(([from, to]) => `${from} → ${to}`);
  expect([...new Set(strays)]).toEqual(ARROWS);
});

/** The command that a file belongs to: its folder below scripts, or the file itself. */
function commandOf(path: string): string {
  return path.split('/')[0] as string;
}
