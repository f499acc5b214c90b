import { type OptionName, optionsToText, type ResolvedOptions, resolveOptions } from '@aed/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serviceOptions } from '../../../lambda/service-options.ts';
import { type OptionsForm, optionsForm } from '../../../web/page/options-form.ts';
import { optionNames, otherOptions, rowOf } from '../../options/other-options.ts';
import { openDocument } from './page-document.ts';

const service = serviceOptions({ maxRegimeLength: 10_000 });
const reported = vi.fn();
let form: OptionsForm;

beforeEach(() => {
  openDocument();
  reported.mockClear();
  form = optionsForm(reported);
  form.reset(service);
});

afterEach(() => vi.unstubAllGlobals());

function fieldOf(name: OptionName): HTMLInputElement | HTMLSelectElement {
  const field = document.getElementById(`option-${name}`);
  if (field === null) throw new Error(`the form must have a field for ${name}, got none`);
  return field as HTMLInputElement | HTMLSelectElement;
}

function enter(name: OptionName, text: string): void {
  fieldOf(name).value = text;
  fieldOf(name).dispatchEvent(new Event('input'));
}

function shown(): Readonly<Record<string, string>> {
  return Object.fromEntries(optionNames.map((name) => [name, fieldOf(name).value]));
}

describe.each(optionNames)('the field of %s', (name) => {
  test('has a label, says what the option does and shows it', () => {
    expect(document.getElementById(`label-${name}`)?.textContent).toMatch(/^\S.*\S$/);
    expect(fieldOf(name).parentElement?.title).toContain(rowOf(name).meaning);
    expect(fieldOf(name).value).toBe(optionsToText(service)[name]);
  });

  test('takes and reports a value', () => {
    fc.assert(
      fc.property(otherOptions, (options) => {
        fc.pre(rowOf(name).holds(options[name], service));
        form.reset(service);
        enter(name, optionsToText(options)[name]);
        const expected = {
          ...(name === 'statistic' ? resolveOptions({ statistic: options.statistic }) : service),
          [name]: options[name],
          ...(name !== 'maxRegimeLength' && { maxRegimeLength: service.maxRegimeLength }),
        };
        expect(form.options).toEqual(expected);
        expect(reported).toHaveBeenLastCalledWith(expected);
        expect(form.differs).toBe(true);
      }),
    );
  });
});

test('all options can be entered one after the other', () => {
  fc.assert(
    fc.property(otherOptions, (options) => {
      form.reset(service);
      for (const name of optionNames) enter(name, optionsToText(options)[name]);
      expect(form.options).toEqual(options);
    }),
  );
});

test('all fields show the options of a reset', () => {
  fc.assert(
    fc.property(otherOptions, (options) => {
      form.reset(options);
      expect(shown()).toEqual(optionsToText(options));
      expect(form.options).toEqual(options);
      expect(form.differs).toBe(false);
    }),
  );
});

test('another statistic comes with its own defaults, which are shown, and goes with them', () => {
  enter('statistic', 'scan');
  expect(form.options).toMatchObject({ startup: 16, restart: 'change' });
  expect(shown()).toMatchObject({ startup: '16', restart: 'change' });
  enter('statistic', 'mpp');
  expect(form.options).toEqual(service);
  expect(form.differs).toBe(false);
});

test('a longer startup makes room for itself, which is shown', () => {
  enter('startup', '6000');
  expect(form.options).toEqual({
    ...service,
    startup: 6000,
    maxRegimeLength: 12_000,
  } satisfies ResolvedOptions);
  expect(shown()).toMatchObject({ startup: '6000', maxRegimeLength: '12000' });
});

test('an empty field stands for Infinity where that is allowed', () => {
  enter('maxRegimeLength', '');
  expect(form.options.maxRegimeLength).toBe(Number.POSITIVE_INFINITY);
  form.reset(resolveOptions());
  expect(fieldOf('maxRegimeLength').value).toBe('');
});

test('an empty field stands for nothing where an option cannot be infinite, also if saved states may leave it out', () => {
  enter('minimumLength', '');
  expect(form.options).toEqual(service);
  enter('minimumLength', '8');
  form.reset(service);
  expect(fieldOf('minimumLength').value).toBe('8');
});

test('another statistic brings its defaults, which are shown, but for the options that were changed', () => {
  enter('startup', '20');
  enter('statistic', 'scan');
  expect(shown()).toMatchObject({ startup: '20', falseAlarmEvery: '10000', restart: 'change' });
  enter('falseAlarmEvery', '500');
  enter('statistic', 'mpp');
  expect(shown()).toMatchObject({ startup: '20', falseAlarmEvery: '500', restart: 'detection' });
});

test('what the core refuses has no effect', () => {
  enter('maxRegimeLength', '3');
  expect(form.options).toEqual(service);
  expect(reported).not.toHaveBeenCalled();
});

test('a slider moves its option', () => {
  const slider = document.getElementById('slider-alpha') as HTMLInputElement;
  slider.value = '-3';
  slider.dispatchEvent(new Event('input'));
  expect(form.options).toEqual({ ...service, alpha: 0.001 });
  expect(fieldOf('alpha').value).toBe('0.001');
});

test('a slider keeps to the option in force while its scale changes and the number beside it is wrong', () => {
  const slider = document.getElementById('slider-practicalThreshold') as HTMLInputElement;
  enter('practicalThreshold', '0.5');
  for (const [range, wrong] of ['-5', '', 'x'].entries()) {
    enter('practicalThreshold', wrong);
    form.setRange(range + 2);
    expect(form.options.practicalThreshold).toBe(0.5);
    expect(slider.max).toBe(String(range + 2));
    expect(slider.value).toBe('0.5');
  }
});

test('whatever is entered, the options in force keep their rules and are the ones reported', () => {
  const places = ['alpha', 'practicalThreshold', 'startup', 'window'] as const;
  const text = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.integer().map(String),
    fc.constantFrom('', ' ', 'Infinity', '-0', '0x10', '__proto__', 'change', '1e400', '9007199254740993'),
  );
  const step = fc.oneof(
    fc.record({ name: fc.constantFrom(...optionNames), text }),
    fc.record({ range: fc.double({ min: 5e-324, max: 1e126, noNaN: true }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      form.reset(service);
      reported.mockClear();
      for (const one of steps) {
        if ('range' in one) form.setRange(one.range);
        else enter(one.name, one.text);
        expect(resolveOptions(form.options)).toEqual(form.options);
        expect(reported.mock.lastCall?.[0] ?? service).toEqual(form.options);
        for (const name of places) {
          const { value, max, step } = document.getElementById(`slider-${name}`) as HTMLInputElement;
          expect([value, max, step].map(Number)).not.toContain(Number.NaN);
        }
      }
    }),
  );
});
