import { elementOf, leave, setText } from '../elements.ts';

/** While a series loads, what the page shows is still of the one before: it cannot be pressed, and is not spoken. */
export interface OpenedLoading {
  /** @param name - of the series that loads, for people */
  begin(name: string): void;
  end(): void;
}

export function openedLoading(): OpenedLoading {
  const panel = elementOf('opened', HTMLElement);
  const head = elementOf('opened-name', HTMLElement);
  const parts = panel.querySelectorAll<HTMLElement>('.of-series');

  function set(isLoading: boolean): void {
    // Each drawing ends the loading.
    if (panel.ariaBusy === String(isLoading)) return;
    panel.ariaBusy = String(isLoading);
    for (const part of parts) {
      if (isLoading) leave(part, panel);
      part.inert = isLoading;
    }
  }
  return {
    begin(name) {
      setText(head, name);
      set(true);
    },
    end: () => set(false),
  };
}
