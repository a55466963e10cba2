/** Safetensors: 8 bytes of header length, a JSON header, then the numbers. */
export interface SafetensorsTensor {
  shape: number[];
  values: Float32Array;
}

export interface SafetensorsFile {
  tensors: Map<string, SafetensorsTensor>;
  metadata: Record<string, string>;
}

type NumberType = 'F32' | 'F16';

const HEADER_LIMIT = 10_000_000;

/** Writes tensors in the given order. `F16` rounds to nearest even. */
export function writeSafetensors(
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  options: { dtype?: NumberType; metadata?: Record<string, string> } = {},
): Uint8Array {
  const dtype = options.dtype ?? 'F32';
  const width = dtype === 'F32' ? 4 : 2;
  const header: Record<string, unknown> = {};
  if (options.metadata) header.__metadata__ = options.metadata;
  let offset = 0;
  for (const [name, { shape, values }] of tensors) {
    const end = offset + values.length * width;
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Padded with spaces so that the numbers are aligned.
  const head = new Uint8Array(8 * Math.ceil(json.length / 8)).fill(0x20);
  head.set(json);
  const bytes = new Uint8Array(8 + head.length + offset);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  let at = 8 + head.length;
  for (const { values } of tensors.values()) {
    for (const value of values) {
      if (dtype === 'F32') view.setFloat32(at, value, true);
      else view.setUint16(at, toHalf(value), true);
      at += width;
    }
  }
  return bytes;
}

/** Reads F32 and F16 tensors. Throws an Error with a plain sentence on anything else. */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw new Error('The checkpoint is truncated: it has no header');
  const length = Number(view.getBigUint64(0, true));
  if (length > HEADER_LIMIT) throw new Error('This is not a safetensors file');
  if (8 + length > bytes.length) throw new Error('The checkpoint is truncated inside its header');
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  } catch {
    throw new Error('This is not a safetensors file: its header is not JSON');
  }
  if (typeof header !== 'object' || header === null)
    throw new Error('The checkpoint header is not an object');
  const file: SafetensorsFile = { tensors: new Map(), metadata: {} };
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') file.metadata = entry as Record<string, string>;
    else file.tensors.set(name, readTensor(name, entry, view, 8 + length));
  }
  return file;
}

function readTensor(name: string, entry: unknown, view: DataView, start: number): SafetensorsTensor {
  const { dtype, shape, data_offsets: offsets } = entry as Record<string, unknown>;
  if (!isNaturals(shape) || !isNaturals(offsets) || offsets.length !== 2) {
    throw new Error(`The checkpoint's entry for ${name} is malformed`);
  }
  if (dtype !== 'F32' && dtype !== 'F16') {
    throw new Error(`The tensor ${name} has numbers of type ${String(dtype)}; only F32 and F16 can be read`);
  }
  const width = dtype === 'F32' ? 4 : 2;
  const size = shape.reduce((a, b) => a * b, 1);
  const [from, to] = offsets as [number, number];
  if (to - from !== size * width) throw new Error(`The tensor ${name} does not have the size of its shape`);
  if (start + to > view.byteLength) throw new Error(`The checkpoint is truncated inside the tensor ${name}`);
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const at = start + from + i * width;
    values[i] = dtype === 'F32' ? view.getFloat32(at, true) : fromHalf(view.getUint16(at, true));
  }
  return { shape, values };
}

function isNaturals(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((x) => Number.isInteger(x) && x >= 0);
}

const scratch = new DataView(new ArrayBuffer(4));

/** IEEE half-precision bits of a number, rounded to nearest even; too large becomes infinity. */
export function toHalf(value: number): number {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const mantissa = bits & 0x7fffff;
  if (exponent === 143) return sign | 0x7c00 | (mantissa ? 0x200 : 0);
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent <= 0) {
    if (exponent < -10) return sign;
    const shift = 14 - exponent;
    return sign | roundShift(mantissa | 0x800000, shift);
  }
  // A carry out of the mantissa correctly raises the exponent.
  return sign | ((exponent << 10) + roundShift(mantissa, 13));
}

function roundShift(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && kept % 2 === 1) ? kept + 1 : kept;
}

/** The number of IEEE half-precision bits. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}
