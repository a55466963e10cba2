import { readShippedOutcomes, type ShippedOutcomes } from '../benchmark/shipped.ts';
import type { BaseVariant } from '../language/level.ts';
import type { SizeName } from '../reasoner/config.ts';
import { fromHuggingFaceConfig } from '../reasoner/config.ts';
import type { ReasonerConfig } from '../reasoner/reasoner.ts';
import { sha256 } from '../sha256.ts';

export interface ShippedBase {
  config: ReasonerConfig;
  safetensors: Uint8Array;
  /** How it does on held-out tasks; null where nothing fitting is shipped with it. */
  outcomes: ShippedOutcomes | null;
}

/** A base that could not be had; the message is a plain sentence. */
export class BaseError extends Error {}

/** Folder of a base in `bases/`: size, variant and the level of the language, without what is usual. */
export function baseFolder(size: SizeName, level: number, variant: BaseVariant): string {
  return [size, variant === 'shipped' ? '' : `-${variant}`, level === 1 ? '' : `-level${level}`].join('');
}

/**
 * Downloads a base from its folder in `bases/` and checks it against the SHA-256 of its card, so that a
 * cut or swapped file is never trained from. `onProgress` hears bytes.
 */
export async function fetchShippedBase(
  size: SizeName,
  level: number,
  variant: BaseVariant,
  assetBase: string,
  onProgress: (done: number, total: number) => void,
  fetchFile: typeof fetch = fetch,
): Promise<ShippedBase> {
  const name = baseFolder(size, level, variant);
  const folder = new URL(`bases/${name}/`, assetBase).href;
  const [card, config, safetensors, outcomes] = await Promise.all([
    download(`${folder}card.json`, fetchFile).then(readJson),
    download(`${folder}config.json`, fetchFile).then(readJson),
    download(`${folder}model.safetensors`, fetchFile, onProgress),
    // Without it the base is measured before the run.
    download(`${folder}held-out.json`, fetchFile)
      .then(readJson)
      .catch(() => null),
  ]);
  const expected = (card as { sha256?: unknown }).sha256;
  if (typeof expected !== 'string') throw new BaseError(`The card of the ${name} base names no checksum.`);
  const actual = await sha256(safetensors);
  if (actual !== expected.toLowerCase()) {
    throw new BaseError(`The ${name} base arrived damaged: its checksum is not the one on its card.`);
  }
  return {
    config: fromHuggingFaceConfig(config),
    safetensors,
    outcomes: readShippedOutcomes(outcomes, actual),
  };
}

async function download(
  url: string,
  fetchFile: typeof fetch,
  onProgress?: (done: number, total: number) => void,
): Promise<Uint8Array> {
  const name = url.slice(url.lastIndexOf('bases/'));
  let response: Response;
  try {
    response = await fetchFile(url);
  } catch {
    throw new BaseError(`${name} could not be downloaded: the connection failed.`);
  }
  if (!response.ok || !response.body) {
    throw new BaseError(`${name} could not be downloaded: the server answered ${response.status}.`);
  }
  const total = Number(response.headers.get('content-length') ?? 0);
  const chunks: Uint8Array[] = [];
  let done = 0;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { value, done: isLast } = await reader.read();
      if (isLast) break;
      chunks.push(value);
      done += value.length;
      onProgress?.(done, Math.max(done, total));
    }
  } catch {
    throw new BaseError(`${name} could not be downloaded: the connection broke off.`);
  }
  const bytes = new Uint8Array(done);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new BaseError('A description of the base could not be read: it is not JSON.');
  }
}
