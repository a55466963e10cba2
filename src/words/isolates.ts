/** Numbers among words from right to left: without a mark of their own −0.5 is read as 0.5−, and 3 / 8 as 8 / 3. */

/** What is between these two characters is laid out by itself, from left to right (Unicode, UAX #9). */
export const isolated = (text: string): string => `\u2066${text}\u2069`;

const SIGN = '[-−+±×=<>≥≤·/→]';
const NUMBER = String.raw`\d(?:[\d.,]*\d)?`;
/** A number, or several with signs between them; not one that goes on a word or a formula with letters. */
const FIGURES = new RegExp(
  String.raw`(?<![\u2066\p{L}\d.,]|${SIGN}\s?)(?:± |[−+±×])?${NUMBER}(?: ?${SIGN} ?[−+]?${NUMBER})*(?:\s?%)?`,
  'gu',
);

/** A sentence in which each number that has signs is isolated. Code in it is left alone: it has its direction by its style. */
export const withIsolatedFigures = (text: string): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part.replace(FIGURES, (figures) => (/^[\d.,]+$/.test(figures) ? figures : isolated(figures))),
    )
    .join('');
