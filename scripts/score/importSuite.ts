/** A suite made elsewhere: what of it can be expressed, and how the reasoner does on that. */

import { statSync } from 'node:fs';
import type { Measured, PassK } from '../../src/benchmark/report.ts';
import { measure, type ScoringOptions } from '../../src/benchmark/score.ts';
import type { LevelId } from '../../src/language/level.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type Item, readLine } from '../common/suite/layout.ts';
import { readLines } from '../common/suite/lines.ts';
import { UsageError } from '../common/usageError.ts';
import { IMPORTED_KINDS, type Sorted, sortCases } from './expressible.ts';

export interface ImportReport {
  file: string;
  level: LevelId;
  cases: number;
  expressible: number;
  /** Of the expressible ones. */
  asked: number;
  excluded: Sorted['excluded'];
  passK: PassK | null;
  scores: Partial<Record<(typeof IMPORTED_KINDS)[number], Measured>>;
}

/** All cases of a JSONL file, and the lines that are none. Throws a {@link UsageError} when there is nothing to read. */
export async function readSuite(file: string): Promise<Item[]> {
  const info = statSync(file, { throwIfNoEntry: false });
  if (!info) throw new UsageError(`There is no file ${file}.`);
  if (info.isDirectory()) throw new UsageError(`${file} is a folder, not a suite.`);
  const items: Item[] = [];
  let line = 0;
  for await (const { text } of readLines(file)) items.push(...readLine(text, ++line));
  if (items.length === 0) throw new UsageError(`${file} is empty: a suite has one JSON object a line.`);
  const first = items[0] as Item;
  if (items.every((item) => 'problem' in item) && 'problem' in first) {
    throw new UsageError(`No line of ${file} can be read; line ${first.line}: ${first.problem}.`);
  }
  return items;
}

/** Scores the part of a suite that the reasoner can express: its first `most` cases. */
export async function scoreSuiteFile(
  reasoner: Reasoner,
  sandbox: Pick<Sandbox, 'run'>,
  file: string,
  options: Omit<ScoringOptions, 'tasks' | 'inductionExamples' | 'level'> & { level: LevelId; most: number },
): Promise<ImportReport> {
  const { level, maxNewTokens, most, passK = null } = options;
  const items = await readSuite(file);
  const { contextLength } = reasoner.config;
  const { cases, expressible, excluded } = await sortCases(items, sandbox, {
    level,
    contextLength,
    maxNewTokens,
  });
  const asked = expressible.slice(0, most);
  const scores: ImportReport['scores'] = {};
  if (asked.length > 0) {
    const groups = IMPORTED_KINDS.map((kind) => ({
      questions: asked.map((triplet) => ({ ...triplet, kind })),
      put: (measured: Measured) => {
        scores[kind] = measured;
      },
    }));
    await measure(reasoner, sandbox, groups, options);
  }
  return {
    file,
    level,
    cases,
    expressible: expressible.length,
    asked: asked.length,
    excluded,
    passK,
    scores,
  };
}
