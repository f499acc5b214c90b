import type { MessageAttributeValue, PublishCommandInput } from '@aws-sdk/client-sns';
import type { SeriesChangePoint } from '../change-point.ts';
import { digitsOfLevels, plain } from '../figures.ts';
import { printable } from '../printable.ts';
import { processingLimits } from '../processing-limits.ts';
import { significanceLevel } from '../significance-level.ts';

/** Significant digits of a value: enough for people; machines read the JSON. */
const messageDigits = 6;

/**
 * What the topic carries for a change point: JSON for machines, a text for people, attributes for filter policies.
 *
 * A seriesId may hold any text. JSON carries it whole. In the texts for people and in the attributes it is made printable.
 */
export function messageFor(changePoint: SeriesChangePoint): Omit<PublishCommandInput, 'TopicArn'> {
  const { seriesId, direction, kind, magnitude, pValue } = changePoint;
  // SNS and SQS refuse these two characters, so JSON escapes them.
  const json = JSON.stringify(changePoint).replaceAll(
    /[\ufffe\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16)}`,
  );
  const text = textFor(changePoint);
  return {
    Subject: subjectFor(changePoint),
    MessageStructure: 'json',
    Message: JSON.stringify({ default: json, email: text, sms: text }),
    MessageAttributes: {
      seriesId: { DataType: 'String', StringValue: printable(seriesId) },
      direction: { DataType: 'String', StringValue: direction },
      magnitude: number(magnitude),
      pValue: number(pValue),
      ...(kind !== undefined && { kind: { DataType: 'String', StringValue: kind } }),
    },
  };
}

function subjectFor({ seriesId, direction, magnitude }: SeriesChangePoint): string {
  const change = ` ${direction} by ${rounded(Math.abs(magnitude))}`;
  const room = processingLimits.subjectCharacters - 'AED: '.length - change.length;
  const name = printable(seriesId).replaceAll(/[^\x20-\x7e]/gu, '?');
  return `AED: ${name.length <= room ? name : `${name.slice(0, room - 3)}...`}${change}`;
}

function textFor(changePoint: SeriesChangePoint): string {
  const { seriesId, direction, magnitude, before, after, trend } = changePoint;
  const verb = direction === 'up' ? 'rose' : 'fell';
  const digits = digitsOfLevels(before.median, after.median, messageDigits);
  return [
    `${printable(seriesId)} ${verb} by ${rounded(Math.abs(magnitude))} to a new level.`,
    '',
    `New level since: ${changePoint.changedAt}${earliestAndLatest(changePoint)}`,
    `Known at:        ${changePoint.detectedAt} (reading ${rounded(changePoint.value)})`,
    `Level before:    ${plain.level(before.median, digits)} (median of ${before.count} readings)`,
    `Level after:     ${plain.level(after.median, digits)} (median of ${after.count} readings)`,
    ...sizeAndKind(changePoint),
    ...(trend === undefined ? [] : [`Drift before:    ${driftFor(trend)}`]),
    `p-value:         ${pValueFor(changePoint)}`,
    `Id:              ${changePoint.id}`,
    '',
  ].join('\n');
}

function earliestAndLatest({ changedFrom, changedTo }: SeriesChangePoint): string {
  return changedFrom === undefined || changedTo === undefined
    ? ''
    : ` (95 %: from ${changedFrom} to ${changedTo})`;
}

/** Nothing for a change point that was stored before there was either. */
function sizeAndKind({ magnitude, magnitudeInterval, kind }: SeriesChangePoint): readonly string[] {
  if (magnitudeInterval === undefined || kind === undefined) return [];
  const { from, to } = magnitudeInterval;
  return [
    `Size:            ${rounded(magnitude)} (95 %: from ${rounded(from)} to ${rounded(to)})`,
    `Kind:            ${kind} (${kindsInWords[kind]})`,
  ];
}

const kindsInWords: Readonly<Record<NonNullable<SeriesChangePoint['kind']>, string>> = {
  shift: 'it jumped to the new level',
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
  const shown = plain.pValue(pValue, significanceLevel(options));
  const every = falseAlarmEvery ?? (options.statistic === 'scan' ? 1 / pValue : undefined);
  return every === undefined
    ? shown
    : `${shown} (without a change, such a ${nouns[options.statistic]} comes once in ${rounded(Number(every.toPrecision(2)))} readings)`;
}

function driftFor({ slope, pValue }: NonNullable<SeriesChangePoint['trend']>): string {
  return `${rounded(slope)} a reading (p-value ${pValue.toPrecision(2)})`;
}

function rounded(value: number): string {
  return plain.level(value, messageDigits);
}

function number(value: number): MessageAttributeValue {
  const carried = Math.abs(value) < processingLimits.smallestAttribute ? 0 : value;
  return { DataType: 'Number', StringValue: String(carried) };
}
