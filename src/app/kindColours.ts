/** Colours of the kinds of task, as each kind names them: `--deduction` for lines, `--kind` inside `data-kind`. */
import { SPECS } from '../tasks/index.ts';

const rules = Object.entries(SPECS).map(
  ([kind, { colour }]) => `
:root { --${kind}: ${colour.fill}; --${kind}-text: ${colour.text}; }
[data-kind="${kind}"] { --kind: var(--${kind}); --kind-text: var(--${kind}-text); }`,
);

/** Makes the colours known to the page. */
export function adoptKindColours(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules.join(''));
  document.adoptedStyleSheets.push(sheet);
}
