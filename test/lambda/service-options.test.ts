import { type DetectorOptions, type OptionName, optionTable } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { optionsOfSeries, serviceOptions } from '../../lambda/service-options.ts';
import { detectorOptionsFromText } from '../../lambda/settings.ts';
import { anyStored, anyStoredMap } from './any-stored.ts';

const defaults = detectorOptionsFromText({});

describe('whatever stands as the options of a series', () => {
  test('an option is used or told, and never holds up the events', () => {
    fc.assert(
      fc.property(fc.oneof(anyStored, anyStoredMap), (own) => {
        const { options, optionsError } = optionsOfSeries(own, defaults);
        expect(serviceOptions(options)).toEqual(options);
        if (optionsError === undefined) expect(options).toEqual({ ...defaults, ...(own as object) });
        else expect(options).toBe(defaults);
      }),
      { numRuns: 1000 },
    );
  });

  test('another statistic brings its own defaults, where they differ, and leaves the rest to the service', () => {
    const service = serviceOptions({ startup: 7, window: 3, alpha: 0.05, maxRegimeLength: 500 });
    const scan = { ...service, statistic: 'scan' as const, falseAlarmEvery: 10_000 };
    const own = (given: DetectorOptions, of = service) => optionsOfSeries(given, of).options;
    expect(own({ statistic: 'scan' })).toEqual({ ...scan, startup: 16, restart: 'change' });
    expect(own({ statistic: 'scan', startup: 9, restart: 'detection' })).toEqual({ ...scan, startup: 9 });
    expect(own({ statistic: 'mpp', alpha: 0.1 })).toEqual({ ...service, alpha: 0.1 });
    const back = { ...service, startup: 5, restart: 'detection' };
    expect(
      own({ statistic: 'mpp' }, { ...scan, startup: 40, restart: 'change', falseAlarmEvery: 500 }),
    ).toEqual(back);
    expect(own({ statistic: 'scan' }, { ...scan, startup: 40 })).toEqual({ ...scan, startup: 40 });
  });

  test.each<[unknown, string]>([
    [null, 'Null'],
    [5, 'Number'],
    ['', 'String'],
    [[], 'Array'],
    [new Set(['alpha']), 'Set'],
    [new Uint8Array(), 'Uint8Array'],
  ])('what has no names is told: %o', (own, type) => {
    expect(optionsOfSeries(own, defaults).optionsError).toEqual(
      new RangeError(`options must be an object with names, got a value of type ${type}`),
    );
  });

  test.each(Object.keys(optionTable) as OptionName[])('%s may be an object that has no text', (name) => {
    const own = { [name]: { toString: 1, valueOf: 1 } };
    expect(optionsOfSeries(own, defaults).optionsError?.message).toMatch(
      new RegExp(`^${name} must be .*, got a value of type object$`),
    );
  });
});
