import { check } from './check.ts';
import type { DetectorState } from './detector-state.ts';
import { stateFromVersion1 } from './state-bytes-1.ts';

/** What bytes of version 2 begin with: 'AED' and the version. */
const beginning = [0x41, 0x45, 0x44, 2];
const checksumAt = 4;
const textLengthAt = 8;
/** Bytes before the text. */
const textStart = 12;

/**
 * A state as bytes: about 150, and 8 for each point of the regime; 16 with a season.
 *
 * 0 to 2: 'AED'. 3: the version, 2. 4 to 7: the checksum of all bytes that follow it. 8 to 11: the length of the text. Then the
 * text: options, regimeStart, gaps and memory as JSON in ASCII, filled up with spaces so that the points start at a multiple of 8 bytes. Then
 * the points of the regime, oldest first, as doubles; then as many doubles with their phases, if the text says that it has any. All numbers
 * are little-endian, on every machine; those before the text are unsigned integers.
 */
export function stateToBytes({ regime, phases, version, ...header }: DetectorState): Uint8Array {
  const text = JSON.stringify({ ...header, ...(phases && { hasPhases: true }) });
  const numbers = phases === undefined ? regime : [...regime, ...phases];
  const pointsStart = 8 * Math.ceil((textStart + text.length) / 8);
  const bytes = new Uint8Array(pointsStart + 8 * numbers.length);
  const view = new DataView(bytes.buffer);
  bytes.set(beginning);
  view.setUint32(textLengthAt, pointsStart - textStart, true);
  bytes.set(
    Uint8Array.from(text.padEnd(pointsStart - textStart), (letter) => letter.charCodeAt(0)),
    textStart,
  );
  numbers.forEach((value, index) => {
    view.setFloat64(pointsStart + 8 * index, value, true);
  });
  view.setUint32(checksumAt, checksumOf(bytes), true);
  return bytes;
}

/**
 * The state that bytes of version 1 or 2 hold. What is in it is left for the detector to check.
 *
 * @throws RangeError if the bytes are not those of a state, or are damaged
 */
export function stateFromBytes(bytes: Uint8Array): DetectorState {
  check(ArrayBuffer.isView(bytes), 'bytes', 'a Uint8Array', bytes);
  const { length } = bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const ofVersion1 = stateFromVersion1(view);
  if (ofVersion1 !== undefined) return ofVersion1;
  if (length < textStart || beginning.some((byte, index) => bytes[index] !== byte)) throw notAState(length);
  if (view.getUint32(checksumAt, true) !== checksumOf(bytes)) throw notAState(length);
  const pointsStart = textStart + view.getUint32(textLengthAt, true);
  if (pointsStart > length || (length - pointsStart) % 8 !== 0) throw notAState(length);
  const { hasPhases, ...header } = headerIn(bytes.subarray(textStart, pointsStart));
  const numbers: number[] = [];
  for (let place = pointsStart; place < length; place += 8) numbers.push(view.getFloat64(place, true));
  if (hasPhases !== true) return { ...header, version: 1, regime: numbers };
  const phases = numbers.splice(Math.ceil(numbers.length / 2));
  return { ...header, version: 1, regime: numbers, phases };
}

/** FNV-1a of 32 bits (Fowler, Noll and Vo). Of bytes that differ in one place it always differs. */
function checksumOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  // By index, since an iterator takes several times as long.
  for (let place = textLengthAt; place < bytes.length; place++)
    hash = Math.imul(hash ^ (bytes[place] as number), 0x01000193);
  return hash >>> 0;
}

/** What the text says. */
function headerIn(
  bytes: Uint8Array,
): Omit<DetectorState, 'version' | 'regime' | 'phases'> & { readonly hasPhases?: unknown } {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new RangeError(`bytes must hold the options as JSON, got '${text.trim()}'`);
  }
}

function notAState(length: number): RangeError {
  return new RangeError(`bytes must be a state of version 1 or 2, got ${length} that are not`);
}
