import type { PublishCommandInput } from '@aws-sdk/client-sns';
import type { SeriesChangePoint } from '../change-point.ts';
import { plain } from '../figures.ts';
import { moveTexts, shownLevels } from '../move-texts.ts';
import { inAscii, inSubject, subjectFor, subjectStart, textFor } from '../notify/message.ts';
import { printable } from '../printable.ts';
import { processingLimits } from '../processing-limits.ts';
import { shortIso } from '../times.ts';
import { chatNotification } from './chat-notification.ts';
import { firstLines, type ListLimits, listOf } from './text-lists.ts';

/** What people are to be told of one series. */
export interface SeriesNews {
  readonly seriesId: string;
  /** At least one, oldest first. */
  readonly changes: readonly SeriesChangePoint[];
  /** Ids of change points that were held before and are told by `count` alone. No text has them; they show what a message told of. */
  readonly counted?: readonly string[];
  /** Change points of the last hour, all of these included. */
  readonly count: number;
  /** Whether it changes so often that its next change points wait, to come together. */
  readonly flaps: boolean;
}

const { digestLines, smsLines, smsBytes, chatBytes, emailBytes } = processingLimits;

/**
 * One message to people: of one change point all that there is to say, of several series a line each, the largest changes first.
 *
 * Its parts are for the protocols of SNS. Chats get theirs by `https`. With parts, SNS sends no attributes.
 *
 * @param news - at least one series
 */
export function peopleMessage(
  news: readonly SeriesNews[],
): Pick<PublishCommandInput, 'Subject' | 'Message' | 'MessageStructure'> {
  const [first] = news;
  if (first === undefined) throw new RangeError('news must be of at least one series, got none');
  const sorted = news.toSorted((a, b) => sizeOf(b) - sizeOf(a) || (a.seriesId < b.seriesId ? -1 : 1));
  const subject = news.length === 1 ? subjectOf(first) : `${subjectStart}${countOf(news)}`;
  const text = (lines: number, bytes: number) =>
    news.length === 1 ? firstLines(textOf(first), bytes) : textOfMany(sorted, { lines, bytes });
  const whole = text(digestLines, emailBytes);
  const https = JSON.stringify(
    chatNotification({
      subject,
      text: text(digestLines, chatBytes),
      ...(news.length === 1 && { seriesId: first.seriesId }),
    }),
  );
  return {
    Subject: subject,
    MessageStructure: 'json',
    Message: JSON.stringify({
      default: whole,
      email: whole,
      sms: inAscii(text(smsLines, smsBytes)),
      http: https,
      https,
    }),
  };
}

function subjectOf(news: SeriesNews): string {
  const { seriesId, changes, count, flaps } = news;
  if (changes.length === 1 && !flaps) return subjectFor(lastOf(news));
  return inSubject(seriesId, flaps ? ` flaps: ${count} changes` : ` changed ${changes.length} times`);
}

/** One change alone reads as it always did. */
function textOf(news: SeriesNews): string {
  const { changes, flaps } = news;
  const last = lastOf(news);
  if (changes.length === 1 && !flaps) return textFor(last);
  return [
    lineOf(news),
    ...(flaps ? ['', whenItFlaps] : []),
    '',
    flaps ? 'Among them:' : 'The last change:',
    '',
    textFor(last),
  ].join('\n');
}

const whenItFlaps = `A series that flaps is named in at most ${processingLimits.tellingsAnHour} messages an hour. Its further changes come together after that.`;

function countOf(news: readonly SeriesNews[]): string {
  const isRetraction = news.every(({ changes }) => changes.every((one) => one.retractedAt !== undefined));
  return `${news.length} series ${isRetraction ? 'with retracted changes' : 'shifted'}`;
}

function textOfMany(sorted: readonly SeriesNews[], limits: ListLimits): string {
  const flapping = sorted.filter(({ flaps }) => flaps).length;
  const head = `${countOf(sorted)}, the largest changes first:`;
  const foot =
    flapping === 0 ? [] : ['', `Of them, ${flapping} flap${flapping === 1 ? 's' : ''}. ${whenItFlaps}`];
  return [head, '', ...listOf(sorted.map(lineOf), limits), ...foot, ''].join('\n');
}

function lineOf(news: SeriesNews): string {
  const { seriesId, changes, count, flaps } = news;
  const last = lastOf(news);
  const { levels, size, since } = moveTexts(last, plain);
  const retracted = last.retractedAt === undefined ? '' : ', retracted';
  const move = `${levels} (${size}), ${since} ${shortIso(last.changedAt)}${retracted}`;
  const name = printable(seriesId);
  if (flaps) return `${name} flaps: ${count} changes came within an hour, among them: ${move}`;
  return changes.length === 1 ? `${name}: ${move}` : `${name}: ${changes.length} changes, the last: ${move}`;
}

/** The size of the change that a series is shown with, in the unit of its data; of counts, whose typical shift may be 0, that of the mean. */
function sizeOf(news: SeriesNews): number {
  const last = lastOf(news);
  const { before, after } = shownLevels(last);
  return Math.abs(last.magnitude === 0 ? after - before : last.magnitude);
}

function lastOf({ seriesId, changes }: SeriesNews): SeriesChangePoint {
  const last = changes.at(-1);
  if (last === undefined)
    throw new RangeError(`news of '${printable(seriesId)}' must be of one change at least`);
  return last;
}
