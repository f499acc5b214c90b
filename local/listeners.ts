/** Listeners to events. They are called in turn, and must be quick and not throw. */
export interface Listeners<Heard> {
  /** @returns what ends the listening */
  add(listener: (heard: Heard) => void): () => void;
  tell(heard: Heard): void;
}

export function listeners<Heard>(): Listeners<Heard> {
  const all = new Set<(heard: Heard) => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => {
        all.delete(listener);
      };
    },
    tell(heard) {
      for (const listener of all) listener(heard);
    },
  };
}
