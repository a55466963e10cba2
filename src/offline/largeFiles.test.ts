/** Laws of the large files: what comes out is what this build has, whatever the server and the cache hold. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BuiltFile, LargeFiles } from './largeFiles.ts';

const SCOPE = 'https://school.test/kelvin/';
const NAMES = ['pyodide/python.wasm', 'bases/nano/card.json', 'experiments/main.json'];

/** A browser's cache and a server, as far as the large files see them. */
class World {
  readonly cache = new Map<string, Response>();
  readonly asked: string[] = [];
  isConnected = true;
  isFull = false;

  constructor(public served: Record<string, string>) {}

  openCache = async () => ({
    match: async (key: RequestInfo | URL) => this.cache.get(String(key))?.clone(),
    put: async (key: RequestInfo | URL, response: Response) => {
      if (this.isFull) throw new DOMException('no room', 'QuotaExceededError');
      this.cache.set(String(key), response);
    },
    keys: async () => [...this.cache.keys()].map((url) => new Request(url)),
    delete: async (key: RequestInfo | URL) => this.cache.delete(String(key)),
  });

  fetchFile = async (address: RequestInfo | URL) => {
    const name = String(address).slice(SCOPE.length);
    this.asked.push(name);
    if (!this.isConnected) throw new TypeError('Failed to fetch');
    const text = this.served[name];
    return text === undefined ? new Response('', { status: 404 }) : new Response(text);
  };
}

const builtFiles = (contents: Record<string, string>): BuiltFile[] =>
  Object.entries(contents).map(([url, text]) => ({
    url,
    revision: createHash('sha256').update(text).digest('hex'),
  }));

const contents = fc
  .tuple(...NAMES.map(() => fc.string()))
  .map((texts) => Object.fromEntries(NAMES.map((name, i) => [name, texts[i] as string])));

async function readAll(files: LargeFiles): Promise<Record<string, string>> {
  const read: Record<string, string> = {};
  for (const name of NAMES) read[name] = await (await files.answer(SCOPE + name)).response.text();
  return read;
}

async function loadAll(files: LargeFiles): Promise<void> {
  while ((await files.loadNext()) > 0);
}

test('once all are loaded, they come without the network, and the server is asked for each once', async () => {
  await fc.assert(
    fc.asyncProperty(contents, async (built) => {
      const world = new World(built);
      const files = new LargeFiles(builtFiles(built), SCOPE, world);
      await loadAll(files);
      expect(world.asked.toSorted()).toEqual(NAMES.toSorted());
      world.isConnected = false;
      expect(await readAll(files)).toEqual(built);
    }),
  );
});

test('what is used is kept as it streams by', async () => {
  await fc.assert(
    fc.asyncProperty(contents, async (built) => {
      const world = new World(built);
      const files = new LargeFiles(builtFiles(built), SCOPE, world);
      for (const name of NAMES) {
        const { response, kept } = await files.answer(SCOPE + name);
        expect(await response.text()).toBe(built[name]);
        expect(await kept).toBe(true);
      }
      world.isConnected = false;
      expect(await readAll(files)).toEqual(built);
      expect(await files.loadNext()).toBe(0);
    }),
  );
});

test('a build is served its own files while another one loads, and after that drops the others', async () => {
  await fc.assert(
    fc.asyncProperty(contents, contents, async (before, after) => {
      const world = new World(before);
      const old = new LargeFiles(builtFiles(before), SCOPE, world);
      await loadAll(old);
      world.served = after;
      const next = new LargeFiles(builtFiles(after), SCOPE, world);
      await loadAll(next);
      world.isConnected = false;
      expect(await readAll(old)).toEqual(before);
      expect(await readAll(next)).toEqual(after);
      await next.purge();
      expect(await readAll(next)).toEqual(after);
      expect(world.cache.size).toBe(NAMES.length);
    }),
  );
});

test('a file of another build is never kept', async () => {
  const built = { 'bases/nano/card.json': 'mine' };
  const world = new World({ 'bases/nano/card.json': 'of tomorrow' });
  const files = new LargeFiles(builtFiles(built), SCOPE, world);
  await expect(files.loadNext()).rejects.toThrow('is of another build');
  const { response, kept } = await files.answer(`${SCOPE}bases/nano/card.json`);
  expect(await response.text()).toBe('of tomorrow');
  expect(await kept).toBe(false);
  expect(world.cache.size).toBe(0);
});

test('what a full disk cannot keep is used all the same; an error of the server is handed on', async () => {
  const built = { 'pyodide/python.wasm': 'bytes' };
  const world = new World(built);
  world.isFull = true;
  const files = new LargeFiles(builtFiles(built), SCOPE, world);
  const { response, kept } = await files.answer(`${SCOPE}pyodide/python.wasm`);
  expect(await response.text()).toBe('bytes');
  expect(await kept).toBe(false);
  await expect(files.loadNext()).rejects.toThrow('no room');
  world.served = {};
  expect((await files.answer(`${SCOPE}pyodide/python.wasm`)).response.status).toBe(404);
});

test('only files of its folders are its affair', () => {
  const files = new LargeFiles(
    builtFiles({ 'index.html': '', 'assets/index.js': '', 'bases/nano/card.json': '' }),
    SCOPE,
    new World({}),
  );
  expect(files.has(`${SCOPE}bases/nano/card.json`)).toBe(true);
  expect(files.has(`${SCOPE}index.html`)).toBe(false);
  expect(files.has('https://school.test/bases/nano/card.json')).toBe(false);
});
