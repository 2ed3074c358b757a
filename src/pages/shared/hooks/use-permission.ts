// Hooks: whether a permission is granted, and requesting one from a click.

import { useCallback } from 'preact/hooks';
import { hasHostPermission, requestHostPermissions, watchPermissions } from '../../../browser/permissions.ts';
import type { Environment } from '../../../domain/accounts/account.ts';
import { hostPatterns } from '../../../kalshi/endpoints.ts';
import { useWatched } from './use-watched.ts';

/**
 * @param isGranted reads it, e.g. `hasIdlePermission`; the same function in every render
 * @returns undefined before the first read
 */
export function usePermission(isGranted: () => Promise<boolean>): boolean | undefined {
  return useWatched(isGranted, watchPermissions);
}

/**
 * Whether a permission for the hosts of an environment is granted, and a function that requests them unless one is: that is
 * enough to connect. Call it directly from a click handler: nothing may be awaited between the click and the request, so the
 * permissions are read beforehand.
 */
export function useHostPermission(environment: Environment): {
  granted: boolean | undefined;
  requestAccess: () => Promise<boolean>;
} {
  const isGranted = useCallback(async () => {
    const granted = await Promise.all(hostPatterns(environment).map(hasHostPermission));
    return granted.includes(true);
  }, [environment]);
  const granted = usePermission(isGranted);
  const requestAccess = () =>
    granted ? Promise.resolve(true) : requestHostPermissions(hostPatterns(environment));
  return { granted, requestAccess };
}
