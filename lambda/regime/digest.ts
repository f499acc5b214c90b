import type { PointList } from './point-list.ts';

const hexDigits = 8;
/** The form of a digest. */
export const digestForm = /^[0-9a-f]{16}$/;

/** The digest of no points. */
export const emptyDigest = '0'.repeat(2 * hexDigits);

/**
 * The digest of some points and, before them, of others that have the digest `before`: 16 hexadecimal digits.
 *
 * By it instances of the detector find out whether they hold the same points. It is not cryptographic. Cost: some 20 ns a point.
 */
export function digestOf(points: PointList, from: number, to: number, before: string): string {
  let high = Number.parseInt(before.slice(0, hexDigits), 16) | 0;
  let low = Number.parseInt(before.slice(hexDigits), 16) | 0;
  const words = new DataView(new ArrayBuffer(16));
  for (let index = from; index < to; index++) {
    // Adding 0 makes one zero of two.
    words.setFloat64(0, points.valueAt(index) + 0);
    words.setFloat64(8, points.timeAt(index));
    for (let at = 0; at < 16; at += 4) {
      const word = words.getInt32(at);
      high = mixed(high ^ word, 0x9e3779b1);
      low = mixed(low + word, 0x85ebca77) ^ high;
    }
  }
  return hex(high) + hex(low);
}

/** Spreads the bits of a word. The factors are the odd ones of xxHash (Collet 2012). */
function mixed(word: number, factor: number): number {
  const product = Math.imul(word, factor);
  return Math.imul(product ^ (product >>> 15), 0x2c1b3c6d) ^ (product >>> 12);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(hexDigits, '0');
}
