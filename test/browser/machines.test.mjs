// SPDX-License-Identifier: AGPL-3.0-or-later
// Doors for machines: the pages where administrators make tokens and webhooks, and a whole
// conversation of an Open311 client in JSON against schemas of GeoReport v2.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { account, complaints, look, openHouse, press, signIn, text, visitor } from './house.mjs';

const Ajv2020 = createRequire(import.meta.url)('ajv/dist/2020').default;
const { $defs } = JSON.parse(readFileSync('test/browser/open311/schemas.json'));
const ajv = new Ajv2020({ strict: false });

let house;
before(async () => { house = await openHouse(); });
after(async () => { await house.close(); });

async function administrator(javascript) {
	const page = await visitor(house, { javascript });
	await signIn(house, page, account(house, 'administrator', 'ouncil'));
	return page;
}

for (const scripted of [true, false])
	test(`a token is made, works and ends, ${scripted ? 'with' : 'without'} JavaScript`, async () => {
		const page = await administrator(scripted);
		const name = `Counter ${scripted}`;
		await page.goto(`${house.base}/admin/tokens`);
		await look(page, 'tokens', scripted);
		await page.getByLabel('Name', { exact: true }).fill(name);
		await page.getByLabel('Role', { exact: true }).selectOption('analyst');
		await page.getByLabel('Scopes', { exact: true }).fill('tickets:read');
		await press(page, page.getByRole('button', { name: 'Make a token' }));
		const [token] = (await text(page)).match(/prt_[0-9a-z]{26}/);
		const ask = () => fetch(`${house.base}/api/v1/me`,
			{ headers: { Authorization: `Bearer ${token}` } });
		const me = await (await ask()).json();
		assert.equal(me.name, name);
		assert.deepEqual(me.scopes, ['tickets:read']);
		await press(page, page.getByRole('button', { name: `Remove ${name}` }));
		assert.equal((await ask()).status, 401);
		await page.getByLabel('Scopes', { exact: true }).fill('everything');
		await press(page, page.getByRole('button', { name: 'Make a token' }));
		assert.match(await text(page), /There is no scope/);
	});

test('a webhook is made, tried and replayed', async () => {
	const page = await administrator(true);
	await page.goto(`${house.base}/admin/webhooks`);
	assert.deepEqual(await complaints(page), []);
	await page.getByLabel('Name', { exact: true }).fill('Data team');
	await page.getByLabel('Address', { exact: true }).fill('http://169.254.169.254/latest');
	await press(page, page.getByRole('button', { name: 'Make a webhook' }));
	assert.match(await text(page), /public Internet/);
	await page.getByLabel('Address', { exact: true }).fill('https://hooks.portreeve.invalid/in');
	await press(page, page.getByRole('button', { name: 'Make a webhook' }));
	assert.match(await text(page), /whsec_/);
	await page.getByLabel('What to do').selectOption('test');
	await press(page, page.getByRole('button', { name: 'Do it' }));
	for (let i = 0; i < 600; i++) {
		await page.goto(`${house.base}/admin/webhooks`);
		if (await page.getByRole('button', { name: 'Send again' }).count()) break;
		await new Promise((done) => setTimeout(done, 100));
	}
	await look(page, 'webhooks');
	await press(page, page.getByRole('button', { name: 'Send again' }));
	assert.match(await text(page), /Saved/);
});

async function ask(path, schema, { form, status = 200 } = {}) {
	const answer = await fetch(`${house.base}/open311/v2/${path}`,
		form && { method: 'POST', body: new URLSearchParams(form) });
	const json = await answer.json();
	const check = ajv.compile({ ...$defs[schema], $defs });
	assert.equal(answer.status, status, JSON.stringify(json));
	assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
	assert.ok(check(json), `${path}: ${JSON.stringify(check.errors)} ${JSON.stringify(json).slice(0, 500)}`);
	return json;
}

// A service that gives its numbers later: a token first.
async function batch(api_key, form) {
	const page = await administrator(true);
	const offer = `${house.base}/admin/open311/HW-POTHOLE`;
	const choose = async (type) => {
		await page.goto(offer);
		await page.getByLabel('How numbers are given').selectOption(type);
		await press(page, page.getByRole('button', { name: 'Save' }));
		assert.match(await text(page), /Service over Open311/);
	};
	await choose('batch');
	const later = form.map(([name, value]) => [name, name === 'description' ? 'Another hole' : value]);
	const [{ token }] = await ask('requests.json', 'created', { form: later, status: 201 });
	const [{ service_request_id: id }] = await ask(`tokens/${token}.json`, 'token');
	assert.ok(id);
	await choose('realtime');
}

test('an Open311 client finds its way in JSON', async () => {
	const api_key = house.credentials.tokens.find((t) => t.organisation.includes('ouncil')).token;
	await ask('discovery.json', 'discovery');
	const services = await ask('services.json', 'services');
	assert.ok(services.length > 5);
	for (const { service_code, metadata } of services)
		if (metadata) await ask(`services/${service_code}.json`, 'service_definition');
	const { attributes } = await ask('services/HW-POTHOLE.json', 'service_definition');
	const answers = attributes.filter((a) => a.required)
		.map((a) => [`attribute[${a.code}]`, a.values[0].key]);
	const form = [['api_key', api_key], ['service_code', 'HW-POTHOLE'], ['lat', '51.54'], ['long', '0.71'],
		['description', 'A hole – “deep”'], ['attribute[easting]', '588000'], ...answers];
	const [{ service_request_id: id }] = await ask('requests.json', 'created', { form, status: 201 });
	const [{ service_request_id: again }] = await ask('requests.json', 'created', { form, status: 201 });
	assert.equal(again, id);
	const [one] = await ask(`requests/${id}.json?extensions=true`, 'requests');
	await batch(api_key, form);
	assert.equal(one.lat, 51.54);
	const list = await ask('requests.json', 'requests');
	assert.ok(list.some((r) => r.service_request_id === id));
	await ask('servicerequestupdates.json', 'taken', { status: 201,
		form: [['api_key', api_key], ['service_request_id', id], ['update_id', '1'], ['status', 'OPEN'],
			['updated_datetime', new Date().toISOString()], ['description', 'It grows.']] });
	await ask('servicerequestupdates.json', 'updates');
	await ask('requests.json', 'errors', { form: { service_code: 'HW-POTHOLE' }, status: 403 });
	await ask('requests.json', 'errors', { form: { api_key }, status: 400 });
	await ask('requests/none.json', 'errors', { status: 404 });
	await ask('services/none.json', 'errors', { status: 404 });
	await ask('nowhere.json', 'errors', { status: 404 });
	await ask('requests.json?start_date=x', 'errors', { status: 400 });
	await ask('tokens/none.json', 'errors', { status: 404 });
	await ask('discovery.json?jurisdiction_id=atlantis', 'errors', { status: 404 });
	await ask('servicerequestupdates.json?end_date=x', 'errors', { status: 400 });
	await ask('servicerequestupdates.json', 'errors', { form: { update_id: '1' }, status: 403 });
	await ask('servicerequestupdates.json', 'errors', { form: { api_key, update_id: '' }, status: 400 });
	await ask(`photos/${id}/1`, 'errors', { status: 404 });
	await ask('services.json', 'errors', { form: { a: 1 }, status: 405 });
	await ask('requests.json', 'errors', { form: { api_key, description: 'a'.repeat(400000) }, status: 413 });
});
