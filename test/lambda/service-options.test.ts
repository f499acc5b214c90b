import { type DetectorOptions, type OptionName, optionTable } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { optionsOfSeries, serviceOptions, withServiceDefaults } from '../../lambda/service-options.ts';
import { detectorOptionsFromText } from '../../lambda/settings.ts';
import { anyStored, anyStoredMap } from './any-stored.ts';

const defaults = detectorOptionsFromText({});

describe('whatever stands as the options of a series', () => {
  test('an option is used or told, and never holds up the events', () => {
    fc.assert(
      fc.property(fc.oneof(anyStored, anyStoredMap), (own) => {
        const { options, optionsError } = optionsOfSeries(own, defaults);
        expect(serviceOptions(options)).toEqual(options);
        const { maxRegimeLength } = options;
        if (optionsError === undefined)
          expect(options).toEqual({ ...defaults, maxRegimeLength, ...(own as object) });
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

  test('regimes are as long as a startup or a period needs, as those of a service with these options are', () => {
    const own = fc.record(
      {
        statistic: fc.constant('scan' as const),
        startup: fc.integer({ min: 2, max: 60_000 }),
        period: fc.integer({ min: 1, max: 30_000 }),
        interval: fc.constant(60),
        maxRegimeLength: fc.integer({ min: 10, max: 110_000 }),
      },
      { requiredKeys: ['statistic', 'interval'] },
    );
    fc.assert(
      fc.property(own, (given) => {
        const { options, optionsError } = optionsOfSeries(given, defaults);
        try {
          expect(options).toEqual(serviceOptions(withServiceDefaults(given)));
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          expect(optionsError).toEqual(error);
        }
      }),
      { numRuns: 1000 },
    );
    const shorter = serviceOptions({ maxRegimeLength: 100 });
    const regimeOf = (given: DetectorOptions) => optionsOfSeries(given, shorter).options.maxRegimeLength;
    expect(regimeOf({ alpha: 0.1 })).toBe(100);
    expect(regimeOf({ startup: 70 })).toBe(140);
    expect(regimeOf({ startup: 70, maxRegimeLength: 500 })).toBe(500);
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

  test.each<[DetectorOptions, string]>([
    [{ alpha: 1e-131 }, 'alpha must be at least 1e-130 and less than 1 in the service, got 1e-131'],
    [
      { practicalThreshold: 1e-131 },
      'practicalThreshold must be 0 or from 1e-130 to below 1e126 in the service, got 1e-131',
    ],
    [
      { practicalThreshold: 1e126 },
      'practicalThreshold must be 0 or from 1e-130 to below 1e126 in the service, got 1e+126',
    ],
    [
      { statistic: 'scan', period: 25_001, interval: 1 },
      'period must be at most 25000 in the service, where a regime of at most 100000 points must hold four, got 25001',
    ],
    [
      { startup: 50, maxRegimeLength: 99 },
      'maxRegimeLength must be an integer from 2 · startup (100) to 100000 in the service, got 99',
    ],
    [
      { maxRegimeLength: 100_001 },
      'maxRegimeLength must be an integer from 2 · startup (10) to 100000 in the service, got 100001',
    ],
    [
      { maxRegimeLength: 50.5 },
      'maxRegimeLength must be an integer from 2 · startup (10) to 100000 in the service, got 50.5',
    ],
    [
      { statistic: 'scan', period: 2 },
      'interval must be greater than 0 in the service with a period of 2, got 0',
    ],
  ])('what the service cannot go by is told: %j', (own, message) => {
    expect(optionsOfSeries(own, defaults)).toEqual({
      options: defaults,
      optionsError: new RangeError(message),
    });
    expect(() => serviceOptions(withServiceDefaults(own))).toThrow(new RangeError(message));
  });

  test('a fault that is none of the options is not told as one of them', () => {
    const own = {
      get alpha(): number {
        throw new TypeError('broken');
      },
    };
    expect(() => optionsOfSeries(own, defaults)).toThrow(new TypeError('broken'));
  });

  test.each<DetectorOptions>([
    { alpha: 1e-130 },
    { practicalThreshold: 0 },
    { practicalThreshold: 9e125 },
    { statistic: 'scan', period: 25_000, interval: 1 },
    { startup: 50, maxRegimeLength: 100 },
    { maxRegimeLength: 100_000 },
    // Without a season nothing has a place.
    { statistic: 'scan' },
  ])('the service goes by %j', (own) => {
    expect(optionsOfSeries(own, defaults)).toMatchObject({ options: own });
    expect(optionsOfSeries(own, defaults)).not.toHaveProperty('optionsError');
  });

  test.each(Object.keys(optionTable) as OptionName[])('%s may be an object that has no text', (name) => {
    const own = { [name]: { toString: 1, valueOf: 1 } };
    expect(optionsOfSeries(own, defaults).optionsError?.message).toMatch(
      new RegExp(`^${name} must be .*, got a value of type object$`),
    );
  });
});
