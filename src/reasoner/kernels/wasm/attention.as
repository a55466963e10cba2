import { dots, MASKED, pad4, softmax, sum4, transpose, weightedSum } from './math';

/**
 * Turns each token's queries and keys by its position and copies its values: `[tokens, 3·width]` to the same
 * shape. Queries are scaled by 1/√headDim as well. `cos` and `sin` are `[tokens, headDim/2]`.
 */
export function rotary(qkv: usize, cos: usize, sin: usize, out: usize, tokens: i32, heads: i32, dim: i32): void {
  const width = <usize>(heads * dim) << 2;
  const scale: f32 = 1 / sqrt<f32>(<f32>dim);
  for (let n = 0; n < tokens; n++) {
    const from = qkv + <usize>n * 3 * width;
    const to = out + <usize>n * 3 * width;
    const table = <usize>(n * (dim >> 1)) << 2;
    turn(from, to, cos + table, sin + table, heads, dim, 1, scale);
    turn(from + width, to + width, cos + table, sin + table, heads, dim, 1, 1);
    memory.copy(to + 2 * width, from + 2 * width, width);
  }
}

/** The gradient of {@link rotary}, in place. */
export function rotaryGradient(d: usize, cos: usize, sin: usize, tokens: i32, heads: i32, dim: i32): void {
  const width = <usize>(heads * dim) << 2;
  const scale: f32 = 1 / sqrt<f32>(<f32>dim);
  for (let n = 0; n < tokens; n++) {
    const at = d + <usize>n * 3 * width;
    const table = <usize>(n * (dim >> 1)) << 2;
    turn(at, at, cos + table, sin + table, heads, dim, -1, scale);
    turn(at + width, at + width, cos + table, sin + table, heads, dim, -1, 1);
  }
}

/** Turns one token's heads (rotate-half) and scales them; direction −1 turns back. */
// @ts-ignore: decorator
@inline
export function turn(
  from: usize,
  to: usize,
  cos: usize,
  sin: usize,
  heads: i32,
  dim: i32,
  direction: f32,
  scale: f32,
): void {
  const half = <usize>(dim >> 1) << 2;
  const whole = <usize>((dim >> 1) & ~3) << 2;
  const forward = f32x4.splat(direction * scale);
  const size = f32x4.splat(scale);
  for (let h = 0; h < heads; h++) {
    const a = from + 2 * half * <usize>h;
    const out = to + 2 * half * <usize>h;
    let i: usize = 0;
    for (; i < whole; i += 16) {
      const c = f32x4.mul(v128.load(cos + i), size);
      const s = f32x4.mul(v128.load(sin + i), forward);
      const x = v128.load(a + i);
      const y = v128.load(a + half + i);
      v128.store(out + i, f32x4.sub(f32x4.mul(x, c), f32x4.mul(y, s)));
      v128.store(out + half + i, f32x4.add(f32x4.mul(y, c), f32x4.mul(x, s)));
    }
    for (; i < half; i += 4) {
      const c: f32 = load<f32>(cos + i) * scale;
      const s: f32 = load<f32>(sin + i) * direction * scale;
      const x = load<f32>(a + i);
      const y = load<f32>(a + half + i);
      store<f32>(out + i, x * c - y * s);
      store<f32>(out + half + i, y * c + x * s);
    }
  }
}

// @ts-ignore: decorator
@inline
export function int(table: usize, index: i32): i32 {
  return load<i32>(table + (<usize>index << 2));
}

/**
 * Where a batch lies is one table of integers: for each of `prefixes` its first token, its length and the place
 * of its attention weights, then the first row of each prefix and the number of rows, then for each of `rows`
 * first token, length and place of weights. Weights of `queries` on `keys` take `[heads, queries, stride]`
 * numbers, where a row's stride is pad4(prefix length) + pad4(row length).
 */
// @ts-ignore: decorator
@inline
function rowTable(layout: usize, prefixes: i32): usize {
  return layout + (<usize>(4 * prefixes + 1) << 2);
}

/**
 * Causal attention of all prefixes and rows. `rotated` `[tokens, 3·width]` comes from {@link rotary}; `out` is
 * `[tokens - skip, width]`, zero before, for tokens from `skip` on, which is 0 or all prefix tokens. The softmax
 * is kept in `weights` for the gradient. `scratch`: 2·headDim·(longest + 4) numbers.
 */
export function attention(
  rotated: usize,
  out: usize,
  weights: usize,
  layout: usize,
  prefixes: i32,
  rows: i32,
  heads: i32,
  dim: i32,
  skip: i32,
  scratch: usize,
): void {
  const width = <usize>(heads * dim) << 2;
  const token = width * 3;
  const ofRows = rowTable(layout, prefixes);
  for (let g = 0; g < prefixes; g++) {
    const at = int(layout, g);
    const length = int(layout, prefixes + g);
    const padded = pad4(length);
    const first = int(layout, 3 * prefixes + g);
    const last = int(layout, 3 * prefixes + g + 1);
    const ownKeys = scratch + (<usize>(padded * dim) << 2);
    for (let h = 0; h < heads; h++) {
      const head = <usize>(h * dim) << 2;
      const prefix = rotated + <usize>at * token + head;
      transpose(prefix + width, token, length, dim, scratch, padded);
      if (skip == 0) {
        const p = weights + (<usize>(int(layout, 2 * prefixes + g) + h * length * padded) << 2);
        attend(prefix, prefix, length, 0, scratch, 0, scratch, dim, width, p, out + <usize>at * width + head);
      }
      for (let r = first; r < last; r++) {
        const start = int(ofRows, r);
        const count = int(ofRows, rows + r);
        const own = rotated + <usize>start * token + head;
        transpose(own + width, token, count, dim, ownKeys, pad4(count));
        const size = count * (padded + pad4(count));
        const p = weights + (<usize>(int(ofRows, 2 * rows + r) + h * size) << 2);
        const to = out + <usize>(start - skip) * width + head;
        attend(own, prefix, count, length, scratch, padded, ownKeys, dim, width, p, to);
      }
    }
  }
}

/**
 * One head of one sequence: `count` tokens at `own` attend to `length` tokens at `prefix` and, causally, to
 * themselves. Keys come transposed.
 */
function attend(
  own: usize,
  prefix: usize,
  count: i32,
  length: i32,
  prefixKeys: usize,
  padded: i32,
  ownKeys: usize,
  dim: i32,
  width: usize,
  weights: usize,
  out: usize,
): void {
  const token = width * 3;
  const ownPadded = pad4(count);
  let p = weights;
  let to = out;
  for (let i = 0; i < count; i++) {
    scores(own + <usize>i * token, prefixKeys, padded, length, ownKeys, ownPadded, i + 1, dim, p);
    weightedSum(p, 4, prefix + 2 * width, token, length, dim, to);
    weightedSum(p + (<usize>padded << 2), 4, own + 2 * width, token, i + 1, dim, to);
    p += <usize>(padded + ownPadded) << 2;
    to += width;
  }
}

/**
 * Softmax of one query's scores on `length` prefix keys (transposed, `padded` apart) and the first `seen` own
 * keys (`ownPadded` apart), into p `[padded + ownPadded]`; what is not seen is 0.
 */
export function scores(
  q: usize,
  prefixKeys: usize,
  padded: i32,
  length: i32,
  ownKeys: usize,
  ownPadded: i32,
  seen: i32,
  dim: i32,
  p: usize,
): void {
  dots(q, prefixKeys, padded, padded, dim, p);
  for (let j = length; j < padded; j++) store<f32>(p + (<usize>j << 2), MASKED);
  const own = p + (<usize>padded << 2);
  const near = pad4(seen);
  dots(q, ownKeys, ownPadded, near, dim, own);
  for (let j = seen; j < near; j++) store<f32>(own + (<usize>j << 2), MASKED);
  softmax(p, padded + near);
  memory.fill(own + (<usize>near << 2), 0, <usize>(ownPadded - near) << 2);
}

/**
 * Gradient of {@link attention} with respect to `rotated`, added into `d` `[tokens, 3·width]`. `dy` is shaped
 * like the output. `scratch`: 2·(headDim + longest)·(longest + 4) numbers.
 */
export function attentionGradient(
  rotated: usize,
  weights: usize,
  dy: usize,
  d: usize,
  layout: usize,
  prefixes: i32,
  rows: i32,
  heads: i32,
  dim: i32,
  skip: i32,
  scratch: usize,
): void {
  const width = <usize>(heads * dim) << 2;
  const token = width * 3;
  const ofRows = rowTable(layout, prefixes);
  for (let g = 0; g < prefixes; g++) {
    const at = int(layout, g);
    const length = int(layout, prefixes + g);
    const padded = pad4(length);
    const first = int(layout, 3 * prefixes + g);
    const last = int(layout, 3 * prefixes + g + 1);
    const ownValues = scratch + (<usize>(padded * dim) << 2);
    for (let h = 0; h < heads; h++) {
      const head = <usize>(h * dim) << 2;
      const place = <usize>at * token + head;
      const prefix = rotated + place;
      transpose(prefix + 2 * width, token, length, dim, scratch, padded);
      if (skip == 0) {
        const p = weights + (<usize>(int(layout, 2 * prefixes + g) + h * length * padded) << 2);
        const up = dy + <usize>at * width + head;
        attendGradient(prefix, prefix, d + place, d + place, length, 0, scratch, 0, scratch, dim, width, p, up, ownValues);
      }
      for (let r = first; r < last; r++) {
        const start = int(ofRows, r);
        const count = int(ofRows, rows + r);
        const ownPlace = <usize>start * token + head;
        const own = rotated + ownPlace;
        transpose(own + 2 * width, token, count, dim, ownValues, pad4(count));
        const size = count * (padded + pad4(count));
        const p = weights + (<usize>(int(ofRows, 2 * rows + r) + h * size) << 2);
        const up = dy + <usize>(start - skip) * width + head;
        const ds = ownValues + (<usize>(pad4(count) * dim) << 2);
        attendGradient(
          own, prefix, d + ownPlace, d + place, count, length, scratch, padded, ownValues, dim, width, p, up, ds,
        );
      }
    }
  }
}

/** Gradient of {@link attend}; values come transposed, `ds` has room for the scores. */
function attendGradient(
  own: usize,
  prefix: usize,
  dOwn: usize,
  dPrefix: usize,
  count: i32,
  length: i32,
  prefixValues: usize,
  padded: i32,
  ownValues: usize,
  dim: i32,
  width: usize,
  weights: usize,
  dy: usize,
  ds: usize,
): void {
  const token = width * 3;
  const ownPadded = pad4(count);
  const stride = <usize>(padded + ownPadded) << 2;
  const shift = <usize>padded << 2;
  for (let i = 0; i < count; i++) {
    const s = ds + <usize>i * stride;
    const near = pad4(i + 1);
    dots(dy + <usize>i * width, prefixValues, padded, padded, dim, s);
    dots(dy + <usize>i * width, ownValues, ownPadded, near, dim, s + shift);
    softmaxGradient(weights + <usize>i * stride, s, padded + near);
    const dq = dOwn + <usize>i * token;
    weightedSum(s, 4, prefix + width, token, length, dim, dq);
    weightedSum(s + shift, 4, own + width, token, i + 1, dim, dq);
  }
  for (let j = 0; j < length; j++) {
    const column = <usize>j << 2;
    const to = dPrefix + width + <usize>j * token;
    weightedSum(ds + column, stride, own, token, count, dim, to);
    weightedSum(weights + column, stride, dy, width, count, dim, to + width);
  }
  for (let j = 0; j < count; j++) {
    // The queries from the key's own token on.
    const column = shift + (<usize>j << 2) + <usize>j * stride;
    const to = dOwn + width + <usize>j * token;
    weightedSum(ds + column, stride, own + <usize>j * token, token, count - j, dim, to);
    weightedSum(weights + column, stride, dy + <usize>j * width, width, count - j, dim, to + width);
  }
}

/** s = p·(s − Σ p·s) over `count` numbers (a multiple of four). */
function softmaxGradient(p: usize, s: usize, count: i32): void {
  const bytes = <usize>count << 2;
  let along = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    along = f32x4.add(along, f32x4.mul(v128.load(p + at), v128.load(s + at)));
  }
  const total = f32x4.splat(sum4(along));
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(s + at, f32x4.mul(v128.load(p + at), f32x4.sub(v128.load(s + at), total)));
  }
}
