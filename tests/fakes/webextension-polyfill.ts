// Stands in for the package in tests in node (vitest.config.ts): the extension API of the fake browser that a test has
// started.

let api: object = {};

/** Sets the extension API that modules import from now on. */
export function setExtensionApi(next: object): void {
  api = next;
}

// biome-ignore lint/style/noDefaultExport: as the package exports it
export default new Proxy({}, { get: (_, name) => Reflect.get(api, name) });
