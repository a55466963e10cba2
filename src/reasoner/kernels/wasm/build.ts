/**
 * Compiles the AssemblyScript sources of a folder (this one, if none is named) into its `binary.ts`:
 *
 *   npx tsx src/reasoner/kernels/wasm/build.ts [folder]
 *
 * The compiler comes by npx, not as a dependency: it is large, and needed only when a kernel changes. A test
 * compares {@link sourceHash} with the hash in `binary.ts`, so a forgotten build is noticed.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMPILER = 'assemblyscript@0.28.20';
const FLAGS = '-O3 --noAssert --enable simd --importMemory --noExportMemory --runtime stub'.split(' ');

const HERE = fileURLToPath(new URL('.', import.meta.url));

const sourcesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.as'))
    .sort();

/** SHA-256 of everything that decides a folder's binary. */
export function sourceHash(folder = HERE): string {
  const hash = createHash('sha256').update(`${COMPILER} ${FLAGS.join(' ')}`);
  for (const name of sourcesIn(folder)) hash.update(`\n${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

function build(folder: string): void {
  const temporary = mkdtempSync(join(tmpdir(), 'kernels-'));
  try {
    // The compiler takes .ts files only; here they are .as, so that TypeScript's own tools pass them by.
    for (const name of sourcesIn(folder)) {
      writeFileSync(join(temporary, name.replace(/\.as$/, '.ts')), readFileSync(join(folder, name)));
    }
    const command = ['--yes', '--package', COMPILER, 'asc', 'index.ts', '--outFile', 'out.wasm', ...FLAGS];
    execFileSync('npx', command, { cwd: temporary, stdio: 'inherit' });
    const base64 = readFileSync(join(temporary, 'out.wasm')).toString('base64');
    const lines = (base64.match(/.{1,100}/g) ?? []).map((line) => `  '${line}',`).join('\n');
    const text =
      '// Written by build.ts from the .as files of this folder; do not edit.\n\n' +
      `export const SOURCE_HASH = '${sourceHash(folder)}';\n\n` +
      `export const BINARY = [\n${lines}\n].join('');\n`;
    writeFileSync(join(folder, 'binary.ts'), text);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build(resolve(process.argv[2] ?? HERE));
