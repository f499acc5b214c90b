import { AedDetector, type DetectorOptions } from '@aed/core';
import { elementOf, make } from './elements.ts';
import { addField, fields } from './option-field.ts';

type Options = Required<DetectorOptions>;
export interface OptionsForm {
  readonly options: Options;
  /** Whether these are other options than the service's. */
  readonly differs: boolean;
  /** Sets the service's options, and the form to them; before, nothing can be entered. */
  reset(service: Options): void;
  /** The most that the practical threshold can usefully be: the range of the values. */
  setRange(range: number): void;
}

/** The options as sliders and numbers. What the core refuses is told where it was entered, and has no effect. */
export function optionsForm(onChange: (options: Options) => void): OptionsForm {
  const form = elementOf('options', HTMLFormElement);
  const resetButton = elementOf('options-reset', HTMLButtonElement);
  const holder = elementOf('options-fields', HTMLFieldSetElement);
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
      holder.disabled = false;
    },
    setRange(range) {
      const at = fields.findIndex(({ name }) => name === 'practicalThreshold');
      const step = 10 ** Math.floor(Math.log10(range / 50 || 1));
      inputs[at]?.rescale(Number((Math.ceil(range / step) * step).toPrecision(6)), step);
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
