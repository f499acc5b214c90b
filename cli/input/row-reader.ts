import { plain } from '../../lambda/figures.ts';
import type { LocalTime } from '../../lambda/reading/local-time.ts';
import { saysMissing } from '../../lambda/reading/number-text.ts';
import { fieldInSeries, seriesOfField } from '../../lambda/reading/series-of-field.ts';
import type { FailedError } from '../context.ts';
import { marksOfNothing } from './doubts/marks-of-nothing.ts';
import { unlikelyTimes } from './doubts/unlikely-times.ts';
import { type Field, textOf } from './field.ts';
import type { BadRow } from './left-out.ts';
import type { Measured, ReadingPlan } from './reading-plan.ts';
import type { ReadingTime } from './reading-time.ts';
import type { RowKind, Rows } from './row-source.ts';
import { timeTextOf } from './row-times.ts';
import type { OrderedReading, RawReading } from './series-order.ts';

/** Takes the readings out of rows. */
export interface RowReader {
  take(row: unknown, number: number, kind: RowKind): void;
  /** How many readings there were. */
  readonly readings: number;
  /** How numbers and times were read, where they could be read otherwise. */
  notes(): readonly string[];
}

export interface RowReaderTargets {
  /** Opens a series. @returns what takes its readings */
  open(series: string): (entry: OrderedReading) => void;
  /** Opens what takes the dates of a series. */
  openDates(): (time: LocalTime) => void;
  /** @param column - whose cell has no reading; `undefined` if the whole row has none */
  leaveOut(reason: BadRow, text: string, row: number, column?: string): void;
}

/** The series of one name in the column of series: one for each measured column. */
interface Device {
  readonly takers: readonly ((entry: OrderedReading) => void)[];
  /** Takes its dates, if there are some. */
  readonly takeDate: ((time: LocalTime) => void) | undefined;
  /** Epoch milliseconds of its newest row in the file. */
  previous: number | undefined;
  /** Milliseconds between that and the last one that had another time. */
  step: number;
}

export function rowReader(
  plan: ReadingPlan,
  rows: Rows,
  { open, openDates, leaveOut }: RowReaderTargets,
): RowReader {
  const { columns, measured, missing, time: timeColumn, zone, needsSeries, newestFirst } = plan;
  const { series: seriesField, times, id: idField } = columns;
  const devices = new Map<string, Device>();
  const marks = measured.map(({ field }) => marksOfNothing(field.name));
  let readings = 0;
  let [zoneless, inRepeatedHour] = [0, 0];
  const unlikely = unlikelyTimes();
  /** What is wrong with the rows below a header with other columns. A table of which no row is read may stand there. */
  let otherHeader: FailedError | undefined;

  return {
    take,
    get readings() {
      return readings;
    },
    notes: () => [
      ...measured.flatMap(({ numbers }) => numbers.note ?? []),
      ...(seriesField !== undefined && measured.length > 1 && measured.some(({ field }) => isEscaped(field))
        ? ["'/' in the name of a column is written '~1' in the name of its series"]
        : []),
      ...marks.flatMap((one) => one.note() ?? []),
      ...(timeColumn?.note === undefined ? [] : [timeColumn.note]),
      ...unlikely.notes(),
      ...(zoneless === 0
        ? []
        : [`times without a zone taken as ${zone.name}${otherZone(plan)} (--time-zone)`]),
      ...(inRepeatedHour === 0
        ? []
        : [
            `${plain.counted(inRepeatedHour, 'time')} in an hour that the clocks of ${zone.name} show twice, told apart by their order`,
          ]),
    ],
  };

  function take(row: unknown, number: number, kind: RowKind): void {
    if (kind !== 'row') {
      const isEmpty = kind === 'blank' || kind === 'no-cell';
      const isValue = kind === plan.missingValue;
      leaveOut(isEmpty ? 'empty' : kind, '', number, isValue ? measured[0]?.field.name : undefined);
      if (isValue || (!isEmpty && seriesField === undefined)) passGaps(deviceOf(''), number);
      return;
    }
    const name = seriesField === undefined ? '' : textOf(seriesField.of(row));
    if (name?.isWellFormed() !== true) return void leaveOut('bad-series', name ?? '', number);
    if (name === '' && needsSeries) return void leaveOut('no-series', '', number);
    const device = deviceOf(name);
    if (timeColumn === undefined) return void takeValues(row, number, device, undefined);
    const text = timeTextOf(times, row) ?? anObject;
    const local = timeColumn.read(text);
    const ms = local === undefined ? undefined : instantOf(local, device);
    if (local === undefined || ms === undefined) {
      if (rows.isHeader(row)) return void leaveOut('repeated-header', '', number);
      otherHeader ??= rows.otherHeader(row, number);
      leaveOut(local === undefined ? 'bad-time' : 'skipped-hour', text, number);
      const cellOf = ({ field }: Measured) => textOf(field.of(row)) ?? anObject;
      return void passGaps(device, number, (column) => ({ time: text, value: cellOf(column) }));
    }
    if (timeColumn.isCalendar) unlikely.take(ms);
    const step = Math.abs(ms - (device.previous ?? ms));
    if (step > 0) device.step = step;
    device.previous = ms;
    device.takeDate?.(local);
    takeValues(row, number, device, { ms, ns: local.ns, isCalendar: timeColumn.isCalendar });
  }

  function takeValues(row: unknown, number: number, device: Device, time: ReadingTime | undefined): void {
    const id = idField === undefined ? '' : textOf(idField.of(row));
    for (let index = 0; index < measured.length; index++) {
      const column = measured[index];
      if (column === undefined) continue;
      const value = numberIn(column, row);
      const isNamed = id !== '' && id !== undefined;
      const saysNone = missing.size > 0 && missing.has(value);
      if (Number.isFinite(value) && !saysNone) {
        if (otherHeader !== undefined) throw otherHeader;
        readings++;
        marks[index]?.take(value);
        device.takers[index]?.({ time, value, row: number, key: isNamed ? id : value });
        continue;
      }
      if (rows.isHeader(row)) return void leaveOut('repeated-header', '', number);
      otherHeader ??= rows.otherHeader(row, number);
      const text = textOf(column.field.of(row)) ?? anObject;
      leaveOut(saysNone || saysMissing(text) ? 'empty' : 'not-a-number', text, number, column.field.name);
      const raw = { value: text, ...(isNamed && { id }) };
      device.takers[index]?.({ time, value: Number.NaN, row: number, key: Number.NaN, raw });
    }
  }

  /** Epoch milliseconds; `undefined` if the clocks skip the time. */
  function instantOf({ ms, offset }: LocalTime, { previous, step }: Device): number | undefined {
    if (offset !== undefined) return ms - offset;
    zoneless++;
    const wall = zone.at(ms);
    if (wall?.second === undefined) return wall?.first;
    inRepeatedHour++;
    const isAhead = (one: number, other: number) => one > other || (one === other && step >= hourMs);
    // The clocks show the hour for the second time where it would else lead back, or stand still where each hour has one row.
    if (previous === undefined) return newestFirst ? wall.second : wall.first;
    if (newestFirst) return isAhead(wall.second, previous) ? wall.first : wall.second;
    return isAhead(previous, wall.first) ? wall.second : wall.first;
  }

  /** @param rawOf - what the row has, if it has cells */
  function passGaps({ takers }: Device, row: number, rawOf?: (column: Measured) => RawReading): void {
    for (const [index, take] of takers.entries()) {
      const column = measured[index];
      const raw = column === undefined ? undefined : rawOf?.(column);
      take({ time: undefined, value: Number.NaN, row, key: Number.NaN, ...(raw && { raw }) });
    }
  }

  function deviceOf(name: string): Device {
    const known = devices.get(name);
    if (known !== undefined) return known;
    const takers = measured.map(({ field }) =>
      open(measured.length === 1 ? name : nameOf(name, field.name, seriesField !== undefined)),
    );
    const takeDate = plan.isDated ? openDates() : undefined;
    const device = { takers, takeDate, previous: undefined, step: 0 };
    devices.set(name, device);
    return device;
  }
}

/** Where the name of the column has another zone than the one that is used: a hint for those who overlook it. */
function otherZone({ timeName, zone }: ReadingPlan): string {
  const [named] = /(UTC|GMT) ?[+-]\d\d?(:?\d\d)?|\b[A-Z][a-z]+\/[A-Z][A-Za-z_]+/.exec(timeName) ?? [];
  return named === undefined || zone.name !== 'UTC' ? '' : `, though '${timeName}' names ${named}`;
}

const hourMs = 3_600_000;
const isEscaped = ({ name }: Field) => fieldInSeries(name) !== name;

const anObject = 'an object or array';

/** Not finite if the cell has no number. */
function numberIn({ field, numbers }: Measured, row: unknown): number {
  const cell = field.of(row);
  if (typeof cell === 'string') return numbers.read(cell);
  return typeof cell === 'number' ? cell : Number.NaN;
}

/** Of one of several columns. Without devices, the column alone is the series. */
function nameOf(device: string, column: string, hasDevices: boolean): string {
  if (!hasDevices) return column;
  return device === '' ? fieldInSeries(column) : seriesOfField(device, column);
}
