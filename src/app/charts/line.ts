/** A line of a chart: what it is called, in English, to be said again; and how it is drawn. */
export interface Line {
  label: string;
  /** Name where there is little room. */
  short?: string;
  /** A custom property, e.g. `--deduction`. */
  colour: string;
  dash?: number[];
  width?: number;
  /** Marks every value: for what is measured now and then. */
  isSparse?: boolean;
  /** Marks alone, hollow, on another line: its values there that are known less surely. */
  isHollow?: boolean;
  /** Not there at all before its first value: what most runs do not have. */
  isOptional?: boolean;
  /** Never smoothed: constants and evaluations. */
  isExact?: boolean;
  /** Shown and hidden with the line of this label, which stands for both in the legend. */
  follows?: string;
  /** The space down to the line at this position is filled, faintly. */
  bandTo?: number;
}
