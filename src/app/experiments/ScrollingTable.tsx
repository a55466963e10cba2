import type { ReactNode } from 'react';

/** A table that scrolls within its panel where it is wider. */
export function ScrollingTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      className="arms-scroll"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
    >
      <table>{children}</table>
    </section>
  );
}
