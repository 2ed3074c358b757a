// What tests do with backups: make one, restore one, and change what is in its file.
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Result } from '../../../../src/commands/problem.ts';
import type { BackgroundHarness } from '../background-harness.ts';

/** The text of a backup of this browser. */
export async function createBackup(harness: BackgroundHarness, passphrase?: string): Promise<string> {
  const result = await harness.command<{ text: string }>('backup/create', passphrase ? { passphrase } : {});
  if (!result.ok) throw new Error(`no backup: ${result.problem.kind}`);
  return result.value.text;
}

/** Restores the text of a backup in this browser. */
export function restoreBackup(
  harness: BackgroundHarness,
  text: string,
  passphrase?: string,
): Promise<Result<unknown>> {
  return harness.command('backup/restore', { text, ...(passphrase && { passphrase }) });
}

/** The parts of a file without a passphrase. */
export interface BackupFile {
  format: string;
  version: number;
  sha256: string;
  content: string;
}

/** The file with its content changed, and its checksum with it. */
export function edited<Content>(text: string, edit: (content: Content) => void): string {
  const file = JSON.parse(text) as BackupFile;
  const content = JSON.parse(gunzipSync(Buffer.from(file.content, 'base64')).toString());
  edit(content);
  const bytes = gzipSync(JSON.stringify(content));
  const sha256 = createHash('sha256').update(bytes).digest('base64');
  return JSON.stringify({ ...file, sha256, content: bytes.toString('base64') });
}
