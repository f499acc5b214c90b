/** The length of a regime at the first scheduled estimate of its dependence. */
export const firstScheduled = 20;

/** The length at the next one: a quarter more, or half more from 100 points on, so that estimates cost little a point. */
export function nextScheduled(length: number): number {
  return Math.floor((length < 100 ? 1.25 : 1.5) * length) + 1;
}

/** The length of a regime of so many points at its newest scheduled estimate; 0 before the first. */
export function newestScheduled(points: number): number {
  let length = 0;
  for (let next = firstScheduled; next <= points; next = nextScheduled(next)) length = next;
  return length;
}
