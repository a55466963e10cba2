/** The glossary, part of the page itself, so that it can be read without a network. */
import text from '../../../docs/glossary.md?raw';
import { parseGlossary } from './parse.ts';

export const GLOSSARY = parseGlossary(text);
