import type { History } from '../../wire.ts';
import { elementOf, setText } from '../elements.ts';
import type { WhatIfAnswer } from '../what-if-client.ts';
import * as texts from './opened-texts.ts';

/** What the lines around the plots of the opened series say. */
export interface OpenedFacts {
  readonly history: History;
  /** Epoch milliseconds of the readings. */
  readonly times: readonly number[];
  readonly newest: number | undefined;
  readonly level: number | undefined;
  readonly answer: WhatIfAnswer | undefined;
  readonly startup: number;
  /** Whether other options than the service's are tried. */
  readonly isWhatIf: boolean;
  /** Number of changes with these options, and with the service's. */
  readonly here: number;
  readonly service: number;
}

/** The lines of text around the plots of the opened series. */
export interface OpenedLines {
  /** Says why nothing is shown. */
  say(text: string): void;
  show(facts: OpenedFacts): void;
}

export function openedLines(): OpenedLines {
  const state = elementOf('opened-state', HTMLElement);
  const wander = elementOf('wander', HTMLElement);
  const evidence = elementOf('evidence', HTMLElement);
  const whatIf = elementOf('what-if', HTMLElement);
  return {
    say: (text) => setText(state, text),
    show({ history, times, newest, level, answer, startup, isWhatIf, here, service }) {
      setText(state, texts.stateText(newest, level, times.length, history));
      setText(wander, texts.wanderText(answer));
      setText(evidence, texts.evidenceText(answer, startup, times.slice(-101)));
      whatIf.classList.toggle('other', isWhatIf);
      setText(whatIf, texts.whatIfText(isWhatIf, here, service, history));
    },
  };
}
