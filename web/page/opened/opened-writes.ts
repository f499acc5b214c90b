import type { ResolvedOptions } from '@aed/core';
import { printable } from '../../../lambda/printable.ts';
import type { Writes } from '../../wire.ts';
import type { ShownStanding } from '../shown-change.ts';
import { acknowledgeQuestion, takeBackQuestion } from '../writes/acknowledge.ts';
import type { Question } from '../writes/question.ts';
import { muteQuestion, optionsQuestion, unmuteQuestion } from '../writes/rules.ts';

/** By what the page writes. */
export interface WriteSetting {
  /** What may be written; `undefined` if nothing may, or the server is not there. */
  readonly writes: () => Writes | undefined;
  /** Asks before something is written. */
  readonly ask: (question: Question) => void;
}

/** What the reader may write about the opened series. Each asks first. */
export interface OpenedWrites {
  /** @param eventKey - at which the change was known; with `only` unset, of the newest that is shown */
  acknowledge(eventKey: string | undefined, only: boolean): void;
  /** Takes back the acknowledgement of one change. */
  takeBack(standing: ShownStanding | undefined): void;
  mute(): void;
  unmute(): void;
  /** Has the service test the series with other options. */
  use(options: ResolvedOptions, before: ResolvedOptions): void;
}

/** @param seriesId - the opened series */
export function openedWrites(
  { writes, ask }: WriteSetting,
  seriesId: () => string | undefined,
): OpenedWrites {
  /** Asks, if something may be written now. */
  function question(about: (seriesId: string, writes: Writes) => Question): void {
    const [id, allowed] = [seriesId(), writes()];
    if (id !== undefined && allowed !== undefined) ask(about(id, allowed));
  }

  return {
    acknowledge(eventKey, only) {
      if (eventKey === undefined) return;
      const what = only ? 'this change' : 'every change that is shown';
      question((id, allowed) =>
        acknowledgeQuestion([{ seriesId: id, eventKey, only }], `${what} of ${printable(id)}`, allowed),
      );
    },
    takeBack(standing) {
      const { eventKey, acknowledgedAt, by = '' } = standing ?? {};
      if (eventKey === undefined || acknowledgedAt === undefined) return;
      question((id, allowed) => takeBackQuestion({ seriesId: id, eventKey, acknowledgedAt }, by, allowed));
    },
    mute: () => question(muteQuestion),
    unmute: () => question(unmuteQuestion),
    use: (options, before) => question((id, allowed) => optionsQuestion(id, options, before, allowed)),
  };
}
