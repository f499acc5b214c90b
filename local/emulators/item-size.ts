import type { AttributeValue } from 'aws-lambda';

/** The size of an item in bytes, as DynamoDB counts it: names and text as UTF-8, numbers with two digits a byte. */
export function itemSize(item: Readonly<Record<string, AttributeValue>>): number {
  return sum(Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + valueSize(value)));
}

/** Overhead of a list or map, and of each member. */
const containerBytes = 3;
const memberBytes = 1;

function valueSize({ S, N, B, SS, NS, BS, L, M }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return numberSize(N);
  if (B !== undefined) return base64Size(B);
  if (SS !== undefined) return sum(SS.map((text) => Buffer.byteLength(text)));
  if (NS !== undefined) return sum(NS.map(numberSize));
  if (BS !== undefined) return sum(BS.map(base64Size));
  if (L !== undefined) return containerBytes + sum(L.map((value) => memberBytes + valueSize(value)));
  if (M !== undefined) return containerBytes + memberBytes * Object.keys(M).length + itemSize(M);
  // A boolean or null.
  return 1;
}

/** Digits are kept in pairs aligned to the decimal point. The exponent takes a byte, and so does a minus sign. */
function numberSize(text: string): number {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const leading = /^0*/.exec(whole + fraction)?.[0].length ?? 0;
  const digits = (whole + fraction).slice(leading).replace(/0+$/, '').length;
  if (digits === 0) return 1;
  const firstDigitExponent = whole.length + Number(exponent) - leading - 1;
  const isCut = digits % 2 === 0 && firstDigitExponent % 2 === 0;
  return 1 + Math.ceil(digits / 2) + (isCut ? 1 : 0) + (sign === '-' ? 1 : 0);
}

/** The number of bytes, without decoding them. */
function base64Size(text: string | Uint8Array): number {
  return Buffer.byteLength(text.toString(), 'base64');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
