import { onBehalf } from './confine.ts';

type Method = (this: unknown, ...args: unknown[]) => unknown;
/** A stream of a database, as far as it is listened to. */
interface Rows {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
}

const calls = ['get', 'put', 'del', 'batch'];
const streams = ['createReadStream', 'createKeyStream', 'createValueStream'];

/**
 * Lets a database call back on behalf of the request that called it.
 *
 * A native database calls back out of a thread, and from Node 24 on such a call belongs to no request: what kinesalite throws in it
 * would end the process.
 */
export function callBackOnBehalf(database: object): void {
  const methods = database as Record<string, Method>;
  for (const name of calls) {
    const call = methods[name];
    if (call === undefined) continue;
    methods[name] = function (...args) {
      return call.apply(this, args.map(bound));
    };
  }
  for (const name of streams) {
    const open = methods[name];
    if (open === undefined) continue;
    methods[name] = function (...args) {
      const rows = open.apply(this, args) as Rows;
      const { on } = rows;
      return Object.assign(rows, {
        on: (event: string, listener: (...args: unknown[]) => void) =>
          on.call(rows, event, onBehalf(listener)),
      });
    };
  }
}

function bound(given: unknown): unknown {
  return typeof given === 'function' ? onBehalf(given as (...args: unknown[]) => void) : given;
}
