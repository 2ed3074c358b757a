// The one door to the browser's extension API, the same in Chromium and Firefox.

export type { Runtime } from 'webextension-polyfill';
export { default as browser } from 'webextension-polyfill';
