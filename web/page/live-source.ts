/** Functions that take the data of server-sent events, by the name of the message. */
export type Handlers = Readonly<Record<string, (data: never) => void>>;

/** A source of messages that is open while the page is visible. */
export interface LiveSource {
  close(): void;
}

/**
 * Listens to server-sent events while the page is visible.
 *
 * A browser allows six connections to one server, over all tabs. So a hidden page closes its connection. When it is visible
 * again, it reconnects, and the first message holds the whole state.
 */
export function liveSource(
  address: string,
  handlers: Handlers,
  onState: (state: 'open' | 'lost') => void = () => {},
): LiveSource {
  let source: EventSource | undefined;

  function connect(): void {
    source = new EventSource(address);
    for (const [name, handler] of Object.entries(handlers)) {
      source.addEventListener(name, ({ data }) => handler(JSON.parse(data) as never));
    }
    source.addEventListener('open', () => onState('open'));
    source.addEventListener('error', () => onState('lost'));
  }
  function follow(): void {
    if (document.visibilityState === 'hidden') {
      source?.close();
      source = undefined;
    } else if (source === undefined) {
      connect();
    }
  }
  document.addEventListener('visibilitychange', follow);
  follow();

  return {
    close() {
      document.removeEventListener('visibilitychange', follow);
      source?.close();
    },
  };
}
