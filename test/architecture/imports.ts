/**
 * Who imports whom. Imports are read by regular expression: static, dynamic, type-only and worker URLs alike.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One import of a file; paths are relative to the repository. */
export interface Import {
  file: string;
  /** A path, or the bare name of a library. */
  target: string;
  isLocal: boolean;
  /** By its address only, as another program. */
  isWorker: boolean;
}

/** TypeScript files below a folder. Tests are left out: they may cross rooms, as they drive several at once. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(entry.name) && !/\.(test|spec)\.tsx?$|\.d\.ts$/.test(entry.name) ? [path] : [];
  });
}

/** The text of a file. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** What a file imports. */
export function importsOf(file: string): Import[] {
  const text = textOf(file);
  const found = [
    ...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g),
    ...text.matchAll(/new URL\(\s*['"](\.[^'"]+\.tsx?)['"]\s*,\s*import\.meta\.url/g),
  ];
  return found.map((match) => {
    const specifier = (match[1] as string).replace(/\?.*$/, '');
    const isLocal = specifier.startsWith('.');
    const target = isLocal ? relative(ROOT, resolve(ROOT, dirname(file), specifier)) : specifier;
    return { file, target, isLocal, isWorker: match[0].startsWith('new') };
  });
}

/** The files that each file imports. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** @param workers whether a program that is only addressed counts as imported. */
export function graphOf(files: readonly string[], workers: boolean): Graph {
  return new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter(({ isLocal, isWorker }) => isLocal && (workers || !isWorker))
        .map(({ target }) => target),
    ]),
  );
}

/** What is imported by these files, directly or through others. */
export function reachableFrom(graph: Graph, starts: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = starts.flatMap((start) => graph.get(start) ?? []);
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    open.push(...(graph.get(file) ?? []));
  }
  return seen;
}

/** Sets of files that import one another, directly or through each other: sorted names, joined by spaces. */
export function circlesOf(graph: Graph): string[] {
  const files = [...graph.keys()];
  const reach = new Map(files.map((file) => [file, reachableFrom(graph, [file])]));
  const circles = files
    .filter((file) => reach.get(file)?.has(file))
    .map((file) => files.filter((other) => reach.get(file)?.has(other) && reach.get(other)?.has(file)));
  return [...new Set(circles.map((circle) => circle.sort().join(' ')))].sort();
}
