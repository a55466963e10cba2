/** The shipped results, fetched when they are asked for. */

import { useEffect, useState } from 'react';
import { type ExperimentIndex, type ExperimentResult, resultFile } from '../../experiments/results.ts';
import type { LevelId } from '../../language/level.ts';
import { said } from '../../words/said.ts';
import { checkIndex, checkResult } from './checks.ts';

export type Loaded<T> =
  | { state: 'loading' }
  | { state: 'failed'; message: string }
  | { state: 'ready'; value: T };

/** Takes a value from a file for what it should be, or throws a plain sentence that names the file. */
type Check<T> = (value: unknown, file: string) => T;

const cache = new Map<string, Promise<unknown>>();

/** Fetches JSON from `experiments/` beside the page, once. Rejects with a plain sentence. */
function fetchJson<T>(file: string, check: Check<T>): Promise<T> {
  const known = cache.get(file);
  if (known) return known as Promise<T>;
  const fetched = fetchFresh(file).then((value) => check(value, `experiments/${file}`));
  cache.set(file, fetched);
  // A failure may pass: the next to ask tries again.
  fetched.catch(() => cache.delete(file));
  return fetched;
}

async function fetchFresh(file: string): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(new URL(`experiments/${file}`, document.baseURI));
  } catch {
    throw new Error(
      said('{file} could not be fetched: the connection failed.', { file: `experiments/${file}` }),
    );
  }
  if (!response.ok) {
    throw new Error(
      said('{file} could not be fetched: the server answered {status}.', {
        file: `experiments/${file}`,
        status: response.status,
      }),
    );
  }
  try {
    return await response.json();
  } catch {
    throw new Error(said('{file} could not be read: it is not JSON.', { file: `experiments/${file}` }));
  }
}

function useFetched<T>(file: string | null, check: Check<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<{ file: string; result: Loaded<T> } | null>(null);
  useEffect(() => {
    if (file === null) return;
    let isCurrent = true;
    fetchJson(file, check).then(
      (value) => isCurrent && setLoaded({ file, result: { state: 'ready', value } }),
      (error: Error) => isCurrent && setLoaded({ file, result: { state: 'failed', message: error.message } }),
    );
    return () => {
      isCurrent = false;
    };
  }, [file, check]);
  return loaded !== null && loaded.file === file ? loaded.result : { state: 'loading' };
}

/** The results of an experiment at a level, fetched once. Rejects with a plain sentence. */
export function fetchResult(name: string, level: LevelId): Promise<ExperimentResult> {
  return fetchJson(resultFile(name, level), checkResult);
}

export function useExperimentIndex(): Loaded<ExperimentIndex> {
  return useFetched('index.json', checkIndex);
}

/** All results of some files that could be had, in the order of the files; none while they load. */
export function useExperimentResults(files: readonly string[]): readonly ExperimentResult[] {
  const [results, setResults] = useState<readonly ExperimentResult[]>([]);
  const key = files.join('\n');
  useEffect(() => {
    let isCurrent = true;
    const wanted = key === '' ? [] : key.split('\n');
    void Promise.allSettled(wanted.map((file) => fetchJson(file, checkResult))).then((settled) => {
      if (!isCurrent) return;
      setResults(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
    });
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return results;
}

/** Results of an experiment; `null` for none asked for. */
export function useExperimentResult(name: string | null, level: LevelId): Loaded<ExperimentResult> {
  return useFetched(name === null ? null : resultFile(name, level), checkResult);
}
