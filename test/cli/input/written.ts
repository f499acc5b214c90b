import fc from 'fast-check';

/** One way to write a series of readings as a file. */
export interface Writing {
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly decimal: '.' | ',';
  readonly thousands: '' | '.' | ',' | ' ' | "'";
  readonly digits: number;
  readonly time: TimeForm;
  readonly preamble: readonly string[];
  readonly order: 'oldest first' | 'newest first' | 'jumps a little';
  readonly quoted: boolean;
  readonly end: '\n' | '\r\n';
  readonly encoding: 'utf8' | 'utf8 with mark' | 'utf16le' | 'windows-1252';
  readonly header: 'named' | 'other names';
  /** A column of text, and one of other numbers. */
  readonly more: boolean;
}

export const timeForms = {
  iso: (at: Date) => at.toISOString(),
  'iso with an offset': (at: Date) => `${shifted(at, 2).toISOString().slice(0, 19)}+02:00`,
  'iso basic': (at: Date) => at.toISOString().replaceAll(/[-:]|\.\d+/g, ''),
  'without a zone': (at: Date) => at.toISOString().slice(0, 19).replace('T', ' '),
  dotted: (at: Date) => `${european(at, '.')} ${clock(at)}`,
  'day first': (at: Date) => `${european(at, '/')} ${clock(at)}`,
  'month first': (at: Date) =>
    `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear()} ${twelve(at)}`,
  seconds: (at: Date) => String(at.getTime() / 1000),
  milliseconds: (at: Date) => String(at.getTime()),
  microseconds: (at: Date) => `${at.getTime()}000`,
  nanoseconds: (at: Date) => `${at.getTime()}000000`,
} as const;
export type TimeForm = keyof typeof timeForms;

function shifted(at: Date, hours: number): Date {
  return new Date(at.getTime() + hours * 3_600_000);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function european(at: Date, mark: string): string {
  return [two(at.getUTCDate()), two(at.getUTCMonth() + 1), at.getUTCFullYear()].join(mark);
}

function clock(at: Date): string {
  return [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':');
}

function twelve(at: Date): string {
  const hour = at.getUTCHours() % 12 === 0 ? 12 : at.getUTCHours() % 12;
  return `${hour}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${at.getUTCHours() < 12 ? 'AM' : 'PM'}`;
}

const anyWay: fc.Arbitrary<Writing> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  decimal: fc.constantFrom('.', ','),
  thousands: fc.constantFrom('', '', '.', ',', ' ', "'"),
  digits: fc.integer({ min: 0, max: 4 }),
  time: fc.constantFrom(...(Object.keys(timeForms) as TimeForm[])),
  preamble: fc.constantFrom(
    [],
    [],
    ['Boiler temperature export', ''],
    ['# Instrument ABC', '# Site north, hall 4'],
    ['', 'Device;Logger 5', 'Serial|12345'],
    ['He said "hot"'],
  ),
  order: fc.constantFrom('oldest first', 'oldest first', 'newest first', 'jumps a little'),
  quoted: fc.boolean(),
  end: fc.constantFrom('\n', '\r\n'),
  encoding: fc.constantFrom('utf8', 'utf8', 'utf8 with mark', 'utf16le', 'windows-1252'),
  header: fc.constantFrom('named', 'other names'),
  more: fc.boolean(),
});

/** `1.200` in a file without a sign of decimal commas is how 1.2 is written plainly. */
function isPlainForAnother({ thousands, digits, delimiter, time }: Writing): boolean {
  return thousands === '.' && digits === 0 && delimiter !== ';' && time !== 'dotted';
}

export const anyWriting = anyWay.filter(
  (writing) => writing.decimal !== writing.thousands && !isPlainForAnother(writing),
);

/** A series: values in hundredths, so that they have the digits that any writing shows; oldest first. */
export interface Readings {
  readonly startAt: number;
  readonly stepSeconds: number;
  readonly values: readonly number[];
}

/** Rounds as a writing with so many digits does. */
export function roundedTo(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function numberText(value: number, { decimal, thousands, digits }: Writing): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(digits).split('.');
  const grouped = thousands === '' ? whole : whole.replaceAll(/\B(?=(\d{3})+$)/g, thousands);
  return `${value < 0 ? '-' : ''}${grouped}${fraction === undefined ? '' : `${decimal}${fraction}`}`;
}

/** The file, and the names of the columns of value and time. */
export function written({ startAt, stepSeconds, values }: Readings, writing: Writing) {
  const { delimiter, preamble, order, quoted, end, encoding, header, more } = writing;
  const cell = (text: string) => (quoted || text.includes(delimiter) ? `"${text}"` : text);
  const rows = values.map((value, index) => {
    const at = new Date(startAt + index * stepSeconds * 1000);
    const cells = [timeForms[writing.time](at), numberText(value, writing)];
    return (more ? [...cells, `stück ${index}`, String(index % 7)] : cells).map(cell).join(delimiter);
  });
  if (order === 'newest first') rows.reverse();
  if (order === 'jumps a little') {
    for (let index = 10; index + 3 < rows.length; index += 17)
      rows.splice(index, 0, ...rows.splice(index + 3, 1));
  }
  const names = header === 'named' ? ['timestamp', 'value'] : ['Zeit', 'Größe [°C]'];
  const top = (more ? [...names, 'Name', 'Nr'] : names).map(cell).join(delimiter);
  const text = [...preamble, top, ...rows, ''].join(end);
  return { bytes: encoded(text, encoding), timeName: names[0] ?? '', valueName: names[1] ?? '' };
}

function encoded(text: string, encoding: Writing['encoding']): Buffer {
  if (encoding === 'windows-1252') return Buffer.from(text, 'latin1');
  if (encoding === 'utf16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
  return Buffer.from(encoding === 'utf8' ? text : `\ufeff${text}`);
}
