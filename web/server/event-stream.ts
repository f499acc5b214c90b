import type { ServerResponse } from 'node:http';

/** Server-sent events to one reader, never more of them under way than the reader takes. */
export interface EventStream {
  /** Whether the reader has yet to take what was sent. */
  readonly busy: boolean;
  /** Sends a message, unless the stream was ended: what was being read for it then is for nobody. */
  send(name: string, data: unknown): void;
  end(): void;
}

const reconnectMs = 1_000;

/**
 * Answers a request with server-sent events.
 *
 * A reader that is slow makes the response busy until it has caught up: whoever sends is to leave out messages then,
 * and not to pile them up.
 * Source: WHATWG, HTML, "Server-sent events".
 *
 * @param closed - called once, when the reader has gone or the stream was ended
 */
export function eventStream(response: ServerResponse, closed: () => void): EventStream {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  let busy = !response.write(`retry: ${reconnectMs}\n\n`);
  response.on('drain', () => {
    busy = false;
  });
  response.on('close', closed);
  return {
    get busy() {
      return busy;
    },
    send(name, data) {
      if (response.writableEnded) return;
      // JSON has no line breaks but escaped ones, so that it is one line of data.
      busy = !response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end() {
      response.end();
    },
  };
}
