/** Keeps a text in this browser for the next time; where it may not be kept, only until the page is closed. */
export interface KeptText {
  get(): string;
  set(text: string): void;
}

/** @param name - under which it is kept, for this server alone */
export function keptText(name: string): KeptText {
  let text = '';
  try {
    text = localStorage.getItem(name) ?? '';
  } catch {
    // A browser that forbids it throws.
  }
  return {
    get: () => text,
    set(next) {
      text = next;
      try {
        localStorage.setItem(name, next);
      } catch {
        // It holds until the page is closed.
      }
    },
  };
}
