// A process of its own, which claims each key that its parent names.
import { systemClock } from '../../src/crm/clock.ts';
import { openWriteStore } from '../../src/store/writeStore.ts';
import { claimOf, KEY } from './stores.ts';

const [file = ''] = process.argv.slice(2);
const store = openWriteStore({ file, keys: [KEY], clock: systemClock });
process.on('message', (key: string) => process.send?.(store.claim(claimOf(systemClock, key)).state));
process.send?.('ready');
