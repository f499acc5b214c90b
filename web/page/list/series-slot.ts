import { typeset } from '../../../lambda/figures.ts';
import { ago } from '../../../lambda/times.ts';
import { make, setText } from '../elements.ts';
import type { Row } from './board.ts';
import { heardAt } from './listed-rows.ts';
import { drawSparkline, type SparklineColours } from './sparkline.ts';

/** Height of a row with the gap below it, in CSS pixels. */
export const rowHeight = 52;

/** The elements of a row of the list. After scrolling they show another series. */
export interface Slot {
  readonly element: HTMLElement;
  readonly name: HTMLElement;
  readonly value: HTMLElement;
  readonly state: HTMLElement;
  /** How many changes nobody has acknowledged, if more than one. */
  readonly count: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** What it shows now; `undefined` before the first drawing. */
  shown: Row | undefined;
  /** The colours that its sparkline has. */
  colours: SparklineColours | undefined;
}

export function addSlot(space: HTMLElement): Slot {
  const element = make('div', { className: 'row' });
  element.setAttribute('role', 'option');
  const name = make('bdi', { className: 'name' });
  const number = make('span', { className: 'value' });
  const state = make('span', { className: 'state' });
  const count = make('span', { className: 'count' });
  count.setAttribute('role', 'img');
  const canvas = make('canvas', { className: 'spark' });
  canvas.ariaHidden = 'true';
  element.append(name, count, number, canvas, state);
  space.append(element);
  return { element, name, value: number, state, count, canvas, shown: undefined, colours: undefined };
}

interface Drawn {
  readonly place: number;
  readonly of: number;
  readonly selected: boolean;
  readonly colours: SparklineColours;
}

/** Shows a series in a slot. Parts that did not change are not drawn again. */
export function drawRow(slot: Slot, row: Row, { place, of, selected, colours }: Drawn): void {
  const { element } = slot;
  element.style.transform = `translateY(${place * rowHeight}px)`;
  element.id = `row-${row.index}`;
  element.ariaPosInSet = String(place + 1);
  element.ariaSetSize = String(of);
  element.ariaSelected = String(selected);
  const age = Date.now() - heardAt(row);
  setText(slot.state, stateOf(row, age));
  element.classList.toggle('changed', row.unacknowledged > 0);
  // The name needs the room that words would take.
  setText(slot.count, row.unacknowledged > 1 ? typeset.count(row.unacknowledged) : '');
  slot.count.ariaLabel = `${typeset.counted(row.unacknowledged, 'change')} not acknowledged`;
  slot.count.title = slot.count.ariaLabel;
  if (slot.shown === row && slot.colours === colours) return;
  slot.shown = row;
  slot.colours = colours;
  setText(slot.name, row.name);
  setText(slot.value, typeset.level(row.value));
  drawSparkline(slot.canvas, row.points, row.level, colours);
}

function stateOf({ lastChange, unacknowledged }: Row, age: number): string {
  if (lastChange === undefined) return 'quiet';
  const change = `${lastChange.direction === 'up' ? '▲' : '▼'} ${lastChange.size}`;
  if (lastChange.retracted) return `${change}, retracted`;
  if (lastChange.untold) return `${change}, not told yet`;
  const told = lastChange.muted ? 'muted' : 'told';
  return unacknowledged > 0 ? `${change}, ${told} ${ago(age)}` : `${change} ✓ ${ago(age)}`;
}
