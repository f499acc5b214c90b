/** What came with a server-sent event, by the name of the message. */
export type Handlers = Readonly<Record<string, (data: never) => void>>;

/** A source of messages that is open while the page is seen. */
export interface LiveSource {
  close(): void;
}

/**
 * Listens to server-sent events while the page is visible.
 *
 * Browsers allow six connections to one server, over all tabs; so a hidden page gives its own up, and starts again from
 * the first message, which holds everything, when it is seen again.
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
