/** Functions that take the data of server-sent events, by the name of the message. */
export type Handlers = Readonly<Record<string, (data: never) => void>>;

/** A source of messages that is open while the page is visible. */
export interface LiveSource {
  close(): void;
}

/** A source that was refused is asked for again after so long, as a browser does with one that was lost. */
const retryMs = 3_000;

/**
 * Listens to server-sent events while the page is visible.
 *
 * A browser allows six connections to one server, over all tabs. So a hidden page closes its connection. When it is visible
 * again, it reconnects, and the first message holds the whole state.
 *
 * @param onState - called with what has become of the connection; with a reason where the server refused it
 */
export function liveSource(
  address: string,
  handlers: Handlers,
  onState: (state: 'open' | 'lost', why?: string) => void,
): LiveSource {
  let source: EventSource | undefined;
  let retrying: ReturnType<typeof setTimeout> | undefined;

  function connect(): void {
    const opened = new EventSource(address);
    source = opened;
    for (const [name, handler] of Object.entries(handlers)) {
      opened.addEventListener(name, ({ data }) => handler(JSON.parse(data) as never));
    }
    opened.addEventListener('open', () => onState('open'));
    opened.addEventListener('error', () => {
      onState('lost');
      if (opened.readyState === EventSource.CLOSED) void refused(opened);
    });
  }
  /** A browser does not try again after an answer that is no stream. Source: HTML, 9.2.3, "fail the connection". */
  async function refused(closed: EventSource): Promise<void> {
    const why = await refusalOf(address);
    if (source !== closed) return;
    if (why !== undefined) onState('lost', why);
    retrying = setTimeout(connect, retryMs);
  }
  function disconnect(): void {
    clearTimeout(retrying);
    source?.close();
    source = undefined;
  }
  function follow(): void {
    if (document.visibilityState === 'hidden') disconnect();
    else if (source === undefined) connect();
  }
  document.addEventListener('visibilitychange', follow);
  follow();

  return {
    close() {
      document.removeEventListener('visibilitychange', follow);
      disconnect();
    },
  };
}

/** Why the server refuses an address, in its words; `undefined` if it does not, or cannot be reached. */
async function refusalOf(address: string): Promise<string | undefined> {
  const asking = new AbortController();
  try {
    const answer = await fetch(address, { signal: asking.signal });
    return answer.ok ? undefined : (await answer.text()).trim();
  } catch {
    return undefined;
  } finally {
    asking.abort();
  }
}
