/**
 * Where every task of a run stands in its family tree: steps from left to right, each task as near as there is room to
 * the height of the one it descends from. What is placed stays where it is when later tasks come.
 */
import type { Task } from '../../tasks/task.ts';
import { ancestorOf } from './lineage.ts';

export interface FamilyNode {
  id: string;
  /** Its place in {@link Family.nodes}. */
  at: number;
  step: number;
  /** Columns from the left. A step has one; the seeding, in which tasks grow from one another, has several. */
  column: number;
  /** In rows, of which a column has one a task; 0 is the middle of the first column. */
  y: number;
  /** Generations from the first of its line. */
  generation: number;
  /** The reference that it descends from, see {@link ancestorOf}; null for the first of a line. */
  parent: FamilyNode | null;
  /** All references that are known, that one first. */
  references: readonly FamilyNode[];
  /** Those that descend from it, from top to bottom. */
  children: FamilyNode[];
}

export interface Family {
  /** From left to right, and from top to bottom. */
  nodes: readonly FamilyNode[];
  byId: ReadonlyMap<string, FamilyNode>;
  /** The firsts of their lines, the oldest first. */
  roots: readonly FamilyNode[];
  /** Tasks of a column, from top to bottom. */
  columns: readonly (readonly FamilyNode[])[];
  top: number;
  bottom: number;
}

/**
 * Places every task once. `tasks` are in the order in which they came; only a reference that came before is an edge, so
 * that edges lead from right to left whatever a damaged file says.
 */
export function placeFamily(tasks: Iterable<Task>): Family {
  const inOrder = [...new Map([...tasks].map((task) => [task.id, task])).values()].sort(
    (a, b) => a.step - b.step,
  );
  const known = new Map<string, Task>();
  const byId = new Map<string, FamilyNode>();
  const ranks = new Map<string, number>();
  const groups: { step: number; ranks: FamilyNode[][] }[] = [];
  for (const task of inOrder) {
    const node = nodeOf(task, known, byId);
    // Within a step, one column a generation.
    let rank = 0;
    for (const { id, step } of node.references) {
      if (step === task.step) rank = Math.max(rank, (ranks.get(id) ?? 0) + 1);
    }
    ranks.set(task.id, rank);
    let group = groups.at(-1);
    if (group?.step !== task.step) {
      group = { step: task.step, ranks: [] };
      groups.push(group);
    }
    const column = group.ranks[rank];
    if (column) column.push(node);
    else group.ranks[rank] = [node];
    known.set(task.id, task);
    byId.set(task.id, node);
  }
  const columns = groups.flatMap(({ ranks: ofStep }) => ofStep);
  columns.forEach(placeColumn);
  const nodes = columns.flat();
  let [top, bottom] = [0, 0];
  nodes.forEach((node, at) => {
    node.at = at;
    node.parent?.children.push(node);
    top = Math.min(top, node.y);
    bottom = Math.max(bottom, node.y);
  });
  for (const { children } of nodes) children.sort((a, b) => a.y - b.y || a.column - b.column);
  const roots = [...byId.values()].filter(({ parent }) => parent === null);
  return { nodes, byId, roots, columns, top, bottom };
}

function nodeOf(
  task: Task,
  known: ReadonlyMap<string, Task>,
  byId: ReadonlyMap<string, FamilyNode>,
): FamilyNode {
  const ancestor = ancestorOf(task, known);
  const parent = (ancestor === null ? null : byId.get(ancestor)) ?? null;
  const others = [...new Set(task.parents)].flatMap((id) => (id === ancestor ? [] : (byId.get(id) ?? [])));
  return {
    id: task.id,
    at: 0,
    step: task.step,
    column: 0,
    y: 0,
    generation: parent === null ? 0 : parent.generation + 1,
    parent,
    references: parent === null ? others : [parent, ...others],
    children: [],
  };
}

/** A little nearer to the middle than what they descend from, or the tree would fan out with every step. */
const INWARDS = 0.85;

/**
 * Gives the tasks of a column heights one row apart at least, with the least sum of squared distances to those they
 * descend from (isotonic regression by pooling adjacent violators; Best & Chakravarti 1990), and orders them so.
 */
function placeColumn(column: FamilyNode[], at: number): void {
  const wanted = (node: FamilyNode) => INWARDS * (node.parent?.y ?? 0);
  column.sort((a, b) => wanted(a) - wanted(b));
  const blocks: { sum: number; size: number }[] = [];
  column.forEach((node, row) => {
    let block = { sum: wanted(node) - row, size: 1 };
    for (let above = blocks.at(-1); above; above = blocks.at(-1)) {
      if (above.sum / above.size <= block.sum / block.size) break;
      blocks.pop();
      block = { sum: above.sum + block.sum, size: above.size + block.size };
    }
    blocks.push(block);
  });
  let row = 0;
  for (const { sum, size } of blocks) {
    for (let within = 0; within < size; within++, row++) {
      const node = column[row] as FamilyNode;
      node.column = at;
      node.y = sum / size + row;
    }
  }
}

/** From the first of its line to a task. */
export function lineOf(node: FamilyNode): FamilyNode[] {
  const line: FamilyNode[] = [];
  for (let at: FamilyNode | null = node; at; at = at.parent) line.push(at);
  return line.reverse();
}

/** Those beside it: the children of the same parent; of a first of a line, the other firsts. */
export function siblingsOf({ roots }: Family, { parent }: FamilyNode): readonly FamilyNode[] {
  return parent?.children ?? roots;
}

/** Every task, each followed by those that descend from it. */
export function inFamilyOrder({ roots }: Family): FamilyNode[] {
  const order: FamilyNode[] = [];
  const rest = [...roots].reverse();
  for (let node = rest.pop(); node; node = rest.pop()) {
    order.push(node);
    for (let at = node.children.length - 1; at >= 0; at--) rest.push(node.children[at] as FamilyNode);
  }
  return order;
}
