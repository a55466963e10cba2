/** What is printed of the verdicts, and what is counted. Texts of foreign programs never reach the terminal raw. */
import { createHash } from 'node:crypto';
import { type Case, type Item, isCase } from '../common/suite/layout.ts';
import { SKIPS, type Skip } from './compare.ts';
import type { Judged } from './judge.ts';

const MOST_CHARACTERS = 200;
const MOST_LINES = 30;
const HINT = ' (--stdlib admits it)';

export interface Tally {
  agreed: number;
  judged: number;
  skipped: number;
  bySkip: Partial<Record<Skip, number>>;
}

export class Report {
  readonly tally: Tally = { agreed: 0, judged: 0, skipped: 0, bySkip: {} };
  /** Line at which a program was printed, by its hash. */
  private readonly printed = new Map<string, number>();

  constructor(
    private readonly print: (line: string) => void,
    private readonly options: { quiet: boolean; stdlib: boolean },
  ) {}

  take(verdicts: readonly Judged[]): void {
    for (const { item, verdict } of verdicts) {
      switch (verdict.verdict) {
        case 'agrees':
          this.tally.agreed++;
          this.tally.judged++;
          break;
        case 'disagrees':
          this.tally.judged++;
          if (isCase(item)) this.disagreement(item, verdict.ours);
          break;
        case 'skipped': {
          const cases = isCase(item) ? 1 : item.cases;
          this.tally.skipped += cases;
          this.tally.bySkip[verdict.reason] = (this.tally.bySkip[verdict.reason] ?? 0) + cases;
          if (this.options.quiet) break;
          const many = cases > 1 ? `${cases} cases ` : '';
          const { reason, detail } = verdict;
          const why = reason === 'malformed' ? detail : `${SKIPS[reason]}: ${detail}`;
          this.print(`${place(item)}: ${many}skipped, ${shorten(why)}`);
          break;
        }
      }
    }
  }

  /** The counts; the last line is the one that programs read. */
  finish(): void {
    const { agreed, judged, skipped, bySkip } = this.tally;
    for (const reason of Object.keys(SKIPS) as Skip[]) {
      const cases = bySkip[reason];
      if (cases === undefined) continue;
      const hint = reason === 'forbidden' && !this.options.stdlib ? HINT : '';
      this.print(`skipped ${cases}: ${SKIPS[reason]}${hint}`);
    }
    this.print(`agreement ${agreed}/${judged} (skipped ${skipped})`);
  }

  private disagreement(item: Case, ours: string): void {
    this.print(`${place(item)}: disagreement`);
    this.print(`  input     ${item.entry}(${shorten(item.input)})`);
    this.print(`  expected  ${shorten(item.expected)}`);
    this.print(`  ours      ${shorten(ours)}`);
    const hash = createHash('sha256').update(item.code).digest('base64');
    const before = this.printed.get(hash);
    if (before !== undefined) {
      this.print(`  program   that of line ${before}`);
      return;
    }
    this.printed.set(hash, item.line);
    this.print('  program');
    for (const line of programLines(item.code)) this.print(`    ${line}`);
  }
}

function place({ line, id, ...item }: Item): string {
  const number = 'number' in item && item.number !== null ? `, case ${item.number}` : '';
  return `line ${line}${id === null ? '' : ` (${shorten(id)})`}${number}`;
}

/** One line of at most 200 characters: what is between the beginning and the end gives way. */
function shorten(text: string): string {
  const line = plain(text);
  if (line.length <= MOST_CHARACTERS) return line;
  const half = MOST_CHARACTERS / 2;
  return `${line.slice(0, half)} … ${line.length - 2 * half} more … ${line.slice(-half)}`;
}

function programLines(code: string): string[] {
  const lines = code.replace(/\s+$/, '').split(/\r\n|\r|\n/);
  const shown = lines.slice(0, MOST_LINES).map(shorten);
  return lines.length > MOST_LINES ? [...shown, `… ${lines.length - MOST_LINES} more lines`] : shown;
}

/** Control characters, halves of surrogate pairs and what turns the direction of writing, as escapes. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (c) => {
    if (c === '\n') return '\\n';
    if (c === '\t') return c;
    const code = c.codePointAt(0) as number;
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}
