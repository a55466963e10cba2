/** The tree by its keys: up the line, down it again, and from one child to the next. */
import { type Family, type FamilyNode, lineOf, siblingsOf } from './layout.ts';

/**
 * The task that a key leads to from `from`, null where there is none: left to the one it descends from, right to a
 * child, up and down to its siblings, Home to the first of its line, End to the latest of all. Of several children, right
 * takes the one on the line of `trail`, where one came from. Undefined for a key that does not walk.
 */
export function walk(
  family: Family,
  from: FamilyNode | null,
  key: string,
  trail: FamilyNode | null,
): FamilyNode | null | undefined {
  if (!['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key)) return undefined;
  if (key === 'End') return family.nodes.at(-1) ?? null;
  if (from === null) return family.roots[0] ?? null;
  switch (key) {
    case 'ArrowLeft':
      return from.parent;
    case 'ArrowRight':
      return (
        (trail && lineOf(trail)[from.generation + 1]?.parent === from
          ? lineOf(trail)[from.generation + 1]
          : from.children[0]) ?? null
      );
    case 'Home':
      return lineOf(from)[0] ?? null;
    default: {
      const siblings = siblingsOf(family, from);
      return siblings[siblings.indexOf(from) + (key === 'ArrowUp' ? -1 : 1)] ?? null;
    }
  }
}

/** Where one came from, after choosing a task: kept while one walks along the line that it ends. */
export function trailAfter(trail: FamilyNode | null, chosen: FamilyNode | null): FamilyNode | null {
  if (trail === null || chosen === null) return chosen;
  return lineOf(trail)[chosen.generation] === chosen ? trail : chosen;
}
