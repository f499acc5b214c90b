import { AedDetector, type DetectorOptions } from '@aed/core';
import { elementOf, make } from './elements.ts';
import { value } from './format.ts';

type Options = Required<DetectorOptions>;
type NumberOption = 'alpha' | 'practicalThreshold' | 'startup' | 'window';

interface Field {
  readonly name: NumberOption;
  readonly label: string;
  /** Places on the slider, and what they stand for. */
  readonly scale: { readonly least: number; readonly most: number; readonly step: number };
  readonly toPlace: (option: number) => number;
  readonly toOption: (place: number) => number;
}

const same = (number: number) => number;
const fields: readonly Field[] = [
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

export interface OptionsForm {
  readonly options: Options;
  /** Whether these are other options than the service's. */
  readonly differs: boolean;
  /** Sets the service's options, and the form to them. */
  reset(service: Options): void;
  /** The most that the practical threshold can usefully be: the range of the values. */
  setRange(range: number): void;
}

/** The options as sliders and numbers. What the core refuses is told where it was entered, and has no effect. */
export function optionsForm(onChange: (options: Options) => void): OptionsForm {
  const form = elementOf('options', HTMLFormElement);
  const resetButton = elementOf('options-reset', HTMLButtonElement);
  const holder = elementOf('options-fields', HTMLElement);
  let service: Options = new AedDetector().options;
  let current = service;
  const inputs = fields.map((field) => addField(holder, field, (option) => set({ [field.name]: option })));
  const restart = addRestart(holder);

  function set(change: Partial<Options>): string {
    try {
      const wanted = { ...current, ...change };
      const maxRegimeLength = Math.max(wanted.maxRegimeLength, 2 * wanted.startup);
      current = new AedDetector({ ...wanted, maxRegimeLength }).options;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    resetButton.disabled = !differs();
    onChange(current);
    return '';
  }
  function differs(): boolean {
    return [...fields.map(({ name }) => name), 'restart' as const].some(
      (name) => current[name] !== service[name],
    );
  }
  function showAll(): void {
    for (const [index, { name }] of fields.entries()) inputs[index]?.show(current[name]);
    restart.value = current.restart;
    resetButton.disabled = !differs();
  }
  restart.addEventListener('input', () => set({ restart: restart.value as Options['restart'] }));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    current = service;
    showAll();
    onChange(current);
  });

  return {
    get options() {
      return current;
    },
    get differs() {
      return differs();
    },
    reset(to) {
      service = to;
      current = to;
      showAll();
    },
    setRange(range) {
      const at = fields.findIndex(({ name }) => name === 'practicalThreshold');
      const step = 10 ** Math.floor(Math.log10(range / 50 || 1));
      inputs[at]?.rescale(Number((Math.ceil(range / step) * step).toPrecision(6)), step);
    },
  };
}

/** @param set - takes an option, and says what is wrong with it, or nothing */
function addField(
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

function addRestart(holder: HTMLElement): HTMLSelectElement {
  const field = make('div', { className: 'field' });
  const caption = make('label', { className: 'caption', text: 'restart' });
  const select = make('select');
  select.id = 'option-restart';
  caption.htmlFor = select.id;
  for (const [restart, text] of [
    ['detection', 'at detection'],
    ['change', 'at the change'],
  ] as const) {
    const option = make('option', { text });
    option.value = restart;
    select.append(option);
  }
  field.append(caption, select);
  holder.append(field);
  return select;
}
