import { optionsToText, type ResolvedOptions } from '@aed/core';
import { typeset } from '../../../lambda/figures.ts';
import { printable } from '../../../lambda/printable.ts';
import type { Writes } from '../../wire.ts';
import { optionFields } from '../option-fields.ts';
import { askWrite } from './ask-write.ts';
import type { Question } from './question.ts';
import { nameField, rememberName } from './reader-name.ts';

/** After so long the service goes by a rule. */
const effectiveSeconds = 10;
const hour = 3_600_000;

const spans = [
  [hour, '1 hour'],
  [8 * hour, '8 hours'],
  [24 * hour, '1 day'],
  [7 * 24 * hour, '1 week'],
] as const;

/** Asks whether people are to be told nothing of a series for a while. */
export function muteQuestion(seriesId: string, writes: Writes): Question {
  return {
    title: 'Mute',
    text:
      `Nobody is told of the changes of ${printable(seriesId)} that are found from ${effectiveSeconds} seconds on. They are found, stored ` +
      'and shown here all the same, and machines are told.',
    fields: [
      {
        name: 'span',
        label: 'For',
        kind: 'choice',
        choices: spans.map(([milliseconds, text]) => [String(milliseconds), text]),
      },
      nameField(writes.user),
    ],
    confirm: 'Mute',
    async act({ span = '', by = '' }) {
      rememberName(by);
      await askWrite('/api/mute', { seriesId, milliseconds: Number(span), by }, writes);
    },
  };
}

/** Asks whether a mute is to end. */
export function unmuteQuestion(seriesId: string, writes: Writes): Question {
  return {
    title: 'Unmute',
    text: `People are told of the changes of ${printable(seriesId)} again, from ${effectiveSeconds} seconds on.`,
    fields: [nameField(writes.user)],
    confirm: 'Unmute',
    async act({ by = '' }) {
      rememberName(by);
      await askWrite('/api/unmute', { seriesId, by }, writes);
    },
  };
}

/** Asks whether the service is to test a series with the options of What if. */
export function optionsQuestion(
  seriesId: string,
  wanted: ResolvedOptions,
  before: ResolvedOptions,
  writes: Writes,
): Question {
  return {
    title: 'Use these options',
    text:
      `The service tests ${printable(seriesId)}, and no other series, with ${differences(wanted, before)}. It does so for readings ` +
      `from ${effectiveSeconds} seconds on; what it has reported stays. aed options unset takes it back.`,
    fields: [nameField(writes.user)],
    confirm: 'Use them',
    async act({ by = '' }) {
      rememberName(by);
      await askWrite('/api/options', { seriesId, options: optionsToText(wanted), by }, writes);
    },
  };
}

/** `startup 10 in place of 5, window 0 in place of 5`. */
function differences(wanted: ResolvedOptions, before: ResolvedOptions): string {
  const shown = (value: unknown) => (typeof value === 'number' ? typeset.level(value) : String(value));
  return optionFields
    .filter(({ name }) => wanted[name] !== before[name])
    .map(({ name, label }) => `${label} ${shown(wanted[name])} in place of ${shown(before[name])}`)
    .join(', ');
}
