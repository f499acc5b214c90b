import { typeset } from '../../lambda/figures.ts';
import { ago } from '../../lambda/times.ts';
import type { Row } from './board.ts';
import { make, setText } from './elements.ts';
import { drawSparkline, type SparklineColours } from './sparkline.ts';

/** Height of a row with the gap below it, in CSS pixels. */
export const rowHeight = 52;
/** For how long a series counts as changed. */
const recentMs = 60_000;

/** The elements of a row of the list. After scrolling they show another series. */
export interface Slot {
  readonly element: HTMLElement;
  readonly name: HTMLElement;
  readonly value: HTMLElement;
  readonly state: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  drawn: Row | undefined;
}

export function addSlot(space: HTMLElement): Slot {
  const element = make('div', { className: 'row' });
  element.setAttribute('role', 'option');
  const name = make('bdi', { className: 'name' });
  const number = make('span', { className: 'value' });
  const state = make('span', { className: 'state' });
  const canvas = make('canvas', { className: 'spark' });
  canvas.ariaHidden = 'true';
  element.append(name, number, canvas, state);
  space.append(element);
  return { element, name, value: number, state, canvas, drawn: undefined };
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
  element.classList.toggle('changed', age < recentMs);
  if (slot.drawn === row) return;
  slot.drawn = row;
  setText(slot.name, row.name);
  setText(slot.value, typeset.level(row.value));
  drawSparkline(slot.canvas, row.points, row.level, colours);
}

function stateOf({ lastChange }: Row, age: number): string {
  if (lastChange === undefined) return 'quiet';
  const arrow = lastChange.direction === 'up' ? '▲' : '▼';
  return `${arrow} ${lastChange.size}, notified ${ago(age)}`;
}

/** Arrival of the newest notification, in epoch milliseconds; −∞ without one. */
export function heardAt({ lastChange }: Row): number {
  return lastChange?.heardAt ?? Number.NEGATIVE_INFINITY;
}
