import { addressOf, type Chosen, chosenIn } from './chosen.ts';

/**
 * How something was chosen. Each press is a step that Back goes back. A run of letters or of arrow keys is one step. What the page
 * chooses by itself is none.
 */
export type Gesture = 'press' | 'letters' | 'arrows' | 'none';

/** What the reader has chosen, kept in the address. */
export interface Choices {
  readonly chosen: Chosen;
  /** Changes the address; does not call back. */
  choose(change: Partial<Chosen>, gesture: Gesture): void;
}

/** @param onMoved - called when the reader went back or forth, or changed the address */
export function choices(onMoved: (chosen: Chosen) => void): Choices {
  let chosen = chosenIn(location);
  let before: Gesture = 'none';

  addEventListener('popstate', () => {
    chosen = chosenIn(location);
    before = 'none';
    onMoved(chosen);
  });

  return {
    get chosen() {
      return chosen;
    },
    choose(change, gesture) {
      chosen = { ...chosen, ...change };
      const address = addressOf(chosen);
      if (address === `${location.pathname}${location.search}${location.hash}`) return;
      const isSameStep = gesture === 'none' || (gesture !== 'press' && gesture === before);
      if (isSameStep) history.replaceState(null, '', address);
      else history.pushState(null, '', address);
      before = gesture;
    },
  };
}
