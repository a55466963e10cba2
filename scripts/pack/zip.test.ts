import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { packPage } from './zip.ts';

test('the zip has every file of the page as it is, in one folder, and says how to start it', () => {
  const page = mkdtempSync(join(tmpdir(), 'kelvin-pack-'));
  try {
    mkdirSync(join(page, 'bases/nano'), { recursive: true });
    const weights = Uint8Array.from({ length: 70_000 }, (_, i) => (i * i) % 251);
    writeFileSync(join(page, 'index.html'), '<!doctype html>');
    writeFileSync(join(page, 'bases/nano/model.safetensors'), weights);
    const files = unzipSync(packPage(page, '1.2.3', { 'LICENSE.txt': readFileSync('LICENSE') }));
    expect(Object.keys(files).toSorted()).toEqual([
      'kelvin/LICENSE.txt',
      'kelvin/README.txt',
      'kelvin/bases/nano/model.safetensors',
      'kelvin/index.html',
    ]);
    expect(files['kelvin/bases/nano/model.safetensors']).toEqual(weights);
    const readme = strFromU8(files['kelvin/README.txt'] as Uint8Array);
    expect(readme).toContain('Kelvin 1.2.3');
    expect(readme).toContain('python3 -m http.server 8000');
  } finally {
    rmSync(page, { recursive: true });
  }
});
