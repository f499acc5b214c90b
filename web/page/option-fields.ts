import { type OptionName, type OptionRow, optionTable } from '@aed/core';

/** Places on a slider, and the options that they stand for. */
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
  /** What the option does and what it must be, for who wants to know. */
  readonly hint: string;
  /** Stands beside the number, where there is a good scale for it. */
  readonly slider?: Slider;
}

const linear = { toPlace: (option: number) => option, toOption: (place: number) => place };

/** What a row of the table does not say: a symbol in the label, and the scale of a slider. */
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
  maxRegimeLength: { label: 'max regime length' },
};

/** A field for every option of the table, in its order. */
export const optionFields: readonly OptionField[] = Object.entries(optionTable).map(([key, row]) => {
  const name = key as OptionName;
  return { name, row, label: labelOf(name, row), hint: `${row.meaning}: ${row.rule}`, ...looks[name] };
});

/** `startup` → `startup, readings`: a point of a regime is a reading here. */
function labelOf(name: string, { unit }: OptionRow<unknown>): string {
  const words = name.replaceAll(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return unit === 'points' ? `${words}, readings` : words;
}
