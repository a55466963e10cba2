/** The toy kind in a copy of the sources: with its file and its line, and no other change, all types still hold. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** All that `tsconfig.json` includes, and what it needs. */
const SOURCES = [
  ...['src', 'e2e', 'bench', 'scripts', 'test', 'docs'],
  ...['vite.config.ts', 'vitest.config.ts', 'tsconfig.json', 'package.json'],
];
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('a kind is one file and one line for the compiler, too', () => {
  const copy = mkdtempSync(join(tmpdir(), 'kelvin-toy-'));
  try {
    for (const name of SOURCES) {
      cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    const file = readFileSync(join(ROOT, 'test/tasks/toyKind.ts'), 'utf8');
    writeFileSync(
      join(copy, 'src/tasks/toy.ts'),
      file.replaceAll('../../src/tasks/', './').replaceAll('../../src/', '../'),
    );
    const registry = join(copy, 'src/tasks/index.ts');
    const before = readFileSync(registry, 'utf8');
    const line = '  error: errorDeduction,\n';
    expect(before).toContain(line);
    writeFileSync(registry, `import { toy } from './toy.ts';\n${before.replace(line, `${line}  toy,\n`)}`);
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    expect(
      errorsOf(() => execFileSync(process.execPath, [compiler, '--noEmit', '-p', copy], { cwd: copy })),
    ).toBe('');
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}, 600_000);

/** What the compiler printed; empty when it found no error. */
function errorsOf(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return String((error as { stdout?: Buffer }).stdout);
  }
}
