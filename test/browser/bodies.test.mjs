// SPDX-License-Identifier: AGPL-3.0-or-later
// Another body that speaks Open311: an administrator adds it in pages, a request goes there,
// its news comes back and solves the request; services are offered and stopped in pages; what
// everybody can read of a request is decided in a page. With JavaScript and without.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { account, look, openHouse, press, signIn, text, visitor } from './house.mjs';

// The other body, in XML; it keeps what is posted to it.
const posted = [];
const updates = [];
const xml = (body) => `<?xml version="1.0" encoding="utf-8"?>${body}`;
const northmere = createServer((request, response) => {
	const path = request.url.split('?')[0];
	let body = '';
	request.on('data', (data) => { body += data; });
	request.on('end', () => {
		const answers = {
			'/v2/discovery.xml': '<discovery><endpoints><endpoint><formats><format>text/xml</format></formats></endpoint></endpoints></discovery>',
			'/v2/services.xml': '<services><service><service_code>BIN1</service_code><metadata>true</metadata></service></services>',
			'/v2/services/BIN1.xml': '<service_definition><attributes><attribute><code>fixmystreet_id</code></attribute></attributes></service_definition>',
			'/v2/servicerequestupdates.xml': `<service_request_updates>${updates.join('')}</service_request_updates>`,
		};
		if (request.method === 'POST') {
			posted.push(new URLSearchParams(body));
			answers[path] = `<service_requests><request><service_request_id>N-${posted.length}</service_request_id></request></service_requests>`;
		}
		response.writeHead(answers[path] ? 200 : 404, { 'Content-Type': 'text/xml' });
		response.end(xml(answers[path] ?? '<errors/>'));
	});
});

let house;
before(async () => {
	await new Promise((done) => northmere.listen(0, '127.0.0.1', done));
	house = await openHouse({ options: ['--outgoing-allow', '127.0.0.0/8'] });
});
after(async () => {
	await house.close();
	northmere.close();
});

async function administrator(javascript) {
	const page = await visitor(house, { javascript });
	await signIn(house, page, account(house, 'administrator', 'ouncil'));
	return page;
}

// Opens the page again until it says so.
async function until(page, what) {
	for (let i = 0; i < 300; i++) {
		await page.reload();
		if (what.test(await text(page))) return;
		await new Promise((done) => setTimeout(done, 200));
	}
	assert.match(await text(page), what);
}

const token = () => house.credentials.tokens.find((t) => t.organisation.includes('ouncil')).token;

const ask = async (path, method = 'GET', body = undefined) => {
	const answer = await fetch(`${house.base}/api/v1${path}`, { method,
		headers: { Authorization: `Bearer ${token()}`, 'Content-Type': 'application/json' },
		body: body && JSON.stringify(body) });
	return answer.status === 204 ? null : answer.json();
};

for (const scripted of [true, false])
	test(`a body takes a request and solves it, ${scripted ? 'with' : 'without'} JavaScript`, async () => {
		const page = await administrator(scripted);
		await page.goto(`${house.base}/admin/bodies`);
		await look(page, 'bodies', scripted);
		await press(page, page.getByRole('link', { name: 'Add a body' }));
		await look(page, 'body-new', scripted);
		await page.getByLabel('Name', { exact: true }).fill('Northmere');
		await page.getByLabel('Address', { exact: true }).fill(`http://127.0.0.1:${northmere.address().port}/v2`);
		await page.getByLabel('Key that they gave us').fill('their-key');
		await page.getByLabel('Team that stands for them').selectOption({ label: 'Waste and Recycling' });
		await page.getByLabel('Services: ours = theirs').fill('WA-MISSED = BIN1\nNONE = X');
		await page.getByLabel('Statuses: theirs').fill('fixed = resolve');
		await press(page, page.getByRole('button', { name: 'Save' }));
		assert.match(await text(page), /NONE is no service of ours/);
		await look(page, 'body-wrong', scripted);
		await page.getByLabel('Services: ours = theirs').fill('WA-MISSED = BIN1');
		await page.getByLabel('Key that they gave us').fill('their-key');
		await press(page, page.getByRole('button', { name: 'Save' }));
		await until(page, /All is well/);

		const before_ = posted.length;
		const made = await ask('/tickets', 'POST', { service: 'WA-MISSED', description: 'The bin – “full”.',
			customer: { name: 'Xaver Yzop', email: 'xaver@example.org' } });
		await until(page, /Taken by them/);
		await look(page, 'body', scripted);
		const sent = posted[before_];
		assert.equal(sent.get('service_code'), 'BIN1');
		assert.equal(sent.get('api_key'), 'their-key');
		assert.equal(sent.get('description'), 'The bin – “full”.');
		assert.equal(sent.get('attribute[fixmystreet_id]'), made.reference);
		assert.ok(![...sent.values()].some((value) => /Xaver|xaver/.test(value)));

		const id = `N-${before_ + 1}`;
		updates.push(`<request_update><update_id>u-${id}</update_id><service_request_id>${id}</service_request_id>`
			+ `<status>FIXED</status><updated_datetime>${new Date().toISOString()}</updated_datetime>`
			+ '<description>It is empty again.</description></request_update>');
		await press(page, page.getByRole('button', { name: 'Ask now' }));
		for (let i = 0; i < 300 && (await ask(`/tickets/${made.reference}`)).status !== 'resolved'; i++)
			await new Promise((done) => setTimeout(done, 200));
		assert.equal((await ask(`/tickets/${made.reference}`)).status, 'resolved');
		const { messages } = await ask(`/tickets/${made.reference}/messages`);
		assert.ok(JSON.stringify(messages).includes('It is empty again.'));

		await page.goto(`${house.base}/admin/bodies`);
		await press(page, page.getByRole('link', { name: 'Northmere' }));
		await page.getByText('Remove', { exact: true }).click();
		await press(page, page.getByRole('button', { name: 'Remove this body' }));
		assert.doesNotMatch(await text(page), /Northmere/);
	});

for (const scripted of [true, false])
	test(`a service is offered and stopped, ${scripted ? 'with' : 'without'} JavaScript`, async () => {
		const page = await administrator(scripted);
		await page.goto(`${house.base}/admin/open311`);
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
		await look(page, 'offers', scripted);
		await page.goto(`${house.base}/admin/open311/HW-POTHOLE`);
		await page.getByLabel('Offered over Open311').selectOption('yes');
		await page.getByLabel('Keywords').fill('road,hole');
		await press(page, page.getByRole('button', { name: 'Save' }));
		assert.match(await text(page), /Saved/);
		assert.match(await text(page), /What stops a report/);
		await page.getByLabel('Because of').selectOption('outside');
		await page.getByLabel('Corners').fill('51.5,0.6');
		await page.getByLabel('What the sender is told').fill('That is not our road.');
		await press(page, page.getByRole('button', { name: 'Add it' }));
		assert.match(await text(page), /at least three corners/);
		await look(page, 'offer-wrong', scripted);
		await page.getByLabel('Corners').fill('51.5,0.6 51.6,0.6 51.6,0.8 51.5,0.8');
		await press(page, page.getByRole('button', { name: 'Add it' }));
		await look(page, 'offer', scripted);
		const answer = await fetch(`${house.base}/open311/v2/requests.xml`, { method: 'POST',
			body: new URLSearchParams({ api_key: token(), service_code: 'HW-POTHOLE', lat: '52', long: '0.7',
				description: 'far away', 'attribute[size]': 'dinner plate' }) });
		assert.equal(answer.status, 400);
		assert.match(await answer.text(), /That is not our road\.|attribute/);
		await press(page, page.getByRole('button', { name: 'Remove' }).first());
		assert.match(await text(page), /Saved/);
	});

test('what everybody can read of a request is decided in a page', async () => {
	const page = await administrator(true);
	const { reference } = await ask('/tickets', 'POST', { service: 'HW-POTHOLE', description: 'By my house, 4 Elm Road.' });
	const analyst = account(house, 'analyst', 'ouncil');
	await page.context().clearCookies();
	await signIn(house, page, analyst);
	await page.goto(`${house.base}/staff/tickets/${reference}/publication`);
	await look(page, 'publication', true);
	await page.getByLabel('Words that everybody may read').fill('A hole in Elm Road.');
	await press(page, page.getByRole('button', { name: 'Save' }));
	const open = await (await fetch(`${house.base}/open311/v2/requests/${reference}.json`)).json();
	assert.equal(open[0].description, 'A hole in Elm Road.');
});
