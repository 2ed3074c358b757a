// The WebExtensions API, the same in Chromium and Firefox. No other file imports the polyfill.

export type { Runtime } from 'webextension-polyfill';
export { default as browser } from 'webextension-polyfill';
