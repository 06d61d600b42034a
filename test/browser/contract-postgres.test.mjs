// SPDX-License-Identifier: AGPL-3.0-or-later
// The same on PostgreSQL, where the tests have a cluster (tools/test).
import { test } from 'node:test';
import { contractOn } from './contract/run.mjs';

if (process.env.PORTREEVE_TEST_PG)
	contractOn('postgres');
else
	test('the contract on PostgreSQL', { skip: 'PORTREEVE_TEST_PG names no cluster' }, () => {});
