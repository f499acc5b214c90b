import type { Dependence } from '@aed/core';

/** A smaller inflation is nothing that a reader has to know. */
const leastTold = 1.5;

/** How much the readings of a series resemble their neighbours, in one line; empty if little, or if no test asked. */
export function dependenceNote(dependence: Dependence | undefined, series = ''): string {
  if (dependence === undefined || dependence.inflation < leastTold) return '';
  const { inflation, advice } = dependence;
  const where = series === '' ? '' : `${series}: `;
  const count = inflation < 10 ? inflation.toFixed(1) : String(Math.round(inflation));
  const words = advice ?? `neighbours resemble each other, so that ${count} readings count as one`;
  return `${where}${where === '' ? words.slice(0, 1).toUpperCase() + words.slice(1) : words}.`;
}
