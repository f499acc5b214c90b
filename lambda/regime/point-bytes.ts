import type { PointList } from './point-list.ts';

const double = 8;
/** Seven bits of each byte count; the eighth says that more follow. */
const more = 0x80;

/**
 * Points as bytes: all values as little-endian doubles, then all times as differences in milliseconds, each a number of
 * variable length (LEB128): two bytes for a second, three for a minute. So a point takes 10 or 11 bytes instead of 16.
 *
 * @param points - with times that are whole milliseconds from year 0 on and do not run backwards
 */
export function bytesOfPoints(points: PointList, from: number, to: number): Uint8Array {
  const count = to - from;
  // A difference within the years 0 to 9999 has at most seven bytes; the first is counted from the year 0 and has no more.
  const bytes = new Uint8Array(count * (double + 7));
  const view = new DataView(bytes.buffer);
  let end = count * double;
  let previous = yearZero;
  for (let index = 0; index < count; index++) {
    view.setFloat64(index * double, points.valueAt(from + index), true);
    const time = points.timeAt(from + index);
    let rest = time - previous;
    previous = time;
    // A difference can have more than the 32 bits of bitwise operators.
    for (; rest >= more; rest = Math.floor(rest / more)) bytes[end++] = (rest % more) | more;
    bytes[end++] = rest;
  }
  return bytes.slice(0, end);
}

/** Adds the points in the bytes to the list. @returns whether the bytes hold just so many points */
export function addPoints(bytes: Uint8Array, count: number, list: PointList): boolean {
  if (bytes.length < count * double) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  list.reserve(count);
  let at = count * double;
  let time = yearZero;
  for (let index = 0; index < count; index++) {
    let byte = more;
    for (let unit = 1; byte >= more; unit *= more) {
      byte = bytes[at++] ?? Number.NaN;
      time += (byte % more) * unit;
    }
    if (Number.isNaN(time)) return false;
    list.push(view.getFloat64(index * double, true), time);
  }
  return at === bytes.length;
}

const yearZero = Date.parse('0000-01-01T00:00:00.000Z');
