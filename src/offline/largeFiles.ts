/**
 * Files beside the page that are too large to be fetched before anything can be seen, or not needed for it: Python, the
 * bases, the results of experiments, recordings, documents and the source. Each is kept under the SHA-256 that this build
 * has of it, so that files of two builds never mix.
 */

/** Their addresses, relative to the built page. */
export const LARGE_FILES = /^((pyodide|bases|experiments|recordings|docs)\/|kelvin-source\.zip$)/;

export interface BuiltFile {
  /** Address, relative to the page. */
  url: string;
  /** SHA-256 of a large file in hexadecimal digits; of others what the builder took; null where the name has it. */
  revision: string | null;
}

/** The parts of the outside world that are needed; tests bring their own. */
export interface LargeFilesWorld {
  openCache(): Promise<Pick<Cache, 'match' | 'put' | 'keys' | 'delete'>>;
  fetchFile: typeof fetch;
}

export class LargeFiles {
  /** Keys in the cache, by address. */
  private readonly keys: ReadonlyMap<string, string>;

  /** @param scope Address of the page's folder, with a slash at its end. */
  constructor(
    files: readonly BuiltFile[],
    scope: string,
    private readonly world: LargeFilesWorld,
  ) {
    this.keys = new Map(
      files
        .filter(({ url }) => LARGE_FILES.test(url))
        .map(({ url, revision }) => {
          const { href } = new URL(url, scope);
          return [href, `${href}?sha256=${revision}`];
        }),
    );
  }

  has(address: string): boolean {
    return this.keys.has(address);
  }

  /**
   * The file from the cache, or else from the network, from which it streams. `kept` settles when it is in the cache,
   * where it fits; it never rejects. Rejects when the network fails.
   */
  async answer(address: string): Promise<{ response: Response; kept: Promise<boolean> }> {
    const key = this.keyOf(address);
    const cached = await (await this.world.openCache()).match(key);
    if (cached) return { response: cached, kept: Promise.resolve(true) };
    const response = await this.fetchNow(address);
    const kept = response.ok ? this.keep(key, response.clone()).catch(() => false) : Promise.resolve(false);
    return { response, kept };
  }

  /**
   * Fetches the first file that is missing into the cache, and returns how many are missing then. Rejects when it
   * cannot be had: the network fails, the disk is full, the server has another build.
   */
  async loadNext(): Promise<number> {
    const missing = await this.missing();
    const [first] = missing;
    if (first === undefined) return 0;
    const response = await this.fetchNow(first);
    if (!response.ok) throw new Error(`${first} answered ${response.status}.`);
    if (!(await this.keep(this.keyOf(first), response))) throw new Error(`${first} is of another build.`);
    return missing.length - 1;
  }

  /** Drops what only other builds have. */
  async purge(): Promise<void> {
    const cache = await this.world.openCache();
    const keys = new Set(this.keys.values());
    for (const { url } of await cache.keys()) if (!keys.has(url)) await cache.delete(url);
  }

  private async missing(): Promise<string[]> {
    const cache = await this.world.openCache();
    const there = new Set((await cache.keys()).map(({ url }) => url));
    return [...this.keys].filter(([, key]) => !there.has(key)).map(([address]) => address);
  }

  /** Asks the server even where the browser has a copy of its own, which may be of an earlier build. */
  private fetchNow(address: string): Promise<Response> {
    return this.world.fetchFile(address, { cache: 'no-cache' });
  }

  /** False where it is not the file of this build. */
  private async keep(key: string, response: Response): Promise<boolean> {
    const bytes = await response.arrayBuffer();
    if (`sha256=${await sha256(bytes)}` !== key.slice(key.lastIndexOf('?') + 1)) return false;
    const headers = {
      'content-type': response.headers.get('content-type') ?? 'application/octet-stream',
      // Of the bytes as they are read, whatever way they came: progress is told by it.
      'content-length': String(bytes.byteLength),
    };
    await (await this.world.openCache()).put(key, new Response(bytes, { headers }));
    return true;
  }

  private keyOf(address: string): string {
    const key = this.keys.get(address);
    if (key === undefined) throw new Error(`${address} is no large file.`);
    return key;
  }
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
