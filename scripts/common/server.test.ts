import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StaticServer, serve } from './server.ts';

let server: StaticServer;
beforeAll(async () => {
  const outside = mkdtempSync(join(tmpdir(), 'serve-'));
  const folder = join(outside, 'dist');
  mkdirSync(join(folder, 'deep'), { recursive: true });
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), 'front page');
  writeFileSync(join(folder, 'deep', 'a.wasm'), 'binary');
  server = await serve(folder, { port: 0, base: 'some/path' });
});
afterAll(() => server.close());

/** The status line of a raw request, as no client would clean it up. */
function ask(path: string): Promise<number> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
    });
    socket.once('data', (data) => {
      socket.destroy();
      resolve(Number(data.toString().split(' ')[1]));
    });
    socket.once('error', reject);
  });
}

test('files are served below the base path with their types', async () => {
  expect(new URL(server.url).pathname).toBe('/some/path/');
  const page = await fetch(server.url);
  expect(await page.text()).toBe('front page');
  expect(page.headers.get('content-type')).toMatch('text/html');
  const wasm = await fetch(`${server.url}deep/a.wasm`, { method: 'HEAD' });
  expect(wasm.headers.get('content-type')).toBe('application/wasm');
  expect(wasm.headers.get('content-length')).toBe('6');
});

test.each([
  ['/some/path/missing', 404],
  ['/some/path/deep/', 404],
  ['/index.html', 404],
  ['/some/path/../../../secret.txt', 404],
  ['/some/path/..%2fsecret.txt', 404],
  ['/some/path/%2e%2e/secret.txt', 404],
  ['/some/path/..%5csecret.txt', 404],
  ['/some/path/%E0%A4%A', 400],
  ['/some/path/%00', 404],
])('%s is answered %i', async (path, status) => {
  expect(await ask(path)).toBe(status);
  expect((await fetch(server.url)).status).toBe(200);
});

test('a taken port is passed over for the next free one', async () => {
  const port = Number(new URL(server.url).port);
  const neighbour = await serve(tmpdir(), { port });
  expect(Number(new URL(neighbour.url).port)).toBeGreaterThan(port);
  await neighbour.close();
});
