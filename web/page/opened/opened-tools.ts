import { typeset } from '../../../lambda/figures.ts';
import { printable } from '../../../lambda/printable.ts';
import type { Mute, Writes } from '../../wire.ts';
import { apiAddress } from '../api-address.ts';
import type { ShownTimes } from '../chosen/shown-times.ts';
import { elementOf, leave, make, setText } from '../elements.ts';

/** The opened series, as far as its tools go. */
export interface Tooled {
  readonly seriesId: string;
  /** Number of its changes that nobody acknowledged. */
  readonly unacknowledged: number;
  readonly mute: Mute | undefined;
  /** What may be written; `undefined` if nothing may. */
  readonly writes: Writes | undefined;
}

/** What can be done with the opened series. */
export interface OpenedTools {
  show(series: Tooled): void;
}

export interface ToolActions {
  /** Acknowledges all changes of the series. */
  readonly acknowledgeAll: () => void;
  readonly mute: () => void;
  readonly unmute: () => void;
}

const downloads = [
  ['/api/readings.csv', 'Readings as CSV'],
  ['/api/changes.csv', 'Changes as CSV'],
] as const;

export function openedTools(actions: ToolActions, times: ShownTimes): OpenedTools {
  const tools = elementOf('opened-tools', HTMLElement);
  const acknowledge = elementOf('acknowledge-opened', HTMLButtonElement);
  const mute = elementOf('mute', HTMLButtonElement);
  const muted = elementOf('muted', HTMLElement);
  const panel = elementOf('opened', HTMLElement);
  let shown: Mute | undefined;
  acknowledge.addEventListener('click', actions.acknowledgeAll);
  mute.addEventListener('click', () => (shown === undefined ? actions.mute() : actions.unmute()));
  const links = downloads.map(([path, text]) => {
    const link = make('a', { text });
    link.download = '';
    elementOf('downloads', HTMLElement).append(link);
    return { path, link };
  });
  return {
    show({ seriesId: id, unacknowledged, mute: now, writes }) {
      shown = now;
      tools.hidden = false;
      for (const { path, link } of links) link.href = apiAddress(path, { id });
      acknowledge.hidden = writes === undefined;
      if (unacknowledged === 0) leave(acknowledge, panel);
      acknowledge.disabled = unacknowledged === 0;
      const some = `Acknowledge ${typeset.counted(unacknowledged, 'change')}`;
      setText(acknowledge, unacknowledged === 0 ? 'Nothing to acknowledge' : some);
      // A mute of a pattern is of other series as well.
      mute.hidden = !writes?.rules || now?.pattern !== undefined;
      setText(mute, now === undefined ? 'Mute' : 'Unmute');
      setText(muted, now === undefined ? '' : mutedText(now, times));
    },
  };
}

function mutedText({ until, by, pattern }: Mute, times: ShownTimes): string {
  const at = Date.parse(until);
  const whose = by === '' ? '' : ` by ${printable(by)}`;
  const all = pattern === undefined ? '' : `, with all of ${printable(pattern)}`;
  return `Muted${whose} until ${times.text(at - (at % 1000))} ${times.name}${all}: people are not told of its changes.`;
}
