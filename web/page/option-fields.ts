import { type OptionName, type OptionRow, optionTable } from '@aed/core';
import { nameInWords } from '../../lambda/name-in-words.ts';

/** The scale of a slider: its places, and the option at each place. */
export interface Slider {
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly toPlace: (option: number) => number;
  readonly toOption: (place: number) => number;
}

/** How an option can be entered. */
export interface OptionField {
  readonly name: OptionName;
  readonly row: OptionRow<unknown>;
  readonly label: string;
  /** The meaning and the rule of the option, shown as a tooltip. */
  readonly hint: string;
  /** The slider beside the number, for an option with a useful scale. */
  readonly slider?: Slider;
}

const linear = { toPlace: (option: number) => option, toOption: (place: number) => place };

/** What the table does not hold: a symbol in the label, and the scale of the slider. */
const looks: { readonly [Name in OptionName]?: Partial<Pick<OptionField, 'label' | 'slider'>> } = {
  alpha: {
    label: 'α, significance level',
    slider: {
      least: -8,
      most: -0.3,
      step: 0.1,
      toPlace: Math.log10,
      toOption: (place) => Number((10 ** place).toPrecision(2)),
    },
  },
  practicalThreshold: {
    label: 'δ, practical threshold',
    slider: {
      ...linear,
      least: 0,
      most: 1,
      step: 0.01,
      toOption: (place) => Number(place.toPrecision(6)),
    },
  },
  startup: { slider: { ...linear, least: 2, most: 100, step: 1 } },
  window: { slider: { ...linear, least: 0, most: 50, step: 1 } },
  // With their unit these would be wider than their columns.
  falseAlarmEvery: { label: 'false alarm every' },
  minimumLength: { label: 'minimum length' },
  maxRegimeLength: { label: 'max regime length' },
};

/** A field for every option, in the order of the core's table. */
export const optionFields: readonly OptionField[] = Object.entries(optionTable).map(([key, row]) => {
  const name = key as OptionName;
  return { name, row, label: labelOf(name, row), hint: `${row.meaning}: ${row.rule}`, ...looks[name] };
});

/** `startup` → `startup, readings`: a point of a regime is a reading here. */
function labelOf(name: string, { unit }: OptionRow<unknown>): string {
  const words = nameInWords(name);
  return unit === 'points' ? `${words}, readings` : words;
}
