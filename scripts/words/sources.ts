/** All that the page says, from the files in which it stands. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HYPERPARAMETERS } from '../../src/config/hyperparameters.ts';
import { PRESETS } from '../../src/config/presets.ts';
import { sentenceOf, type Table } from '../../src/watch/metrics/metric.ts';
import { METRICS } from '../../src/watch/metrics/table.ts';
import { ROOT } from '../common/build.ts';
import { type Found, textsBelow, textsOfPage, textsOfPython } from './extract.ts';

/** Rooms, or single files of them, of which the page shows what they say in a table or an error. */
const BELOW = [
  'src/benchmark/errors.ts',
  'src/config',
  'src/experiments',
  'src/language/level.ts',
  'src/language/levelTypes.ts',
  'src/language/level1/level.ts',
  'src/language/level2/level.ts',
  'src/reasoner/backends.ts',
  'src/reasoner/config.ts',
  'src/run',
  'src/sandbox/frame.ts',
  'src/sandbox/host.ts',
  'src/sandbox/python/seeds.py',
  'src/sandbox/seeds.ts',
  'src/tasks',
  'src/trainer',
  'src/watch',
];

/** Speaks for readers of a file alone, who have no catalogue. */
const UNSAID = ['src/run/folder/modelCard.ts'];

const SETTINGS = 'src/config/hyperparameters.ts';

const GLOSSARY = 'docs/glossary.md';

/** Every text once, where it first stands. Throws on a text of the page that is not written out. */
export function saidTexts(): Found[] {
  const found = [
    ...filesIn('src/app').flatMap((file) => textsOfPage(file, read(file))),
    ...BELOW.flatMap(filesIn)
      .filter((file) => !UNSAID.includes(file))
      .flatMap((file) => (file.endsWith('.py') ? textsOfPython : textsBelow)(file, read(file))),
    ...settingsTexts(),
    ...measureTexts(),
    ...glossaryTexts(),
  ];
  const first = new Map<string, Found>();
  for (const one of found) if (!first.has(one.text)) first.set(one.text, one);
  return [...first.values()];
}

/** The tables of the settings as they came to be: choices are values of the code, and some reasons are put together. */
function settingsTexts(): Found[] {
  const ofParameters = HYPERPARAMETERS.flatMap((entry) => [
    entry.reason,
    entry.group,
    entry.paperValue,
    ...(entry.kind === 'choice' ? entry.choices : []),
  ]);
  const ofPresets = Object.values(PRESETS).flatMap(({ group, purpose }) => [group, purpose]);
  return [...ofParameters, ...ofPresets]
    .filter((text) => typeof text === 'string')
    .map((text) => ({ text, file: SETTINGS, line: 1 }));
}

/** What a measure of an experiment's chart says: what the metric is, as a sentence. */
function measureTexts(): Found[] {
  return Object.values(METRICS as Table)
    .filter(({ measure }) => measure !== undefined)
    .map(({ doc }) => ({ text: sentenceOf(doc), file: 'src/watch/metrics/table.ts', line: 1 }));
}

/** Headings and paragraphs as they stand in the file, links and emphasis included. */
function glossaryTexts(): Found[] {
  const withoutCode = read(GLOSSARY).replace(/```[\s\S]*?```/g, (code) => code.replace(/[^\n]/g, ''));
  return [...withoutCode.matchAll(/(?:^.+\n?)+/gm)].map((match) => ({
    text: match[0].trim().replace(/^#+ /, '').replaceAll('\n', ' '),
    file: GLOSSARY,
    line: withoutCode.slice(0, match.index).split('\n').length,
  }));
}

function filesIn(path: string): string[] {
  if (/\.(tsx?|py)$/.test(path)) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name))
    .sort()
    .map((name) => `${path}/${name}`);
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
