/** Vite's part of the documents: the build has them as pages beside Kelvin, with its source; the dev server makes them when asked. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';
import { FOLDER, wayTo } from './places.ts';
import { makeSite } from './site.ts';
import { packSource, SOURCE_ZIP } from './source.ts';
import { STYLES } from './template.ts';

/** In this order: the tokens and fonts of the page, its code, and what documents add. */
const SHEETS = ['src/app/theme.css', 'src/app/ui/code.css', 'scripts/docs/site/documents.css'];

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  zip: 'application/zip',
};

export function documentPages(): Plugin {
  let root = '';
  return {
    name: 'kelvin-documents',
    configResolved(config) {
      root = config.root;
    },
    generateBundle(_, bundle) {
      const built = Object.values(bundle).flatMap((file) => (file.type === 'asset' ? [file] : []));
      const fontAddress = (font: string) => {
        const asset = built.find(({ originalFileNames }) =>
          originalFileNames.some((name) => basename(name) === basename(font)),
        );
        if (!asset) throw new Error(`The page has no font ${font}.`);
        return wayTo(asset.fileName, STYLES);
      };
      this.emitFile({ type: 'asset', fileName: STYLES, source: styles(root, fontAddress) });
      for (const [fileName, source] of makeSite(root)) this.emitFile({ type: 'asset', fileName, source });
      this.emitFile({ type: 'asset', fileName: SOURCE_ZIP, source: packSource(root) });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const address = decodeURI(request.url?.split(/[?#]/)[0] ?? '').replace(/^\//, '');
        // Vite itself is asked for files of docs/ as modules, with a question mark.
        if (request.url?.includes('?') && !address.endsWith('.html')) return next();
        const file = served(root, address);
        if (file === undefined) return next();
        response.setHeader('Content-Type', TYPES[address.split('.').at(-1) ?? ''] ?? 'text/plain');
        response.end(file);
      });
    },
  };
}

/** What the dev server has at an address; undefined where that is not of the documents. */
function served(root: string, address: string): string | Uint8Array | undefined {
  if (address === SOURCE_ZIP) return packSource(root);
  if (address === STYLES) return styles(root, (font) => `/node_modules/${font}`);
  return address.startsWith(`${FOLDER}/`) ? makeSite(root).get(address) : undefined;
}

/** The style sheet, with the fonts where they are. */
function styles(root: string, fontAddress: (font: string) => string): string {
  return SHEETS.map((sheet) => readFileSync(join(root, sheet), 'utf8'))
    .join('\n')
    .replace(/url\("(@fontsource[^"]+)"\)/g, (_, font: string) => `url("${fontAddress(font)}")`);
}
