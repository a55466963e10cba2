/** Reports as tables for the terminal. */
import { CAUSE_TEXT, CAUSES, type ErrorShares } from '../../src/benchmark/errors.ts';
import type { Measured, Score, SuiteReport } from '../../src/benchmark/report.ts';
import { TURN_TEXT, TURNS } from '../../src/benchmark/turns.ts';
import { REASONS } from './expressible.ts';
import type { ImportReport } from './importSuite.ts';

type Row = readonly string[];

/** The table of Kelvin's own suites. */
export function suitesTable(report: SuiteReport): string {
  const { heldOut, classics, longClassics, arithmetic, passK, level } = report;
  const rows: Row[] = [heading(passK)];
  for (const [kind, tiers] of Object.entries(heldOut)) {
    for (const [tier, measured] of Object.entries(tiers)) rows.push(row(`${kind}, tier ${tier}`, measured));
  }
  for (const [kind, measured] of Object.entries(classics)) rows.push(row(`classics, ${kind}`, measured));
  for (const [kind, measured] of Object.entries(longClassics)) {
    rows.push(row(`long classics, ${kind}`, measured));
  }
  for (const [type, measured] of Object.entries(arithmetic)) rows.push(row(`arithmetic, ${type}`, measured));
  return [
    `Level ${level}: percent correct ± standard error; thinks: of the greedy answers`,
    '',
    align(rows),
  ].join('\n');
}

/** What the wrong answers did wrong first, by tier, as they were given and forced to think. */
export function errorsTable({ heldOut }: Pick<SuiteReport, 'heldOut'>): string {
  const rows = Object.entries(heldOut).flatMap(([kind, tiers]) =>
    Object.entries(tiers).flatMap(([tier, { errors }]) =>
      errors
        ? [
            errorRow(`${kind}, tier ${tier}`, errors.greedy),
            errorRow(`${kind}, tier ${tier}, forced`, errors.forced),
          ]
        : [],
    ),
  );
  const causes = CAUSES.map((cause) => CAUSE_TEXT[cause]);
  return [
    'Percent of the answers, by what they did wrong first',
    '',
    align([['suite', 'wrong', ...causes], ...rows]),
  ].join('\n');
}

/** Which programs are answered right, by what they are made of: one row a shape, one column a suite. */
export function shapesTable({ heldOut }: Pick<SuiteReport, 'heldOut'>): string {
  const measured = Object.entries(heldOut).flatMap(([kind, tiers]) =>
    Object.entries(tiers).flatMap(([tier, { shapes, faithful }]) =>
      shapes && faithful ? [{ name: `${kind}, tier ${tier}`, shapes, faithful }] : [],
    ),
  );
  const percent = ({ mean }: Score) => (100 * mean).toFixed(0);
  const all = [...new Set(measured.flatMap(({ shapes }) => Object.keys(shapes)))].sort();
  const rows = all.map((shape) => [
    shape || 'none',
    ...measured.map(({ shapes, faithful }) => {
      const [score, whole] = [shapes[shape], faithful[shape]];
      return score && whole ? `${percent(score)} (${percent(whole)}) of ${score.tasks}` : '–';
    }),
  ]);
  return [
    'Percent of the greedy answers right (with the interpreter’s whole thought), and of how many, by the compound',
    'statements of their programs; loops: more than one, long: one of more than one line',
    '',
    align([['shape', ...measured.map(({ name }) => name)], ...rows]),
  ].join('\n');
}

/** How often greedy answers went on at a wrong line, by what decides which is next and by tier. */
export function turnsTable({ heldOut }: Pick<SuiteReport, 'heldOut'>): string {
  const rows = Object.entries(heldOut).flatMap(([kind, tiers]) =>
    Object.entries(tiers).flatMap(([tier, { turns }]) =>
      turns
        ? [
            [
              `${kind}, tier ${tier}`,
              ...TURNS.map((turn) => {
                const { wrong, reached } = turns[turn];
                return reached > 0 ? `${wrong} of ${reached}` : '–';
              }),
            ],
          ]
        : [],
    ),
  );
  return [
    'Turns that greedy answers took to a wrong line, and of how many that they came to, by what decides which line is next',
    '',
    align([['suite', ...TURNS.map((turn) => TURN_TEXT[turn])], ...rows]),
  ].join('\n');
}

/** How abductions search, by tier. */
export function searchesTable({ heldOut }: Pick<SuiteReport, 'heldOut'>): string {
  const rows = Object.entries(heldOut.abduction ?? {}).flatMap(([tier, { greedy, searches }]) => {
    if (!searches) return [];
    const { firstTry, falseHit, tried, cut } = searches;
    const percents = [greedy.mean, firstTry, falseHit, cut].map((share) => (100 * share).toFixed(1));
    return [[`abduction, tier ${tier}`, ...percents, tried.toFixed(2)]];
  });
  return [
    'Percent of the greedy answers that are right, right with the first input tried, wrong after a comparison that was said to hold, and cut; inputs tried on average',
    '',
    align([['suite', 'right', 'first', 'false hit', 'cut', 'tried'], ...rows]),
  ].join('\n');
}

/** Which inductions are answered right: by how many values they return and whether the warm-up's search finds them, by tier. */
export function fitsTable({ heldOut }: Pick<SuiteReport, 'heldOut'>): string {
  const measured = Object.entries(heldOut.induction ?? {}).map(([tier, { fits = {} }]) => ({
    tier,
    fits,
  }));
  const columns = [...new Set(measured.flatMap(({ fits }) => Object.keys(fits)))].sort();
  const rows = measured.map(({ tier, fits }) => [
    `induction, tier ${tier}`,
    ...columns.map((line) => {
      const score = fits[line];
      return score ? `${Math.round(score.tasks * score.mean)} of ${score.tasks}` : '–';
    }),
  ]);
  return [
    'Greedy answers right, and of how many, by the values of an example and whether the search of the warm-up finds each',
    '',
    align([['suite', ...columns], ...rows]),
  ].join('\n');
}

function errorRow(name: string, shares: ErrorShares): Row {
  const wrong = CAUSES.reduce((sum, cause) => sum + shares[cause], 0);
  return [name, ...[wrong, ...CAUSES.map((cause) => shares[cause])].map((share) => (100 * share).toFixed(1))];
}

/** What of a suite can be expressed, and the table of that part. */
export function importTable({
  file,
  level,
  cases,
  expressible,
  asked,
  excluded,
  passK,
  scores,
}: ImportReport): string {
  const lines = [`${file}: ${expressible} of ${cases} cases can be expressed at level ${level}`];
  for (const [reason, count] of Object.entries(excluded)) {
    if (count > 0) lines.push(`  ${String(count).padStart(6)}  ${REASONS[reason as keyof typeof REASONS]}`);
  }
  if (asked === 0) return [...lines, '', 'Nothing to score.'].join('\n');
  if (asked < expressible) lines.push(`The first ${asked} of them are scored.`);
  const rows = Object.entries(scores).map(([kind, measured]) => row(kind, measured));
  return [...lines, '', align([heading(passK), ...rows])].join('\n');
}

function heading(passK: SuiteReport['passK']): Row {
  return [
    'suite',
    'tasks',
    'greedy',
    'thinks',
    'forced',
    ...(passK ? [`pass@${passK.k} of ${passK.n}`] : []),
  ];
}

function row(name: string, { greedy, forced, passK }: Measured): Row {
  const cells = [
    name,
    String(greedy.tasks),
    percent(greedy),
    `${Math.round(100 * greedy.thinks)} %`,
    percent(forced),
  ];
  return passK ? [...cells, percent(passK)] : cells;
}

function percent({ mean, standardError }: Score): string {
  return `${(100 * mean).toFixed(1)} ± ${(100 * standardError).toFixed(1)}`;
}

/** The first column to the left, the others to the right. */
function align(rows: readonly Row[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((cells) => (cells[i] ?? '').length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
