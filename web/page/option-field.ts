import { make } from './elements.ts';
import { value } from './format.ts';

type NumberOption = 'alpha' | 'practicalThreshold' | 'startup' | 'window';

/** An option that is a number, and how a slider stands for it. */
interface Field {
  readonly name: NumberOption;
  readonly label: string;
  /** Places on the slider, and what they stand for. */
  readonly scale: { readonly least: number; readonly most: number; readonly step: number };
  readonly toPlace: (option: number) => number;
  readonly toOption: (place: number) => number;
}

const same = (number: number) => number;
/** The options that are numbers. */
export const fields: readonly Field[] = [
  {
    name: 'alpha',
    label: 'α, significance level',
    scale: { least: -8, most: -0.3, step: 0.1 },
    toPlace: Math.log10,
    toOption: (place) => Number((10 ** place).toPrecision(2)),
  },
  {
    name: 'practicalThreshold',
    label: 'δ, practical threshold',
    scale: { least: 0, most: 1, step: 0.01 },
    toPlace: same,
    toOption: (place) => Number(place.toPrecision(6)),
  },
  {
    name: 'startup',
    label: 'startup, readings',
    scale: { least: 2, most: 100, step: 1 },
    toPlace: same,
    toOption: same,
  },
  {
    name: 'window',
    label: 'window, readings',
    scale: { least: 0, most: 50, step: 1 },
    toPlace: same,
    toOption: same,
  },
];

/**
 * Adds a number and a slider for an option.
 *
 * @param set - takes an option, and says what is wrong with it, or nothing
 */
export function addField(
  holder: HTMLElement,
  { name, label, scale, toPlace, toOption }: Field,
  set: (option: number) => string,
) {
  const field = make('div', { className: 'field' });
  const caption = make('label', { className: 'caption', text: label });
  const number = make('input');
  const slider = make('input');
  caption.htmlFor = `option-${name}`;
  caption.id = `label-${name}`;
  number.id = caption.htmlFor;
  number.type = 'number';
  number.step = 'any';
  number.required = true;
  slider.type = 'range';
  slider.id = `slider-${name}`;
  slider.setAttribute('aria-labelledby', caption.id);
  slider.min = String(scale.least);
  slider.max = String(scale.most);
  slider.step = String(scale.step);
  slider.value = slider.min;
  field.append(caption, number, slider);
  holder.append(field);

  const showPlace = (option: number) => {
    slider.value = String(toPlace(option));
    slider.ariaValueText = value(option);
  };
  slider.addEventListener('input', () => {
    const option = toOption(Number(slider.value));
    number.value = String(option);
    slider.ariaValueText = value(option);
    number.setCustomValidity(set(option));
  });
  number.addEventListener('input', () => {
    number.setCustomValidity('');
    if (!number.checkValidity()) return;
    const problem = set(Number(number.value));
    number.setCustomValidity(problem);
    if (problem === '') showPlace(Number(number.value));
    else number.reportValidity();
  });
  return {
    show(option: number) {
      number.value = String(option);
      number.setCustomValidity('');
      showPlace(option);
    },
    rescale(most: number, step: number) {
      // Not amid a drag, unless it must be.
      if (slider.max === String(most)) return;
      slider.max = String(most);
      slider.step = String(step);
      showPlace(Number(number.value));
    },
  };
}
