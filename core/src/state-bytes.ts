import type { DetectorState } from './detector-state.ts';
import { startsVersion1, stateFromVersion1 } from './state-bytes-1.ts';

/** What bytes of version 2 begin with: 'AED' and the version. */
const beginning = [0x41, 0x45, 0x44, 2];
/** Bytes before the text: the beginning, and the length of the text. */
const textStart = 8;

/**
 * A state as bytes: about 150, and 8 for each point of the regime.
 *
 * 0 to 2: 'AED'. 3: the version, 2. 4 to 7: the length of the text, an unsigned integer. Then the text: options and
 * regimeStart as JSON in ASCII, filled up with spaces to a multiple of 8 bytes. Then the points of the regime, oldest first, as
 * doubles. All numbers are little-endian, on every machine.
 */
export function stateToBytes({ options, regimeStart, regime }: DetectorState): Uint8Array {
  const text = JSON.stringify({ options, regimeStart });
  const textLength = 8 * Math.ceil(text.length / 8);
  const bytes = new Uint8Array(textStart + textLength + 8 * regime.length);
  const view = new DataView(bytes.buffer);
  bytes.set(beginning);
  view.setUint32(beginning.length, textLength, true);
  bytes.set(
    Uint8Array.from(text.padEnd(textLength), (letter) => letter.charCodeAt(0)),
    textStart,
  );
  regime.forEach((value, index) => {
    view.setFloat64(textStart + textLength + 8 * index, value, true);
  });
  return bytes;
}

/**
 * The state that bytes of version 1 or 2 hold. What is in it is left for the detector to check.
 *
 * @throws RangeError if the bytes are not those of a state
 */
export function stateFromBytes(bytes: Uint8Array): DetectorState {
  const { length } = bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  if (startsVersion1(view)) return stateFromVersion1(view);
  if (length < textStart || beginning.some((byte, index) => bytes[index] !== byte)) throw notAState(length);
  const pointsStart = textStart + view.getUint32(beginning.length, true);
  if (pointsStart > length || (length - pointsStart) % 8 !== 0) throw notAState(length);
  const { options, regimeStart } = headerIn(bytes.subarray(textStart, pointsStart));
  const regime: number[] = [];
  for (let place = pointsStart; place < length; place += 8) regime.push(view.getFloat64(place, true));
  return { version: 1, options, regimeStart, regime };
}

/** What the text says. */
function headerIn(bytes: Uint8Array): Pick<DetectorState, 'options' | 'regimeStart'> {
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
