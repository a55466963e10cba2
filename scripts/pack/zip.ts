/** The built page as one zip that runs from a USB stick. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** The folder that the zip unpacks to. */
const FOLDER = 'kelvin';

const README = `Kelvin {version}: the Absolute Zero lab that runs in a browser tab

1. Unpack the zip, if that is not done yet.
2. Open a terminal in this folder, the one with index.html in it.
3. Run   python3 -m http.server 8000
   (on Windows   py -m http.server 8000   ; any other web server for static files does it, too)
4. Open   http://localhost:8000/   in Chrome, Edge or Firefox, and press Start.

No network is needed. Opening index.html by a double click is not enough: browsers
give a page that is opened as a file no workers and no access to the files beside it.

Each machine of a class needs the stick, or the address of a web server with https
that has this folder: at http:// other than localhost browsers refuse what Kelvin needs.
`;

/**
 * Zips a built page with a README that says how to start it.
 * @param files texts that lie beside the page, by name.
 */
export function packPage(page: string, version: string, files: Record<string, Uint8Array>): Uint8Array {
  const all: Zippable = { [`${FOLDER}/README.txt`]: new TextEncoder().encode(readme(version)) };
  for (const [name, bytes] of Object.entries(files)) all[`${FOLDER}/${name}`] = bytes;
  for (const entry of readdirSync(page, { recursive: true, encoding: 'utf8' })) {
    const path = join(page, entry);
    if (statSync(path).isDirectory()) continue;
    all[`${FOLDER}/${relative(page, path).split(sep).join('/')}`] = readFileSync(path);
  }
  return zipSync(all);
}

/** With the line ends that every editor shows. */
function readme(version: string): string {
  return README.replace('{version}', version).replaceAll('\n', '\r\n');
}
