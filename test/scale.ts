/** How much of each long law a run checks: `npm test` a sample, `npm run test:long` all of it. */

// Tests inside a browser have no process; Vitest hands them the variable with the rest of its environment.
const environment: Record<string, string | undefined> =
  typeof process === 'undefined' ? import.meta.env : process.env;

/** True in `npm run test:long` (environment variable `KELVIN_TEST=long`). */
export const isLong = environment.KELVIN_TEST === 'long';

/** The first value in `npm run test:long`, the second in `npm test`: a number of cases, a list of names. */
export function scaled<T>(long: T, short: T): T {
  return isLong ? long : short;
}
