/** The CSS colours of a plot. */
export interface Colours {
  readonly line: string;
  readonly change: string;
  readonly delay: string;
  readonly interval: string;
  readonly level: string;
  readonly compared: string;
  readonly grid: string;
  readonly text: string;
}

const names = ['line', 'change', 'delay', 'interval', 'level', 'compared', 'grid', 'text'] as const;

/** The colours of an element: its custom properties `--plot-line`, `--plot-change` and so on. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const colours = names.map((name) => [name, style.getPropertyValue(`--plot-${name}`).trim() || 'gray']);
  return Object.fromEntries(colours);
}

/** Calls back when the colour scheme becomes dark or light. @returns a function that ends this */
export function onColourScheme(changed: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', changed);
  return () => dark.removeEventListener('change', changed);
}
