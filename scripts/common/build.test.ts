import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const BUILD = fileURLToPath(new URL('build.ts', import.meta.url));

/** Another process that does something alone: it writes that it begins, and a little later that it ends. */
function other(folder: string): Promise<void> {
  const text = `
    const { alone } = await import(${JSON.stringify(BUILD)});
    const { appendFileSync } = await import('node:fs');
    const log = ${JSON.stringify(join(folder, 'log'))};
    alone(${JSON.stringify(join(folder, 'lock'))}, () => {
      appendFileSync(log, 'begins\\n');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      appendFileSync(log, 'ends\\n');
    });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', text], {
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.on('close', () => resolve()));
}

test('what is done alone is done by one process after the other, also where a killed one has left its lock', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kelvin-alone-'));
  try {
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(join(folder, 'lock'), `${pid}`);
    await Promise.all([other(folder), other(folder), other(folder)]);
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('begins\nends\n'.repeat(3));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
