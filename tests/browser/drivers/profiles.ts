// Where the profiles of test browsers are.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder for a profile: in BROWSER_PROFILES, whose browsers are ended after the tests, if that is set. */
export const newProfile = () => mkdtempSync(join(process.env.BROWSER_PROFILES ?? tmpdir(), 'balance-badge-'));
