/** Numbers and times as the page writes them. A true minus sign, no false precision. */

const GROUPED = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** 1234567 → "1,234,567". */
export function count(value: number): string {
  return minus(GROUPED.format(value));
}

/** Three significant figures: 0.00123, 1.23, 123, 12.3k, 1.23M. */
export function compact(value: number): string {
  const size = Math.abs(value);
  if (size >= 999_500) return minus(`${trim((value / 1e6).toPrecision(3))}M`);
  if (size >= 9_995) return minus(`${trim((value / 1e3).toPrecision(3))}k`);
  if (size >= 1000) return count(value);
  if (size === 0) return '0';
  return minus(size < 1e-4 ? value.toExponential(1) : trim(value.toPrecision(3)));
}

/** 0.625 → "0.63": accuracies, shares, rewards. */
export function hundredths(value: number): string {
  return minus(value.toFixed(2));
}

/** 0.625 → "63 %". */
export function percent(value: number): string {
  return `${Math.round(value * 100)} %`;
}

/** +0.38 → "+38". */
export function points(value: number): string {
  const rounded = Math.round(value * 100);
  return rounded > 0 ? `+${rounded}` : minus(String(rounded));
}

export function signed(value: number): string {
  return value > 0 ? `+${value.toFixed(2)}` : hundredths(value);
}

/** Seconds as 0:07, 12:30 or 1:02:03. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const s = String(whole % 60).padStart(2, '0');
  const m = Math.floor(whole / 60) % 60;
  const h = Math.floor(whole / 3600);
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** A short time: 0.0042 → "4 ms", 1.234 → "1.2 s", 65 → "65 s". */
export function duration(seconds: number): string {
  if (seconds < 0.0995) return `${Math.round(seconds * 1000)} ms`;
  return `${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

/** "about 20 s", "about 3 min". */
export function timeLeft(seconds: number): string {
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 90) return `about ${Math.round(seconds / 5) * 5} s left`;
  return `about ${Math.round(seconds / 60)} min left`;
}

/** A label within a sentence: "New tasks" → "new tasks"; "KL" and "I/O" stay as they are. */
export function withinSentence(label: string): string {
  return label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

function trim(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function minus(text: string): string {
  return text.replace('-', '−');
}
