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

/** Compiles sources, by their names without an ending; `index` is the one whose exports count. */
export function compile(sources: ReadonlyMap<string, string>, moreFlags: readonly string[] = []): Buffer {
  const temporary = mkdtempSync(join(tmpdir(), 'kernels-'));
  try {
    // The compiler takes .ts files only; here they are .as, so that TypeScript's own tools pass them by.
    for (const [name, text] of sources) writeFileSync(join(temporary, `${name}.ts`), text);
    const flags = [...FLAGS, ...moreFlags];
    const command = ['--yes', '--package', COMPILER, 'asc', 'index.ts', '--outFile', 'out.wasm', ...flags];
    execFileSync('npx', command, { cwd: temporary, stdio: 'inherit' });
    return readFileSync(join(temporary, 'out.wasm'));
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function build(folder: string): void {
  const sources = sourcesIn(folder).map((name): [string, string] => [
    name.replace(/\.as$/, ''),
    readFileSync(join(folder, name), 'utf8'),
  ]);
  const base64 = compile(new Map(sources)).toString('base64');
  const lines = (base64.match(/.{1,100}/g) ?? []).map((line) => `  '${line}',`).join('\n');
  const text =
    '// Written by build.ts from the .as files of this folder; do not edit.\n\n' +
    `export const SOURCE_HASH = '${sourceHash(folder)}';\n\n` +
    `export const BINARY = [\n${lines}\n].join('');\n`;
  writeFileSync(join(folder, 'binary.ts'), text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build(resolve(process.argv[2] ?? HERE));
