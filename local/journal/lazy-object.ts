import type { StoredObject } from './stores.ts';

/** An object that is read when more than its key is asked for. */
export function lazyObject(key: string, read: () => StoredObject): StoredObject {
  let object: StoredObject | undefined;
  const whole = () => {
    object ??= read();
    return object;
  };
  return {
    key,
    get body() {
      return whole().body;
    },
    get contentType() {
      return whole().contentType;
    },
    get contentLength() {
      return whole().contentLength;
    },
    get etag() {
      return whole().etag;
    },
    get lastModified() {
      return whole().lastModified;
    },
    get metadata() {
      return whole().metadata;
    },
  };
}
