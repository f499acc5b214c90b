import { remarkLimits } from '../../../lambda/acknowledgement.ts';
import { typeset } from '../../../lambda/figures.ts';
import { printable } from '../../../lambda/printable.ts';
import type { Writes } from '../../wire.ts';
import { askWrite } from './ask-write.ts';
import type { Question } from './question.ts';
import { nameField, rememberName } from './reader-name.ts';

/** Change points that the reader has seen: one, or that one and all before it in its series. */
export interface AcknowledgeTarget {
  readonly seriesId: string;
  readonly eventKey: string;
  readonly only?: boolean;
}

/** Series in a write, at most. */
const atOnce = 200;

/** Asks whether changes are to be acknowledged, with a note. @param what - says which */
export function acknowledgeQuestion(
  targets: readonly AcknowledgeTarget[],
  what: string,
  writes: Writes,
): Question {
  return {
    title: 'Acknowledge',
    text: `You take note of ${what}. It is red no more, for everybody.`,
    fields: [
      { name: 'note', label: 'Note, if you like', kind: 'text', most: remarkLimits.note },
      nameField(writes.user),
    ],
    confirm: 'Acknowledge',
    async act({ note = '', by = '' }) {
      rememberName(by);
      for (let start = 0; start < targets.length; start += atOnce) {
        const some = targets.slice(start, start + atOnce);
        await askWrite('/api/acknowledge', { targets: some, note, by }, writes).catch((error) => {
          const before = start === 0 ? '' : `, after the first ${typeset.counted(start, 'series', 'series')}`;
          throw new Error(`${error instanceof Error ? error.message : error}${before}`);
        });
      }
    },
  };
}

/** An acknowledgement that the reader has seen. */
export interface SeenAcknowledgement {
  readonly seriesId: string;
  readonly eventKey: string;
  readonly acknowledgedAt: string;
}

/** Asks whether an acknowledgement is to be taken back. @param by - whose it is */
export function takeBackQuestion(seen: SeenAcknowledgement, by: string, writes: Writes): Question {
  return {
    title: 'Take back',
    text: `This change of ${printable(seen.seriesId)} is red again, for everybody. The name ${by} and the note are deleted.`,
    fields: [],
    confirm: 'Take back',
    act: () => askWrite('/api/take-back', { targets: [seen] }, writes),
  };
}
