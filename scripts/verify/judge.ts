/** The file through the sandbox: batches of bounded size, two under way, verdicts in the order of the file. */
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type Item, isCase, readLine } from '../common/suite/layout.ts';
import { readLines } from '../common/suite/lines.ts';
import { createAnswerer } from './answers.ts';
import { compare, type Verdict } from './compare.ts';

export interface Judged {
  item: Item;
  verdict: Verdict;
}

export interface JudgeOptions {
  steps: number | null;
  limit: number | null;
  /** Hears how much of the file was read when each batch was cut. */
  onVerdicts(verdicts: readonly Judged[], bytesRead: number): void;
}

/** A batch ends with the first line that fills one of these. */
const MOST_CASES = 400;
const MOST_CHARACTERS = 4_000_000;
/** While one batch is judged the next one waits, so that no worker is idle between them. */
const UNDER_WAY = 2;

interface Batch {
  items: Item[];
  bytesRead: number;
}

export async function judgeFile(path: string, run: Sandbox['run'], options: JudgeOptions): Promise<void> {
  const answer = createAnswerer(run, options.steps);
  const underWay: Promise<() => void>[] = [];
  const report = async () => (await underWay.shift())?.();
  for await (const { items, bytesRead } of readBatches(path, options.limit)) {
    const judged = judge(items, answer).then((verdicts) => () => options.onVerdicts(verdicts, bytesRead));
    // Reported when its turn comes; until then nobody listens.
    judged.catch(() => {});
    underWay.push(judged);
    if (underWay.length >= UNDER_WAY) await report();
  }
  while (underWay.length > 0) await report();
}

async function* readBatches(path: string, limit: number | null): AsyncGenerator<Batch> {
  let batch: Batch = { items: [], bytesRead: 0 };
  let characters = 0;
  let line = 0;
  let lines = 0;
  for await (const { text, bytes } of readLines(path)) {
    const items = readLine(text, ++line);
    if (items.length === 0) continue;
    for (const item of items) batch.items.push(item);
    batch.bytesRead = bytes;
    characters += text.length;
    if (++lines === limit) break;
    if (batch.items.length < MOST_CASES && characters < MOST_CHARACTERS) continue;
    yield batch;
    batch = { items: [], bytesRead: bytes };
    characters = 0;
  }
  if (batch.items.length > 0) yield batch;
}

async function judge(items: readonly Item[], answer: ReturnType<typeof createAnswerer>): Promise<Judged[]> {
  const answers = (await answer(items.filter(isCase))).values();
  return items.map((item) => {
    if (!isCase(item)) {
      return { item, verdict: { verdict: 'skipped', reason: 'malformed', detail: item.problem } };
    }
    const given = answers.next().value;
    if (!given) throw new Error('The sandbox left a case without an answer.');
    return { item, verdict: compare(given) };
  });
}
