/** Zips, written and read in workers by fflate. */
import { type AsyncZippable, strToU8, unzip, zip } from 'fflate';
import { FolderError, type RunFiles } from './layout.ts';

/** Bytes that a zip may unfold to: several times the largest run, and what a tab can hold. */
const MOST_BYTES = 1.5e9;

/** Files whose numbers no packing makes smaller. */
const PACKED = /\.safetensors$/;

/** A zip of the files, without folders. */
export function zipFiles(files: RunFiles): Promise<Uint8Array<ArrayBuffer>> {
  const contents: AsyncZippable = Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      name,
      [
        typeof content === 'string' ? strToU8(content) : new Uint8Array(content),
        { level: PACKED.test(name) ? 0 : 6 },
      ],
    ]),
  );
  return new Promise((resolve, reject) =>
    zip(contents, (error, bytes) => (error ? reject(error) : resolve(bytes as Uint8Array<ArrayBuffer>))),
  );
}

/** Whether these are the bytes of a zip: it is known by its beginning, whatever it is called. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The files of a zip whose path `isWanted`, by path. Throws a {@link FolderError} where the zip is damaged, too large
 * or locked: every file is held to its checksum.
 */
export async function unzipFiles(
  bytes: Uint8Array,
  isWanted: (path: string) => boolean,
): Promise<Map<string, Uint8Array>> {
  const wanted = readDirectory(bytes).filter(({ path }) => isWanted(path));
  if (wanted.some(({ isLocked }) => isLocked)) {
    throw new FolderError('The zip is locked with a password: unlock it, and make a zip without one.');
  }
  if (wanted.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) {
    throw new FolderError('The zip is too large: it unfolds to more than this page can hold.');
  }
  const paths = new Set(wanted.map(({ path }) => path));
  const found = await new Promise<Record<string, Uint8Array>>((resolve, reject) => {
    const filter = ({ name }: { name: string }) => paths.has(name);
    unzip(bytes, { filter }, (error, files) => (error ? reject(damaged()) : resolve(files)));
  });
  const files = new Map<string, Uint8Array>();
  for (const { path, size, checksum } of wanted) {
    const content = found[path];
    if (content?.length !== size || crc32(content) !== checksum) throw damaged(path);
    files.set(path, content);
  }
  return files;
}

function damaged(path?: string): FolderError {
  const what = path ? `The zip is damaged in ${path}` : 'The zip is damaged or not complete';
  return new FolderError(`${what}: get it again from where it came from.`);
}

interface ZipEntry {
  path: string;
  size: number;
  checksum: number;
  isLocked: boolean;
}

/** Bytes of the record at the end of a zip, and of an entry of its directory, without names and comments. */
const END_BYTES = 22;
const ENTRY_BYTES = 46;
/** A comment behind the record is at most so long. */
const LONGEST_COMMENT = 65_535;

/** The directory at the end of a zip (APPNOTE 4.3.12, 4.3.16); fflate does not tell the checksums. */
function readDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END_BYTES;
  const last = Math.max(0, end - LONGEST_COMMENT);
  while (end >= last && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < last) throw damaged();
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw damaged();
    const nameBytes = view.getUint16(at + 28, true);
    entries.push({
      path: new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)),
      size: view.getUint32(at + 24, true),
      checksum: view.getUint32(at + 16, true),
      isLocked: (view.getUint16(at + 8, true) & 1) === 1,
    });
    at += ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The checksum of zips (CRC-32, ISO 3309). */
function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (CRC_TABLE[(value ^ byte) & 0xff] as number) ^ (value >>> 8);
  return ~value >>> 0;
}
