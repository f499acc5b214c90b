/** The module by which an emulator makes its store. */
interface StoreModule<Options, Store> {
  create(options: Options): Store;
}

/**
 * Makes an emulator, and gets hold of its store.
 *
 * dynalite and kinesalite keep their stores to themselves; they ask modules of their own for them, and there they can be met.
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
    if (store === undefined) throw new Error('the emulator made no store: this needs the pinned version');
    return { made, store };
  } finally {
    module.create = create;
  }
}
