import { expect, test } from 'vitest';
import { readFrame } from '../../run/frame.ts';
import { embedSnippet, isLocal, lessonLink } from './links.ts';

const HOME = 'https://example.org/kelvin/';
const FRAME = {
  hide: ['settings', 'buffer'],
  isEmbedded: true,
  isProjector: false,
  language: 'de',
  lesson: { id: 'climbing', page: 3 },
} as const;

test('what a link of a lesson says is read as it was meant', () => {
  const link = new URL(lessonLink(HOME, FRAME));
  expect(link.pathname).toBe('/kelvin/');
  expect(readFrame(link.search)).toEqual({ ...FRAME, problems: [] });
});

test('a snippet is one sandboxed frame, whatever the title is', () => {
  const snippet = embedSnippet(lessonLink(HOME, FRAME), 'A "title" <b>');
  expect(snippet).toMatch(
    /^<iframe src="[^"<>]+" title="[^"<>]+" sandbox="allow-scripts" [^<>]+><\/iframe>$/,
  );
  expect(snippet).toContain('embed=1&amp;');
});

test('an address that only this machine reaches is known', () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]', '']) expect(isLocal(host)).toBe(true);
  for (const host of ['example.org', '192.168.1.20', 'localhost.example.org'])
    expect(isLocal(host)).toBe(false);
});
