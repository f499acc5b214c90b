import { typeset } from '../../lambda/figures.ts';
import { apiAddress } from './api-address.ts';
import { elementOf, make, setText } from './elements.ts';

/** What can be done with the opened series. */
export interface OpenedTools {
  /** @param unacknowledged - number of its changes that nobody acknowledged; `undefined` if nothing may be written */
  show(seriesId: string, unacknowledged: number | undefined): void;
}

const downloads = [
  ['/api/readings.csv', 'Readings as CSV'],
  ['/api/changes.csv', 'Changes as CSV'],
] as const;

/** @param onAcknowledge - called when all changes of the series are to be acknowledged */
export function openedTools(onAcknowledge: () => void): OpenedTools {
  const tools = elementOf('opened-tools', HTMLElement);
  const acknowledge = elementOf('acknowledge-opened', HTMLButtonElement);
  acknowledge.addEventListener('click', onAcknowledge);
  const links = downloads.map(([path, text]) => {
    const link = make('a', { text });
    link.download = '';
    elementOf('downloads', HTMLElement).append(link);
    return { path, link };
  });
  return {
    show(id, unacknowledged) {
      tools.hidden = false;
      for (const { path, link } of links) link.href = apiAddress(path, { id });
      acknowledge.hidden = unacknowledged === undefined;
      acknowledge.disabled = unacknowledged === 0;
      const some = Number(unacknowledged);
      setText(
        acknowledge,
        some === 0 ? 'Nothing to acknowledge' : `Acknowledge ${typeset.counted(some, 'change')}`,
      );
    },
  };
}
