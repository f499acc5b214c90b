import { typeset } from '../../lambda/figures.ts';
import { shortDuration } from '../../lambda/times.ts';
import type { PathCounts } from '../wire.ts';
import { elementOf, make, setText } from './elements.ts';

const steps: readonly (readonly [name: keyof PathCounts, label: string])[] = [
  ['put', 'put'],
  ['recorded', 'recorded'],
  ['quarantined', 'set aside'],
  ['tested', 'tested'],
  ['found', 'found'],
  ['notified', 'notified'],
  ['lagMs', 'lag'],
  ['errors', 'errors'],
];

/** The counts at the top of the page, one for each step from put to notified. @returns a function that shows new counts, or that there are none */
export function pathStrip(): (counts: PathCounts | undefined) => void {
  const list = elementOf('path', HTMLElement);
  const cells = steps.map(([name, label]) => {
    const cell = make('div', { className: name });
    const number = make('dd', { text: '0' });
    cell.append(make('dt', { text: label }), number);
    list.append(cell);
    return { name, cell, number };
  });
  return (counts) => {
    list.hidden = counts === undefined;
    if (counts === undefined) return;
    for (const { name, cell, number } of cells) {
      if (name === 'reasons') continue;
      setText(number, name === 'lagMs' ? shortDuration(counts.lagMs) : typeset.count(counts[name]));
      const isBad = (name === 'quarantined' || name === 'errors') && counts[name] > 0;
      cell.classList.toggle('bad', isBad);
      // The count of errors is shown only if there is one.
      cell.hidden = name === 'errors' && !isBad;
    }
    const reasons = Object.entries(counts.reasons).map(([reason, times]) => `${times} ${reason}`);
    const setAside = cells.find(({ name }) => name === 'quarantined');
    if (setAside !== undefined) setAside.cell.title = reasons.join(', ');
  };
}
