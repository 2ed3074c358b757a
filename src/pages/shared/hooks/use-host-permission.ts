// A hook: the host permissions, and requesting one from a click.

import { useEffect, useState } from 'preact/hooks';
import { hasHostPermission, requestHostPermission, watchPermissions } from '../../../browser/permissions.ts';
import type { Environment } from '../../../domain/accounts/account.ts';
import { hostPattern } from '../../../kalshi/endpoints.ts';

/**
 * Returns a function that requests the host permission of an environment where it is not granted yet.
 * Call it directly from a click handler. What is granted is read beforehand, because nothing may be awaited between
 * the click and the request.
 */
export function useHostPermission(environment: Environment): () => Promise<boolean> {
  const pattern = hostPattern(environment);
  const [granted, setGranted] = useState(false);
  useEffect(() => {
    const check = () => void hasHostPermission(pattern).then(setGranted);
    check();
    return watchPermissions(check);
  }, [pattern]);
  return () => (granted ? Promise.resolve(true) : requestHostPermission(pattern));
}
