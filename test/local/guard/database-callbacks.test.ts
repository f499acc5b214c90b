import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { confine } from '../../../local/guard/confine.ts';
import { callBackOnBehalf } from '../../../local/guard/database-callbacks.ts';

const failure = new Error('no such thing');
const fail = () => {
  throw failure;
};

/** Lets the callbacks of a database be called by nobody's work, as a thread does. */
function native<Database extends object>(make: (later: (callback: () => void) => void) => Database) {
  const waiting: (() => void)[] = [];
  const database = make((callback) => waiting.push(callback));
  callBackOnBehalf(database);
  return { database, callBack: () => waiting.splice(0).map((callback) => callback()) };
}

test.each(['get', 'put', 'del', 'batch'])(
  'what the callback of %s throws is of the request that called',
  (name) => {
    const { database, callBack } = native((later) => ({
      [name](this: unknown, ...args: readonly unknown[]) {
        expect([this === database, args[0], args.length]).toEqual([true, 'key', 2]);
        later(() => (args[1] as (error: null, value: string) => void)(null, 'value'));
        return 'called';
      },
    }));
    const failed = vi.fn();
    const called = vi.fn(fail);
    confine(() => expect(database[name]?.('key', called)).toBe('called'), failed);
    expect(called).not.toHaveBeenCalled();
    callBack();
    expect(called.mock.calls).toEqual([[null, 'value']]);
    expect(failed.mock.calls).toEqual([[failure]]);
  },
);

test.each(['createReadStream', 'createKeyStream', 'createValueStream'])(
  'what a listener to the rows of %s throws is of the request that listens',
  (name) => {
    const rows = new EventEmitter();
    const { database } = native(() => ({ [name]: (range: object) => Object.assign(rows, { range }) }));
    const failed = vi.fn();
    const heard = vi.fn(function (this: unknown) {
      expect(this).toBe(rows);
      fail();
    });
    confine(() => {
      const given = database[name]?.({ gte: 'a' });
      expect(given).toMatchObject({ range: { gte: 'a' } });
      given?.on('data', heard);
    }, failed);
    rows.emit('data', 'row');
    expect(heard.mock.calls).toEqual([['row']]);
    expect(failed.mock.calls).toEqual([[failure]]);
  },
);

test('what a database cannot do it still cannot do, and what else it can is as before', () => {
  const close = () => {};
  const { database } = native(() => ({ close }));
  expect(database).toEqual({ close });
});
