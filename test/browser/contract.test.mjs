// SPDX-License-Identifier: AGPL-3.0-or-later
// The API keeps its contract: the OpenAPI document is valid, and what the house answers is
// what the document says.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import SwaggerParser from '@apidevtools/swagger-parser';
import { openHouse } from './house.mjs';

const Ajv2020 = createRequire(import.meta.url)('ajv/dist/2020').default;

let house, contract, token;
before(async () => {
	house = await openHouse({ browser: false });
	contract = await (await fetch(`${house.base}/api/v1/openapi.json`)).json();
	token = house.credentials.tokens.find((t) => t.organisation.includes('ouncil')).token;
});
after(async () => { await house.close(); });

// Calls and checks the answer's status, type and body against the document.
async function call(method, path, pattern, { body, headers = {}, status }) {
	const answer = await fetch(house.base + path, {
		method,
		headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
		body: body && JSON.stringify(body),
	});
	const json = await answer.json();
	const said = contract.paths[pattern][method.toLowerCase()].responses[status];
	const whole = said.$ref ? contract.components.responses[said.$ref.split('/').pop()] : said;
	const [type, { schema }] = Object.entries(whole.content)[0];
	const check = new Ajv2020({ strict: false, validateFormats: false })
		.compile({ ...schema, components: contract.components });

	assert.equal(answer.status, status, JSON.stringify(json));
	assert.ok(answer.headers.get('content-type').startsWith(type));
	assert.ok(check(json), `${method} ${path}: ${JSON.stringify(check.errors)}`);
	return { answer, json };
}

test('the document is valid OpenAPI 3.1', async () => {
	assert.equal(contract.openapi, '3.1.0');
	await SwaggerParser.validate(structuredClone(contract));
});

test('answers are what the document says', async () => {
	const tickets = '/api/v1/tickets';
	const one = `${tickets}/{ref}`;
	const body = { service: 'HW-POTHOLE', description: 'A hole.',
		customer: { name: 'Ann Fisher', email: 'ann-contract@example.org' } };
	const headers = { 'Idempotency-Key': 'contract-1' };
	const { answer, json } = await call('POST', tickets, tickets, { body, headers, status: 201 });
	const here = `${tickets}/${json.reference}`;

	const again = await call('POST', tickets, tickets, { body, headers, status: 201 });
	assert.deepEqual(again.json, json);
	await call('POST', tickets, tickets, { body: { ...body, description: 'B' }, headers, status: 422 });
	await call('POST', tickets, tickets, { body: { service: 'NONE' }, status: 422 });
	await call('GET', here, one, { status: 200 });
	await call('GET', `${tickets}/000-000-000`, one, { status: 404 });
	await call('GET', `${tickets}?limit=2&queue=all`, tickets, { status: 200 });
	await call('GET', `${tickets}?q=ann-contract@example.org`, tickets, { status: 200 });
	await call('PATCH', here, one, { body: { assignee: 'me' }, status: 428 });
	const tag = answer.headers.get('etag');
	await call('PATCH', here, one,
		{ body: { priority: 2, reason: 'By a school.' }, headers: { 'If-Match': tag }, status: 200 });
	await call('PATCH', here, one,
		{ body: { priority: 1, reason: 'Again.' }, headers: { 'If-Match': tag }, status: 412 });
	await call('POST', `${here}/messages`, `${one}/messages`,
		{ body: { body: 'We are on our way.' }, status: 201 });
	await call('GET', `${here}/messages`, `${one}/messages`, { status: 200 });
	await call('GET', '/api/v1/services', '/api/v1/services', { status: 200 });
	await call('GET', '/api/v1/services/HW-POTHOLE', '/api/v1/services/{code}', { status: 200 });
	await call('GET', '/api/v1/people?q=ann-contract@example.org', '/api/v1/people', { status: 200 });
	await call('GET', '/api/v1/people', '/api/v1/people', { status: 400 });
	token = 'not-a-token';
	await call('GET', here, one, { status: 401 });
});
