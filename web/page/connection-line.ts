import { ago } from '../../lambda/times.ts';
import type { ShownTimes } from './chosen/shown-times.ts';
import { elementOf, setText } from './elements.ts';

/** Says whether what is shown is of now. */
export interface ConnectionLine {
  readonly isOpen: boolean;
  /** @param why - the server refused the connection */
  show(state: 'open' | 'lost', why?: string): void;
  /** The server has told something. */
  heard(): void;
}

export function connectionLine(times: ShownTimes): ConnectionLine {
  const line = elementOf('connection', HTMLElement);
  const banner = elementOf('lost', HTMLElement);
  let isOpen = false;
  let heardAt: number | undefined;
  let refusal: string | undefined;

  function tell(): void {
    if (isOpen) return;
    const since =
      heardAt === undefined
        ? 'Nothing has been heard yet.'
        : `What you see is of ${times.text(heardAt - (heardAt % 1000))} ${times.name}, ${ago(Date.now() - heardAt)}.`;
    setText(banner, `Not live${refusal === undefined ? '' : `: ${refusal}`}. ${since}`);
  }
  setInterval(tell, 5_000);

  return {
    get isOpen() {
      return isOpen;
    },
    show(state, why) {
      isOpen = state === 'open';
      refusal = why;
      line.dataset.state = state;
      banner.hidden = isOpen;
      setText(line, isOpen ? 'live' : 'connection lost, trying again');
      tell();
    },
    heard() {
      heardAt = Date.now();
    },
  };
}
