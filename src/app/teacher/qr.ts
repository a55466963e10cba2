/** QR codes of links, drawn as one SVG path. */
import qrcode from 'qrcode-generator';

/** Modules of quiet around the code, which readers need to find it. */
const QUIET = 4;

/** The dark modules, row by row, without the quiet zone. Error correction M; throws where the text is too long for any code (2,331 bytes). */
export function modulesOf(text: string): boolean[][] {
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  const size = code.getModuleCount();
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => code.isDark(row, column)),
  );
}

/** Side of the drawing in modules, quiet zone included, and the path of its dark runs. */
export function qrDrawing(text: string): { side: number; path: string } {
  const modules = modulesOf(text);
  const runs = modules.flatMap((row, y) =>
    runsOf(row).map(([x, width]) => `M${x + QUIET} ${y + QUIET}h${width}v1h-${width}z`),
  );
  return { side: modules.length + 2 * QUIET, path: runs.join('') };
}

/** Where dark runs of a row begin, and how long they are. */
function runsOf(row: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  row.forEach((isDark, x) => {
    if (!isDark) return;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === x) last[1]++;
    else runs.push([x, 1]);
  });
  return runs;
}
