import { type ClientRequest, get, type IncomingMessage } from 'node:http';

/** A message of server-sent events. */
export interface SentEvent {
  readonly name: string;
  readonly data: unknown;
}

/** A reader of server-sent events. */
export interface EventReader {
  readonly heard: readonly SentEvent[];
  /** The first message so named that passes, among those heard and those to come. */
  first<Data>(name: string, passes?: (data: Data) => boolean): Promise<Data>;
  pause(): void;
  resume(): void;
  close(): void;
}

/** Reads server-sent events, over HTTP. @throws Error if the answer is another one */
export async function readEvents(url: string): Promise<EventReader> {
  const { request, response } = await open(url);
  const heard: SentEvent[] = [];
  const waiting = new Set<() => void>();
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line]));
      const name = fields.get('event')?.slice('event: '.length);
      const data = fields.get('data')?.slice('data: '.length);
      if (name !== undefined && data !== undefined) heard.push({ name, data: JSON.parse(data) });
    }
    for (const look of waiting) look();
  });
  response.on('error', () => {});
  return {
    heard,
    first: (name, passes = () => true) =>
      new Promise((resolve) => {
        const look = () => {
          const found = heard.find((event) => event.name === name && passes(event.data as never));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found.data as never);
        };
        waiting.add(look);
        look();
      }),
    pause: () => response.pause(),
    resume: () => response.resume(),
    close: () => request.destroy(),
  };
}

function open(url: string): Promise<{ request: ClientRequest; response: IncomingMessage }> {
  return new Promise((resolve, reject) => {
    const request = get(url, (response) => {
      if (response.statusCode === 200) resolve({ request, response });
      else reject(new Error(`${url} answers ${response.statusCode}`));
    });
    request.on('error', reject);
  });
}
