import {
  type OptionName,
  optionsFromText,
  optionsToText,
  type ResolvedOptions,
  resolveOptions,
} from '@aed/core';
import { changedOptions } from './changed-options.ts';
import { elementOf } from './elements.ts';
import { addField } from './option-field.ts';
import { optionFields } from './option-fields.ts';

export interface OptionsForm {
  readonly options: ResolvedOptions;
  /** Whether the options differ from the service's. */
  readonly differs: boolean;
  /** Sets the service's options and shows them. Until the first call the form is disabled. */
  reset(service: ResolvedOptions): void;
  /** Takes other options of the service. Those that are tried stay, unless none are. */
  follow(service: ResolvedOptions): void;
  /** Says whether the service may be given the options that are tried. */
  setUsable(isUsable: boolean): void;
  /** Sets the upper end of the practical threshold's slider: a larger threshold than the range of the values finds nothing. */
  setRange(range: number): void;
}

/**
 * The options as sliders, numbers and choices. An option that the core refuses has no effect. Its field shows the error.
 *
 * @param onUse - called when the service is to go by the options that are tried
 */
export function optionsForm(
  onChange: (options: ResolvedOptions) => void,
  onUse: (options: ResolvedOptions, service: ResolvedOptions) => void = () => {},
): OptionsForm {
  const form = elementOf('options', HTMLFormElement);
  const resetButton = elementOf('options-reset', HTMLButtonElement);
  const useButton = elementOf('options-use', HTMLButtonElement);
  const holder = elementOf('options-fields', HTMLFieldSetElement);
  let service = resolveOptions();
  let current = service;
  const inputs = new Map(
    optionFields.map((field) => [field.name, addField(holder, field, (text) => enter(field.name, text))]),
  );

  function enter(name: OptionName, text: string): string {
    const before = current;
    try {
      current = changedOptions(current, optionsFromText({ [name]: text }));
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    // The field itself keeps the text as typed. Another option may have changed with it.
    show((other) => other !== name && current[other] !== before[other]);
    onChange(current);
    return '';
  }
  function show(which: (name: OptionName) => boolean): void {
    const texts = optionsToText(current);
    for (const [name, input] of inputs) if (which(name)) input.show(texts[name]);
    resetButton.disabled = !differs();
    useButton.disabled = !differs();
  }
  function differs(): boolean {
    return optionFields.some(({ name }) => current[name] !== service[name]);
  }
  useButton.addEventListener('click', () => onUse(current, service));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    current = service;
    holder.querySelector('input')?.focus();
    show(() => true);
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
      show(() => true);
      holder.disabled = false;
    },
    follow(to) {
      const before = current;
      if (!differs()) current = to;
      service = to;
      // A field that is typed into keeps its text.
      show((name) => current[name] !== before[name]);
    },
    setUsable(isUsable) {
      useButton.hidden = !isUsable;
    },
    setRange(range) {
      const step = 10 ** Math.floor(Math.log10(range / 50 || 1));
      const most = Number((Math.ceil(range / step) * step).toPrecision(6));
      inputs.get('practicalThreshold')?.rescale(most, step);
    },
  };
}
