// What the bench runs inside the browser: the extension's own code that appends to history.
import { appendSample } from '../../src/storage/records/history.ts';
import { clearRecords } from '../fakes/records.ts';

Object.assign(globalThis, {
  appendSample: (accountId: string, ...rest: [never, never]) =>
    appendSample(clearRecords(accountId), ...rest),
});
