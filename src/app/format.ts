/** Numbers and times as the page writes them, in the reader's language. A true minus sign, no false precision. */
import { leftToRight, spoken, t } from '../words/words.ts';

/** English is written as in Britain: 1,234.5, and 24 hours a day. */
const locale = () => (spoken() === 'en' ? 'en-GB' : spoken());

const FORMATS = new Map<string, Intl.NumberFormat>();

/** Makes each format once: making one takes longer than a thousand numbers do. */
function write(value: number, options: Intl.NumberFormatOptions): string {
  const key = `${locale()} ${JSON.stringify(options)}`;
  const format = FORMATS.get(key) ?? new Intl.NumberFormat(locale(), { numberingSystem: 'latn', ...options });
  FORMATS.set(key, format);
  return number(format.format(value));
}

const fixed = (value: number, digits: number) =>
  write(value, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
const significant = (value: number) => write(value, { maximumSignificantDigits: 3, useGrouping: false });

/** A moment, as its day and its time. */
export function moment(date: Date): string {
  return date.toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' });
}

/** The day of a moment in Greenwich, the same wherever it is read. */
export function day(date: Date): string {
  return date.toLocaleDateString(locale(), { dateStyle: 'medium', timeZone: 'UTC' });
}

/** 1234567 → "1,234,567". */
export function count(value: number): string {
  return write(value, { maximumFractionDigits: 0 });
}

/** Three significant figures: 0.00123, 1.23, 123, 12.3k, 1.23M. */
export function compact(value: number): string {
  const size = Math.abs(value);
  if (size >= 999_500) return leftToRight(`${significant(value / 1e6)}M`);
  if (size >= 9_995) return leftToRight(`${significant(value / 1e3)}k`);
  if (size >= 1000) return count(value);
  if (size === 0) return '0';
  return size < 1e-4 ? number(value.toExponential(1)) : significant(value);
}

/** 0.625 → "0.63": accuracies, shares, rewards. */
export function hundredths(value: number): string {
  return fixed(value, 2);
}

/** 3.14 → "3.1". */
export function tenths(value: number): string {
  return fixed(value, 1);
}

/** 0.625 → "63 %"; Chinese writes 63%. */
export function percent(value: number): string {
  const whole = Math.round(value * 100);
  return spoken() === 'en' ? `${whole} %` : write(whole / 100, { style: 'percent' });
}

/** +0.38 → "+38". */
export function points(value: number): string {
  const rounded = Math.round(value * 100);
  return number(rounded > 0 ? `+${rounded}` : String(rounded));
}

/** Standard error of a share of `n` tasks. */
export function shareError(share: number, n: number): number {
  return Math.sqrt((share * (1 - share)) / Math.max(1, n));
}

/** 46 and 3 → "46 ± 3". */
export function withError(value: string, error: string | number): string {
  return leftToRight(`${value} ± ${error}`);
}

export function signed(value: number): string {
  return value > 0 ? leftToRight(`+${hundredths(value)}`) : hundredths(value);
}

/** Seconds as 0:07, 12:30 or 1:02:03. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const s = String(whole % 60).padStart(2, '0');
  const m = Math.floor(whole / 60) % 60;
  const h = Math.floor(whole / 3600);
  return leftToRight(h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`);
}

/** A short time: 0.0042 → "4 ms", 1.234 → "1.2 s", 65 → "65 s". */
export function duration(seconds: number): string {
  if (seconds < 0.0995) return `${Math.round(seconds * 1000)} ms`;
  return `${seconds < 9.95 ? tenths(seconds) : Math.round(seconds)} s`;
}

/** "about 20 s", "about 3 min". */
export function timeLeft(seconds: number): string {
  if (seconds < 5) return t('a few seconds left');
  if (seconds < 90) return t('about {seconds} s left', { seconds: Math.round(seconds / 5) * 5 });
  return t('about {minutes} min left', { minutes: Math.round(seconds / 60) });
}

/** A label within a sentence: "New tasks" → "new tasks"; "KL" and "I/O" stay as they are. German nouns do, too. */
export function withinSentence(label: string): string {
  if (spoken().startsWith('de')) return label;
  return label.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLocaleLowerCase(spoken()));
}

/** With a true minus; from left to right in every language. */
function number(text: string): string {
  return leftToRight(text.replace('-', '−'));
}
