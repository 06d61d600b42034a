// SPDX-License-Identifier: AGPL-3.0-or-later
// Run by contract.test.mjs and contract-postgres.test.mjs, for each engine.
// The API keeps its contract: the OpenAPI document is valid, and what the house answers is
// what the document says.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import SwaggerParser from '@apidevtools/swagger-parser';
import { account, openHouse } from '../house.mjs';
import { parts } from './parts.mjs';

const Ajv2020 = createRequire(import.meta.url)('ajv/dist/2020').default;

let house, contract, token, database, ticket;
const seen = new Set(); // what was called, so that no path is left out
// A database of the test's own in the cluster that the tests run on.
const sql = (command) => execFileSync('psql', ['-qX', process.env.PORTREEVE_TEST_PG, '-c', command]);
function postgres() {
	database = `contract_${process.pid}`;
	sql(`create database ${database}`);
	return process.env.PORTREEVE_TEST_PG.replace('/postgres?', `/${database}?`);
}

// Calls and checks the answer's status, type and body against the document.
async function call(method, path, pattern, { body, headers = {}, status }) {
	const answer = await fetch(house.base + path, {
		method,
		headers: { Authorization: `Bearer ${token}`,
			...(body instanceof FormData ? {} : { 'Content-Type': 'application/json' }), ...headers },
		body: body instanceof FormData ? body : body && JSON.stringify(body),
	});
	const text = await answer.text();
	if (process.env.PORTREEVE_LOUD) console.error(method, path, answer.status, text.slice(0, 400));
	const json = text && /json/.test(answer.headers.get('content-type')) ? JSON.parse(text) : text;
	seen.add(`${method} ${pattern}`);
	const said = contract.paths[pattern][method.toLowerCase()].responses[status];
	const whole = said?.$ref ? contract.components.responses[said.$ref.split('/').pop()] : said;
	assert.ok(said, `${method} ${pattern} ${status} is not in the document: ${answer.status} ${text}`);
	if (!whole.content) {
		assert.equal(answer.status, status, text);
		return { answer, json };
	}
	const [type, { schema }] = Object.entries(whole.content)[0];
	const check = new Ajv2020({ strict: false, validateFormats: false })
		.compile({ ...schema, components: contract.components });

	assert.equal(answer.status, status, JSON.stringify(json));
	assert.ok(answer.headers.get('content-type').startsWith(type));
	if (type.includes('json')) assert.ok(check(json), `${method} ${path}: ${JSON.stringify(check.errors)}`);
	return { answer, json };
}


// What an administrator's token may do, and what stands beside tickets.
async function everythingElse(here) {
	const [api, one] = ['/api/v1', '/api/v1/tickets/{ref}'];
	const system = token;
	const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
	const form = new FormData();
	form.append('body', 'The hole.');
	form.append('file', new Blob([png]), 'hole.png');

	await call('GET', `${api}/me`, `${api}/me`, { status: 200 });
	await call('POST', `${here}/files`, `${one}/files`, { body: form, status: 201 });
	const files = await call('GET', `${here}/files`, `${one}/files`, { status: 200 });
	assert.equal(files.json.files[0].public, false);
	await call('GET', `${here}/files/${files.json.files[0].id}`, `${one}/files/{id}`, { status: 200 });
	await call('PUT', `${here}/draft`, `${one}/draft`, { body: { body: 'Half a' }, status: 204 });
	const draft = await call('GET', `${here}/draft`, `${one}/draft`, { status: 200 });
	assert.equal(draft.json.body, 'Half a');
	await call('GET', `${here}/score`, `${one}/score`, { status: 404 });
	await call('PUT', `${here}/publication`, `${one}/publication`,
		{ body: { public: true, words: 'A hole.', photos: [] }, status: 204 });
	await call('GET', `${here}/publication`, `${one}/publication`, { status: 200 });
	const teams = await call('GET', `${api}/teams`, `${api}/teams`, { status: 200 });
	await call('GET', `${api}/queues`, `${api}/queues`, { status: 200 });
	await call('GET', `${api}/figures`, `${api}/figures`, { status: 403 });
	const people = await call('GET', `${api}/people?q=ann-contract@example.org`, `${api}/people`, { status: 200 });
	await call('GET', `${api}/people/${people.json.people[0].id}`, `${api}/people/{id}`, { status: 200 });
	await call('GET', `${api}/services/HW-POTHOLE/open311`, `${api}/services/{code}/open311`, { status: 200 });
	await call('POST', `${api}/webhooks`, `${api}/webhooks`,
		{ body: { name: 'x', url: 'https://example.org/' }, status: 403 });

	token = tokenOf('leader');
	await call('GET', `${api}/figures`, `${api}/figures`, { status: 200 });
	await call('GET', `${api}/figures?from=x`, `${api}/figures`, { status: 400 });
	token = tokenOf('administrator');
	await machines(api, teams.json.teams[0].id);
	ticket = here;
	token = system;
}

// What the parts of this test in contract/ are given: calls as a role, and pages as one.
const tools = (here) => ({
	here: here.split('/').pop(),
	// as('leader')('GET', '/tickets/{ref}', { ref }, { status: 200 }): the body of the answer.
	as: (role, options) => {
		const mine = options?.token ?? tokenOf(role);
		return async (method, pattern, names, { query = '', ...rest } = {}) => {
			const before = token;
			token = mine;
			const path = pattern.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(names[name]));
			try {
				const { answer, json } = await call(method, `/api/v1${path}${query}`, `/api/v1${pattern}`,
					{ status: 200, ...rest });
				return Object.assign(Object(json), { etag: answer.headers.get('etag') });
			} finally {
				token = before;
			}
		};
	},
	page: (role, path) => pageAs(role, path),
});

// A page as somebody of that role sees it, with a session of their own.
const cookies = new Map();
async function pageAs(role, path) {
	if (!cookies.has(role)) {
		const { email, password } = account(house, role, 'ouncil');
		const at = `${house.base}/staff/sign-in`;
		const form = await fetch(at);
		const first = cookieOf(form);
		const field = (await form.text()).match(/name="token" value="([^"]+)"/)?.[1] ?? '';
		const done = await fetch(at, { method: 'POST', redirect: 'manual',
			headers: { Origin: house.base, ...(first && { Cookie: first }) },
			body: new URLSearchParams({ email, password, token: field }) });
		assert.equal(done.status, 303, `${role} cannot sign in`);
		cookies.set(role, cookieOf(done) ?? first);
	}
	const answer = await fetch(house.base + path, { headers: { Cookie: cookies.get(role) } });
	assert.equal(answer.status, 200, `${role} ${path}`);
	return answer.text();
}

const cookieOf = (answer) => answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ') || undefined;

async function machines(api, team) {
	await call('PATCH', `${api}/services/HW-POTHOLE/open311`, `${api}/services/{code}/open311`,
		{ body: { keywords: 'road', offered: true, stoppers: [{ kind: 'answer', field: 'size', value: 'x', words: 'Ring us.' }] }, status: 200 });
	await call('PATCH', `${api}/services/HW-POTHOLE/open311`, `${api}/services/{code}/open311`,
		{ body: { stoppers: [{ kind: 'inside', area: 'here', words: 'No.' }] }, status: 422 });
	await call('PATCH', `${api}/services/HW-POTHOLE/open311`, `${api}/services/{code}/open311`,
		{ body: { stoppers: [] }, status: 200 });
	const made = await call('POST', `${api}/tokens`, `${api}/tokens`,
		{ body: { name: 'Counter', role: 'analyst', scopes: ['tickets:read'] }, status: 201 });
	await call('POST', `${api}/tokens`, `${api}/tokens`,
		{ body: { name: '', role: 'king', scopes: ['all'] }, status: 422 });
	await call('GET', `${api}/tokens`, `${api}/tokens`, { status: 200 });
	const administrator = token;
	token = made.json.token;
	await call('GET', `${api}/tickets?queue=all&limit=1`, `${api}/tickets`, { status: 200 });
	await call('POST', `${api}/tickets`, `${api}/tickets`,
		{ body: { service: 'HW-POTHOLE', description: 'No.' }, status: 403 });
	await call('GET', `${api}/people?q=ann-contract@example.org`, `${api}/people`, { status: 403 });
	token = administrator;
	await call('DELETE', `${api}/tokens/${made.json.id}`, `${api}/tokens/{id}`, { status: 204 });
	await call('DELETE', `${api}/tokens/${made.json.id}`, `${api}/tokens/{id}`, { status: 404 });

	const bodies = `${api}/open311-bodies`;
	const neighbour = { name: 'Northmere', url: 'https://open311.example.org/v2', api_key: 'k', team,
		services: { 'HW-POTHOLE': 'POT' } };
	await call('POST', bodies, bodies, { body: { ...neighbour, team: '0' }, status: 422 });
	const made311 = await call('POST', bodies, bodies, { body: neighbour, status: 201 });
	await call('GET', bodies, bodies, { status: 200 });
	const body311 = `${bodies}/${made311.json.id}`;
	await call('GET', body311, `${bodies}/{id}`, { status: 200 });
	await call('PATCH', body311, `${bodies}/{id}`, { body: { statuses: { fixed: 'resolve' }, active: false }, status: 200 });
	await call('PATCH', body311, `${bodies}/{id}`, { body: { statuses: { fixed: 'burn' } }, status: 422 });
	await call('POST', `${body311}/ask`, `${bodies}/{id}/ask`, { status: 204 });
	await call('DELETE', `${bodies}/${made311.json.id}`, `${bodies}/{id}`, { status: 204 });
	await call('DELETE', `${bodies}/${made311.json.id}`, `${bodies}/{id}`, { status: 404 });

	const hooks = `${api}/webhooks`;
	await call('POST', hooks, hooks, { body: { name: 'x', url: 'http://127.0.0.1/' }, status: 422 });
	await call('POST', hooks, hooks,
		{ body: { name: 'x', url: 'https://example.org/', events: ['birth'] }, status: 422 });
	const hook = await call('POST', hooks, hooks,
		{ body: { name: 'Ours', url: 'https://hooks.example.org/in', events: ['resolved'] }, status: 201 });
	const it = `${hooks}/${hook.json.id}`;
	assert.match(hook.json.secret, /^whsec_/);
	await call('GET', hooks, hooks, { status: 200 });
	const shown = await call('GET', it, `${hooks}/{id}`, { status: 200 });
	assert.equal(shown.json.secret, undefined);
	await call('PATCH', it, `${hooks}/{id}`, { body: { active: false }, status: 200 });
	await call('POST', `${it}/test`, `${hooks}/{id}/test`, { status: 204 });
	await call('GET', `${it}/deliveries`, `${hooks}/{id}/deliveries`, { status: 200 });
	await call('POST', `${it}/deliveries/1/replay`, `${hooks}/{id}/deliveries/{message}/replay`, { status: 404 });
	await call('DELETE', it, `${hooks}/{id}`, { status: 204 });
	await call('GET', it, `${hooks}/{id}`, { status: 404 });
}

const tokenOf = (role) => {
	const { email, organisation } = house.credentials.people.find((p) => p.role === 'administrator'
		&& p.organisation.includes('ouncil'));
	assert.ok(organisation);
	return execFileSync(house.program, ['user', 'token', email, role, 'contract', '--db', house.db,
		'--org', 'southmere'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
};

async function isValid() {
	assert.equal(contract.openapi, '3.1.0');
	await SwaggerParser.validate(structuredClone(contract));
}

async function answers() {
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
	const { json: clocks } = await call('GET', `${here}/clocks`, `${one}/clocks`, { status: 200 });
	assert.ok(clocks.clocks.length > 0 && clocks.clocks[0].lines.length > 1);
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
	await everythingElse(here);
	const system = token;
	token = 'not-a-token';
	await call('GET', here, one, { status: 401 });
	token = system;
}

// Behind the others: what nobody called above is proved elsewhere, and named here.
function nothingIsLeft() {
	const elsewhere = ['/look', '/clocks', '/openapi.json'];
	const missing = Object.entries(contract.paths).flatMap(([path, methods]) => Object.keys(methods)
		.filter((method) => method !== 'parameters').map((method) => `${method.toUpperCase()} ${path}`))
		.filter((operation) => !seen.has(operation)
			&& !elsewhere.some((end) => operation.endsWith(end)));
	assert.deepEqual(missing, []);
}

export function contractOn(engine) {
	before(async () => {
		house = await openHouse({ browser: false, db: engine === 'postgres' ? postgres() : undefined });
		contract = await (await fetch(`${house.base}/api/v1/openapi.json`)).json();
		token = house.credentials.tokens.find((t) => t.organisation.includes('ouncil')).token;
	});
	after(async () => {
		await house.close();
		if (database) sql(`drop database ${database}`);
	});
	test('the document is valid OpenAPI 3.1', isValid);
	test(`answers are what the document says, on ${engine}`, answers);
	for (const part of parts)
		test(`${part.name} by a machine, seen on the pages, on ${engine}`, () => part(tools(ticket)));
	test('every operation of the document was called', nothingIsLeft);
}
