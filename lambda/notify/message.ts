import type { MessageAttributeValue, PublishCommandInput } from '@aws-sdk/client-sns';
import type { SeriesChangePoint, SeriesLevel } from '../change-point.ts';
import { digitsOfLevels, plainWith } from '../figures.ts';
import { moveTexts } from '../move-texts.ts';
import { printable } from '../printable.ts';
import { processingLimits } from '../processing-limits.ts';
import { significanceLevel } from '../significance-level.ts';

/** Significant digits of a value: enough for people; machines read the JSON. */
const messageDigits = 6;
const figures = plainWith(messageDigits);

/**
 * What the topic of change points carries, for machines: one string of JSON, with attributes for filter policies.
 *
 * A seriesId may hold any text. JSON carries it whole; in the attributes it is made printable.
 *
 * @throws RangeError naming the number that is none
 */
export function messageFor(
  changePoint: SeriesChangePoint,
): Pick<PublishCommandInput, 'Message' | 'MessageAttributes'> {
  const { seriesId, direction, kind, magnitude, muted, pValue, retractedAt } = changePoint;
  return {
    // SNS and SQS refuse these two characters, so JSON escapes them.
    Message: JSON.stringify(changePoint).replaceAll(
      /[\ufffe\uffff]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16)}`,
    ),
    MessageAttributes: {
      seriesId: text(printable(seriesId)),
      direction: text(direction),
      magnitude: number('magnitude', magnitude),
      pValue: number('pValue', pValue),
      ...(kind !== undefined && { kind: text(kind) }),
      ...(muted === true && { muted: text('true') }),
      ...(retractedAt !== undefined && { retracted: text('true') }),
    },
  };
}

/** What people read of a change point that is retracted. */
const retraction =
  'Retracted: it rested on readings that were deleted or corrected, and the others do not show it.';

/** What moved, which way and how far. */
export function subjectFor(changePoint: SeriesChangePoint): string {
  const { seriesId, direction, magnitude, retractedAt } = changePoint;
  const { by, size } = moveTexts(changePoint, figures);
  const step = magnitude !== 0 ? ` by ${rounded(Math.abs(magnitude))}` : by === 'ranks' ? '' : `, ${size}`;
  return inSubject(
    seriesId,
    inAscii(` ${direction}${step}${retractedAt === undefined ? '' : ', retracted'}`),
  );
}

/** What begins the subject of every message to people. */
export const subjectStart = 'AED: ';

/** A subject of ASCII, as long as SNS takes it: the name of a series, cut if need be, and what there is to say of it. */
export function inSubject(seriesId: string, said: string): string {
  const room = processingLimits.subjectCharacters - subjectStart.length - said.length;
  const name = printable(seriesId).replaceAll(/[^\x20-\x7e]/gu, '?');
  return `${subjectStart}${name.length <= room ? name : `${name.slice(0, room - 3)}...`}${said}`;
}

/** All that there is to say of one change point, a line each. */
export function textFor(changePoint: SeriesChangePoint): string {
  const { seriesId, trend, retractedAt, rule } = changePoint;
  const { sentence, since } = moveTexts(changePoint, figures);
  return [
    `${printable(seriesId)} ${sentence}.`,
    ...(retractedAt === undefined ? [] : [retraction]),
    '',
    `${`${since[0]?.toUpperCase()}${since.slice(1)}:`.padEnd(17)}${changePoint.changedAt}${earliestAndLatest(changePoint)}`,
    `Known at:        ${changePoint.detectedAt} (reading ${rounded(changePoint.value)})`,
    ...levelLines(changePoint),
    ...sizeAndKind(changePoint),
    ...(trend === undefined ? [] : [`Drift before:    ${driftFor(trend)}`]),
    `p-value:         ${pValueFor(changePoint)}`,
    ...(rule === undefined ? [] : [`Rule:            ${printable(rule)}`]),
    `Id:              ${changePoint.id}`,
    '',
  ].join('\n');
}

/** Both levels, with as many digits as show that they differ. */
function levelLines({ before, after, direction }: SeriesChangePoint): readonly string[] {
  const ofMedians = digitsOfLevels(before.median, after.median, messageDigits);
  const [from = 0, to = 0] = [before.mean, after.mean];
  const ofMeans = digitsOfLevels(from, to, messageDigits);
  const line = ({ median, mean, count }: SeriesLevel) =>
    `${figures.level(median, ofMedians)} (median of ${count} readings${mean === undefined ? '' : `; mean ${figures.level(mean, ofMeans)}`})`;
  const isContrary = direction === 'up' ? to < from : to > from;
  return [
    `Level before:    ${line(before)}`,
    `Level after:     ${line(after)}`,
    ...(isContrary ? ['Mean:            it moved the other way; the ranks of the readings decide'] : []),
  ];
}

function earliestAndLatest({ changedFrom, changedTo }: SeriesChangePoint): string {
  return changedFrom === undefined || changedTo === undefined
    ? ''
    : ` (95 %: from ${changedFrom} to ${changedTo})`;
}

/** An SMS with another character than those of its alphabet holds less than half as many. */
export function inAscii(text: string): string {
  return text.replaceAll('−', '-').replaceAll('→', '->');
}

/** Nothing for a change point that was stored before there was either. */
function sizeAndKind(changePoint: SeriesChangePoint): readonly string[] {
  const { magnitude, magnitudeInterval, kind } = changePoint;
  if (magnitudeInterval === undefined || kind === undefined) return [];
  const { from, to } = magnitudeInterval;
  const range = ` (95 %: from ${rounded(from)} to ${rounded(to)})`;
  return [
    `Size:            ${magnitude === 0 ? moveTexts(changePoint, figures).size : `${rounded(magnitude)}${range}`}`,
    `Kind:            ${kind} (${kindsInWords[kind]})`,
  ];
}

export const kindsInWords: Readonly<Record<NonNullable<SeriesChangePoint['kind']>, string>> = {
  shift: 'it jumped',
  drift: 'it climbs or falls bit by bit',
  unsure: 'a jump or a drift, which cannot be told yet',
};

/** What a statistic calls its value. */
const nouns: Readonly<Record<SeriesChangePoint['options']['statistic'], string>> = {
  mpp: 'statistic',
  scan: 'score',
};

/** The p-value, and how rare that is where it is known. */
function pValueFor({ pValue, falseAlarmEvery, options }: SeriesChangePoint): string {
  const shown = figures.pValue(pValue, significanceLevel(options));
  const every = falseAlarmEvery ?? (options.statistic === 'scan' ? 1 / pValue : undefined);
  return every === undefined
    ? shown
    : `${shown} (without a change, such a ${nouns[options.statistic]} comes once in ${rounded(Number(every.toPrecision(2)))} readings)`;
}

function driftFor({ slope, pValue }: NonNullable<SeriesChangePoint['trend']>): string {
  return `${rounded(slope)} a reading (p-value ${pValue.toPrecision(2)})`;
}

function rounded(value: number): string {
  return figures.level(value, messageDigits);
}

function text(value: string): MessageAttributeValue {
  return { DataType: 'String', StringValue: value };
}

function number(name: string, value: number): MessageAttributeValue {
  // Of an item that somebody damaged.
  if (typeof value !== 'number' || Number.isNaN(value))
    throw new RangeError(`${name} must be a number, got ${value}`);
  const carried = Math.abs(value) < processingLimits.smallestAttribute ? 0 : value;
  return { DataType: 'Number', StringValue: String(carried) };
}
