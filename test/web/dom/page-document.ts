import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { vi } from 'vitest';

/** Opens the live page's markup without a browser, as the document of this process. */
export function openDocument(): void {
  const html = readFileSync(new URL('../../../web/page/index.html', import.meta.url), 'utf8');
  const { window } = parseHTML(html);
  const { document, Event, HTMLElement } = window;
  addValidity(window.HTMLInputElement.prototype);
  addValue(window.HTMLSelectElement.prototype);
  // linkedom has forms, field sets and the parts of tables as elements without a class of their own.
  const globals = {
    document,
    Event,
    HTMLElement,
    HTMLFormElement: HTMLElement,
    HTMLButtonElement: HTMLElement,
    HTMLFieldSetElement: HTMLElement,
    HTMLTableSectionElement: HTMLElement,
  };
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
}

/** linkedom's inputs do not check what is in them. */
function addValidity(input: HTMLInputElement): void {
  input.setCustomValidity = () => {};
  input.checkValidity = () => true;
  input.reportValidity = () => true;
}

/** In linkedom the value of a select can only be read. */
function addValue(select: HTMLSelectElement): void {
  const chosen = new WeakMap<HTMLSelectElement, string>();
  Object.defineProperty(select, 'value', {
    get(this: HTMLSelectElement) {
      return chosen.get(this) ?? '';
    },
    set(this: HTMLSelectElement, value: string) {
      const values = [...this.querySelectorAll('option')].map((option) => option.value);
      chosen.set(this, values.includes(value) ? value : '');
    },
  });
}
