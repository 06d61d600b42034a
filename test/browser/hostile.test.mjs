// SPDX-License-Identifier: AGPL-3.0-or-later
// What strangers write stays writing: hostile HTML and text, handed in through the API and
// the form, looked at by the agent and by the resident in a real browser with a tripwire.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { account, openHouse, signIn } from './house.mjs';

const A_TICKET = 18; // messages that one page of the timeline shows
const OWN = [
	'<script>trip()</script>', '<img src=x onerror=trip()>', '<svg onload=trip()>',
	'<svg><script>trip()</script></svg>', '<a href="javascript:trip()">x</a>',
	'<a href=" &#106;avascript:trip()">x</a>', '<a href="data:text/html,<script>trip()</script>">x</a>',
	'<iframe srcdoc="<script>parent.trip()</script>"></iframe>', '<body onload=trip()>',
	'<details open ontoggle=trip()>', '<input autofocus onfocus=trip()>',
	'<video><source onerror=trip()>', '<math><mtext><table><mglyph><style><img src=x onerror=trip()>',
	'<svg></p><style><a id="</style><img src=1 onerror=trip()>">',
	'<noscript><p title="</noscript><img src=x onerror=trip()>">',
	'<form action="/staff/sign-out" method=post><button>x</button></form>',
	'<meta http-equiv=refresh content="0;url=https://outside.example/">',
	'<link rel=stylesheet href=https://outside.example/x.css>',
	'<img src=https://outside.example/pixel.gif>', '<base href=https://outside.example/>',
	'<style>@import "https://outside.example/x.css"</style>',
	'<div style="background:url(https://outside.example/x)">x</div>',
	'</div></div></li></ol></main><h1>Sign in again</h1>', '<h1 id=main>second</h1>',
	'<textarea>', '<title>', '<plaintext>', '<!--', '<![CDATA[', '<xmp>', '<select>',
	'{{trip()}}', '${trip()}', '"><script>trip()</script>', "'-trip()-'", '\u202Etxt.exe',
	'<p id=token name=token>clobber</p>', '<object data="javascript:trip()">',
	'<embed src="data:image/svg+xml,<svg xmlns=\'http://www.w3.org/2000/svg\' onload=\'trip()\'/>">',
	'<button formaction=javascript:trip()>x</button>', '<a href="//outside.example/">x</a>',
	'<table><td background=https://outside.example/x>', '<li><div><li></div></div></li>',
];

const folder = process.env.PORTREEVE_DATA ?? new URL('../../../shared/data', import.meta.url).pathname;
const collected = () => {
	const read = (name) => (existsSync(`${folder}/html/${name}`)
		? JSON.parse(readFileSync(`${folder}/html/${name}`, 'utf8')) : []);
	return [...read('dompurify-expect.json').map((c) => c.payload),
		...read('naughty-strings.json').filter((s) => s.includes('<'))];
};

let house, token, resident;
before(async () => {
	house = await openHouse();
	token = house.credentials.tokens.find((t) => t.organisation.includes('ouncil')).token;
	resident = account(house, 'resident', 'ouncil');
});
after(async () => { await house.close(); });

const post = async (path, body) => {
	const answer = await fetch(house.base + path, {
		method: 'POST', body: JSON.stringify(body),
		headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
	});
	const json = await answer.json();
	assert.equal(answer.status, 201, JSON.stringify(json));
	return json;
};

// A resident's ticket with the payloads as messages, in turn as HTML and as text.
async function ticketOf(payloads) {
	const { reference } = await post('/api/v1/tickets', {
		service: 'HW-POTHOLE', subject: payloads[0], html: payloads[0] || 'x',
		place: payloads[0].slice(0, 200), customer: { email: resident.email },
	});
	for (const [i, payload] of payloads.slice(1).entries()) {
		const words = payload.trim() ? payload : 'nothing';
		await post(`/api/v1/tickets/${reference}/messages`, i % 3 === 2
			? { from: 'customer', body: words } : { from: 'customer', html: words });
	}
	return reference;
}

// A page that notices: every way to run code, every request that leaves the house.
async function watched(javaScriptEnabled = true) {
	const context = await house.browser.newContext({ javaScriptEnabled });
	const page = await context.newPage();
	const caught = [];

	await page.exposeFunction('trip', () => caught.push(`ran on ${page.url()}`));
	await page.addInitScript(() => {
		window.alert = window.confirm = window.prompt = () => window.trip();
	});
	page.on('dialog', (d) => { caught.push(`dialog on ${page.url()}`); d.dismiss(); });
	page.on('request', (r) => {
		const { protocol, host } = new URL(r.url());
		if (host !== new URL(house.base).host && protocol !== 'blob:')
			caught.push(`asked for ${r.url().slice(0, 80)}`);
	});
	return { page, caught, close: () => context.close() };
}

// What stands on the page, looked at from outside the program.
const findings = (page) => page.evaluate(() => {
	const allowed = new Set(['P', 'DIV', 'BLOCKQUOTE', 'PRE', 'UL', 'OL', 'LI', 'DL', 'DT', 'DD',
		'TABLE', 'CAPTION', 'THEAD', 'TBODY', 'TR', 'TH', 'TD', 'A', 'STRONG', 'EM', 'S', 'DEL',
		'INS', 'SUB', 'SUP', 'CODE', 'BR', 'HR']);
	const found = [];
	for (const box of document.querySelectorAll('.marked, .resident-words--marked'))
		for (const e of box.querySelectorAll('*')) {
			if (!allowed.has(e.tagName))
				found.push(`element ${e.tagName}`);
			for (const a of e.attributes)
				if (!['href', 'rel', 'colspan', 'rowspan'].includes(a.name))
					found.push(`attribute ${a.name}`);
			if (e.href && !/^(https?|mailto|tel):/.test(e.href))
				found.push(`address ${e.href}`);
		}
	if (document.querySelectorAll('h1').length !== 1)
		found.push('not one h1');
	if (document.querySelectorAll('main').length !== 1)
		found.push('not one main');
	return found;
});

test('nothing that strangers wrote runs, asks outside or leaves its place', async () => {
	const payloads = [...OWN, ...collected()];
	const references = [];
	for (let i = 0; i < payloads.length; i += A_TICKET)
		references.push(await ticketOf(payloads.slice(i, i + A_TICKET)));

	for (const [start, who, path] of [
		['/staff/sign-in', account(house, 'analyst', 'ouncil'), '/staff/tickets/'],
		['/account/sign-in', resident, '/track/']]) {
		const seen = await watched();
		let marked = 0;
		await signIn(house, seen.page, who, start);
		for (const reference of references) {
			const answer = await seen.page.goto(house.base + path + reference);
			assert.equal(answer.status(), 200, `${path}${reference}`);
			assert.deepEqual(await findings(seen.page), [], reference);
			marked += await seen.page.locator('.marked, .resident-words--marked').count();
			// Whatever waits for a hand: links are pressed, boxes are entered.
			for (const link of await seen.page.locator('.marked a, .resident-words--marked a').all())
				await link.hover({ timeout: 500, force: true }).catch(() => {});
		}
		assert.deepEqual(seen.caught, [], path);
		assert.ok(marked > references.length, `${marked} shown with their marks`);
		await seen.close();
	}
	const seen = await watched();
	await signIn(house, seen.page, account(house, 'analyst', 'ouncil'));
	for (const list of ['/staff/queue?view=all', `/staff/search?q=${encodeURIComponent('<script>trip()</script>')}`,
		'/staff/wallboard', '/staff/reports'])
		await seen.page.goto(house.base + list);
	assert.deepEqual(seen.caught, []);
	await seen.close();
});

test('what came as HTML is kept as it came, and only to be saved', async () => {
	const html = '<script>trip()</script><b>kept</b>';
	const { reference } = await post('/api/v1/tickets',
		{ service: 'HW-POTHOLE', html, customer: { email: resident.email } });
	const seen = await watched();
	await signIn(house, seen.page, account(house, 'analyst', 'ouncil'));
	await seen.page.goto(`${house.base}/staff/tickets/${reference}`);
	assert.equal(await seen.page.locator('.marked').first().innerHTML(), '<strong>kept</strong>');
	const link = await seen.page.locator('a[href*="/files/"]').first().getAttribute('href');
	const answer = await seen.page.request.get(house.base + link);
	assert.equal(await answer.text(), html);
	assert.match(answer.headers()['content-disposition'], /^attachment/);
	assert.equal(answer.headers()['content-type'], 'application/octet-stream');
	assert.equal(answer.headers()['x-content-type-options'], 'nosniff');
	assert.match(answer.headers()['content-security-policy'], /sandbox/);
	await seen.close();
});
