/** The module with which an emulator creates its store. */
interface StoreModule<Options, Store> {
  create(options: Options): Store;
}

/**
 * Creates an emulator and returns its store as well.
 *
 * dynalite and kinesalite hide their stores. Each creates its store with a module of its own, so that module is wrapped meanwhile.
 */
export function createWithStore<Options, Store, Made>(
  module: StoreModule<Options, Store>,
  make: () => Made,
): { readonly made: Made; readonly store: Store } {
  const { create } = module;
  let store: Store | undefined;
  module.create = (options) => {
    store = create(options);
    return store;
  };
  try {
    const made = make();
    if (store === undefined)
      throw new Error('the emulator created no store: this needs the pinned version of the emulator');
    return { made, store };
  } finally {
    module.create = create;
  }
}
