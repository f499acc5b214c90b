import type { OptionRow } from '@aed/core';
import { typeset } from '../../lambda/figures.ts';
import { make } from './elements.ts';
import type { OptionField, Slider } from './option-fields.ts';

/** The input of one option, which holds the option as text. */
export interface OptionInput {
  show(text: string): void;
  /** Changes the range and the step of the slider, if there is one. */
  rescale(most: number, step: number): void;
}

/** Takes the text of an option. Returns what is wrong with it; an empty text if nothing is. */
type Enter = (text: string) => string;

/** Adds the label and the inputs of an option. */
export function addField(holder: HTMLElement, option: OptionField, enter: Enter): OptionInput {
  const field = make('div', { className: 'field' });
  const caption = make('label', { className: 'caption', text: option.label });
  field.title = option.hint;
  caption.htmlFor = `option-${option.name}`;
  caption.id = `label-${option.name}`;
  field.append(caption);
  holder.append(field);
  return inputs[option.row.kind](field, option, enter);
}

const inputs: Readonly<
  Record<OptionRow<unknown>['kind'], (field: HTMLElement, option: OptionField, enter: Enter) => OptionInput>
> = {
  number: addNumber,
  integer: addNumber,
  choice: addChoice,
};

function addChoice(field: HTMLElement, { name, row }: OptionField, enter: Enter): OptionInput {
  const select = make('select');
  select.id = `option-${name}`;
  for (const choice of row.choices ?? []) {
    const item = make('option', { text: String(choice) });
    item.value = row.toText(choice);
    select.append(item);
  }
  field.append(select);
  select.addEventListener('input', () => enter(select.value));
  return {
    show(text) {
      select.value = text;
    },
    rescale() {},
  };
}

function addNumber(field: HTMLElement, { name, row, slider }: OptionField, enter: Enter): OptionInput {
  const number = make('input');
  number.id = `option-${name}`;
  number.type = 'number';
  number.step = 'any';
  // A field of numbers cannot hold Infinity. If the option may be infinite, an empty field means that.
  const whenEmpty = row.absentInJson === Number.POSITIVE_INFINITY ? row.toText(row.absentInJson) : '';
  number.required = whenEmpty === '';
  number.placeholder = whenEmpty;
  field.append(number);
  const moved =
    slider &&
    addSlider(field, name, slider, (text) => {
      number.value = text;
      number.setCustomValidity(enter(text));
    });

  number.addEventListener('input', () => {
    number.setCustomValidity('');
    if (!number.checkValidity()) return;
    const problem = enter(number.value === '' ? whenEmpty : number.value);
    number.setCustomValidity(problem);
    if (problem === '') moved?.show(number.value);
    else number.reportValidity();
  });
  return {
    show(text) {
      number.value = text === whenEmpty ? '' : text;
      number.setCustomValidity('');
      moved?.show(text);
    },
    rescale(most, step) {
      moved?.rescale(most, step);
    },
  };
}

/** Adds a slider beside a number. @param move - called with the option, as text, when the slider moves */
function addSlider(field: HTMLElement, name: string, scale: Slider, move: (text: string) => void) {
  const slider = make('input');
  slider.type = 'range';
  slider.id = `slider-${name}`;
  slider.setAttribute('aria-labelledby', `label-${name}`);
  slider.min = String(scale.least);
  slider.max = String(scale.most);
  slider.step = String(scale.step);
  slider.value = slider.min;
  field.append(slider);

  // The number beside it may hold something that was refused.
  let shown = scale.toOption(scale.least);
  const show = (text: string) => {
    shown = Number(text);
    slider.value = String(scale.toPlace(shown));
    slider.ariaValueText = typeset.level(shown);
  };
  slider.addEventListener('input', () => {
    shown = scale.toOption(Number(slider.value));
    slider.ariaValueText = typeset.level(shown);
    move(String(shown));
  });
  return {
    show,
    rescale(most: number, step: number) {
      // A slider must not jump during a drag, so an unchanged range is left alone.
      if (slider.max === String(most)) return;
      slider.max = String(most);
      slider.step = String(step);
      show(String(shown));
    },
  };
}
