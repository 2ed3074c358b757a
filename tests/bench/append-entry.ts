// What the bench runs inside the browser: the extension's own code that appends to history.
import { appendSample } from '../../src/storage/history-store.ts';

Object.assign(globalThis, { appendSample });
