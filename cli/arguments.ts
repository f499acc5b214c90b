import { InvalidArgumentError } from 'commander';
import { zonedTime } from '../lambda/reading/zoned-time.ts';

/** Parsers of option values, for commander. Each error states the rule and the value got. */

export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InvalidArgumentError(`It must be a number, got '${text}'.`);
  return value;
}

export function positiveNumber(text: string): number {
  const value = number(text);
  if (value <= 0) throw new InvalidArgumentError(`It must be a number greater than 0, got '${text}'.`);
  return value;
}

/** A whole number within bounds. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const rule =
    most === Number.MAX_SAFE_INTEGER
      ? `a whole number of at least ${least}`
      : `a whole number from ${least} to ${most}`;
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be ${rule}, got '${text}'.`);
    }
    return value;
  };
}

export function nonEmpty(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError("It must not be empty, got ''.");
}

/** A name that is given to a series. Bytes that are not UTF-8 have become U+FFFD by now, so that two names may have become one. */
export function seriesName(text: string): string {
  if (!nonEmpty(text).includes('\ufffd')) return text;
  throw new InvalidArgumentError(`It must be in UTF-8, as the terminal's locale must be, got '${text}'.`);
}

/** The separator of cells. `\t` stands for a tab, which is hard to type in a shell. */
export function delimiter(text: string): string {
  const character = text === '\\t' ? '\t' : text;
  if ([...character].length === 1 && !/["\r\n]/.test(character)) return character;
  throw new InvalidArgumentError(
    `It must be one character that is neither a quote nor a line break, or \\t for a tab, got '${text}'.`,
  );
}

const secondsOf: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, '': 1 };

/** Seconds, from `90`, `90s`, `1.5m` or `2h`. */
export function duration(text: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  const seconds = Number(amount) * (secondsOf[unit] ?? 0);
  if (amount === '' || seconds <= 0) {
    throw new InvalidArgumentError(`It must be a duration such as 30s, 5m or 1h, got '${text}'.`);
  }
  return seconds;
}

/** The ARN of an SNS topic. */
export function topicArn(text: string): string {
  if (/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w.-]+$/.test(text)) return text;
  throw new InvalidArgumentError(
    `It must be the ARN of an SNS topic, such as arn:aws:sns:us-east-1:123456789012:changes, got '${text}'.`,
  );
}

/** Epoch milliseconds, from ISO 8601 with a zone. */
export function timestamp(text: string): number {
  const time = zonedTime(text);
  if (time !== undefined) return time.ms;
  throw new InvalidArgumentError(
    `It must be an ISO 8601 time with a zone, such as 2026-01-31T12:00:00Z, got '${text}'.`,
  );
}
