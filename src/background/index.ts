// The background's entry, which the manifest names.

import { startBackground } from './start.ts';
import { createWorkerMemory } from './worker-memory.ts';

startBackground(createWorkerMemory());
