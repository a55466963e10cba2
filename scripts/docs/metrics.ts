/** The tables of `docs/metrics.md` that are made of the one table of metrics. */
import type { Metric, Table } from '../../src/watch/metrics/metric.ts';
import { table as markdownTable } from '../common/markdown.ts';

export const METRICS_DOCUMENT = 'docs/metrics.md';

/** The page with its tables written anew between their marks. Throws when a mark is missing. */
export function metricsPage(page: string, table: Table): string {
  const metrics = Object.entries(table);
  return [
    ['metrics.jsonl', metrics.filter(([, { file }]) => file === undefined)] as const,
    ['timing.jsonl', metrics.filter(([, { file }]) => file === 'timing')] as const,
  ].reduce((text, [file, entries]) => {
    const place = new RegExp(`(<!-- ${file}, [^\\n]*-->\\n)[^]*?(<!-- end -->)`);
    if (!place.test(text)) throw new Error(`${METRICS_DOCUMENT} has no marks for the table of ${file}.`);
    return text.replace(
      place,
      (_, begin: string, end: string) => `${begin}\n${fieldTable(entries)}\n\n${end}`,
    );
  }, page);
}

function fieldTable(entries: readonly [string, Metric][]): string {
  return markdownTable(
    ['field', 'what', 'unit', 'formula', 'settings'],
    entries.map(([key, { fields, doc, unit, formula = '', dependsOn = [] }]) => {
      const names = fields ? [fields.solve, fields.propose] : [key];
      return [code(names), doc, unit, formula, code(dependsOn)];
    }),
  );
}

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
