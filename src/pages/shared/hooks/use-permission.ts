// Hooks: whether a permission is granted, and requesting one from a click.

import { useCallback } from 'preact/hooks';
import { hasHostPermission, requestHostPermission, watchPermissions } from '../../../browser/permissions.ts';
import type { Environment } from '../../../domain/accounts/account.ts';
import { hostPattern } from '../../../kalshi/endpoints.ts';
import { useWatched } from './use-watched.ts';

/**
 * @param isGranted reads it, e.g. `hasIdlePermission`; the same function in every render
 * @returns undefined before the first read
 */
export function usePermission(isGranted: () => Promise<boolean>): boolean | undefined {
  return useWatched(isGranted, watchPermissions);
}

/**
 * Returns a function that requests the host permission of an environment if it is not granted yet. Call it directly from a
 * click handler: nothing may be awaited between the click and the request, so the permission is read beforehand.
 */
export function useHostPermission(environment: Environment): () => Promise<boolean> {
  const pattern = hostPattern(environment);
  const granted = usePermission(useCallback(() => hasHostPermission(pattern), [pattern]));
  return () => (granted ? Promise.resolve(true) : requestHostPermission(pattern));
}
