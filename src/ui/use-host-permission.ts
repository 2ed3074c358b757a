// Whether a host may be reached, and asking for it from a click.

import { useEffect, useState } from 'preact/hooks';
import { hostPattern } from '../kalshi/endpoints.ts';
import { hasHostPermission, requestHostPermission, watchPermissions } from '../platform/permissions.ts';
import type { Environment } from '../portfolio/account.ts';

/**
 * Gives a function that makes sure an environment's host may be reached, asking the user where it may not.
 * To be called straight from a click. What is granted is known beforehand, because nothing may be awaited between
 * the click and the question.
 */
export function useHostPermission(environment: Environment): () => Promise<boolean> {
  const pattern = hostPattern(environment);
  const [granted, setGranted] = useState(false);
  useEffect(() => {
    const look = () => void hasHostPermission(pattern).then(setGranted);
    look();
    return watchPermissions(look);
  }, [pattern]);
  return () => (granted ? Promise.resolve(true) : requestHostPermission(pattern));
}
