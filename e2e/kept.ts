/** What the service worker keeps of the built page. */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Page } from '@playwright/test';
import { DIST } from '../scripts/common/server.ts';
import { LARGE_FILES } from '../src/offline/largeFiles.ts';

/** Large files that the browser keeps, by address without what they are kept under. */
export const keptFiles = (page: Page) =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('kelvin-large-'));
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().map(({ url }) => url.split('?')[0] as string);
  });

/** How many large files the build has. */
export function largeFiles(): number {
  return readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(DIST, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((address) => LARGE_FILES.test(address)).length;
}
