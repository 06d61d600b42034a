// SPDX-License-Identifier: AGPL-3.0-or-later
// The main job, end to end: a resident reports a pothole, the right analyst has it, it is
// solved, the resident hears of it and scores it; with JavaScript and without.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { account, letter, look, openHouse, press, signIn, text, visitor } from './house.mjs';

let house;
before(async () => { house = await openHouse(); });
after(async () => { await house.close(); });

// Fills in whatever the form page asks, by what it is; returns false when it is not a form
// page of the service any more.
async function answer(page, resident) {
	const values = [
		['input[name="location-place"]', 'Outside 12 Elm Road, by the bus stop'],
		['input[name="contact-name"]', resident.name],
		['input[name="contact-email"]', resident.email],
		['textarea[name="details"]', 'It is deep and cyclists swerve into the traffic.'],
	];

	for (const [selector, value] of values)
		if (await page.locator(selector).count()) await page.fill(selector, value);
	const radios = page.locator('input[type="radio"]');
	if (await radios.count()) await radios.first().check({ force: true });
}

// From the start page to the confirmation; returns the reference and the pages seen.
async function report(page, resident, javascript) {
	let pages = 1;

	await page.goto(`${house.base}/services/HW-POTHOLE`);
	await look(page, 'start', javascript);
	await press(page, 'main form button');
	while (!page.url().includes('/sent/')) {
		pages++;
		assert.ok(pages <= 8, `more than 8 pages, now at ${page.url()}`);
		await answer(page, resident);
		await look(page, `form-${pages}`, javascript);
		await press(page, 'main form:last-of-type button:not([value])');
	}
	await look(page, 'sent', javascript);
	return { reference: page.url().match(/[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}/)[0], pages: pages + 1 };
}

async function track(page, resident, reference, javascript) {
	await page.goto(`${house.base}/track`);
	await page.fill('input[name="reference"]', reference.toLowerCase());
	await press(page, 'main form button');
	const code = (await letter(house, resident.email, /code to follow/)).subject.match(/\d{6}/)[0];
	await page.fill('input[name="code"]', code);
	await press(page, 'main form button');
	assert.match(page.url(), new RegExp(`/track/${reference}$`));
	await look(page, 'track', javascript);
}

async function wholeJob(javascript) {
	const resident = { name: 'Ann Fisher', email: `ann-${javascript}@example.org` };
	const page = await visitor(house, { javascript });
	const desk = await visitor(house, { javascript });
	const analyst = account(house, 'analyst', 'ouncil');

	await signIn(house, desk, analyst);
	assert.match(desk.url(), /\/staff\/queue/);
	await desk.goto(`${house.base}/staff/queue?view=team`);
	await look(desk, 'queue', javascript);

	const { reference } = await report(page, resident, javascript);
	await letter(house, resident.email, new RegExp(reference));

	// It arrives without a reload where there is JavaScript.
	const row = desk.locator(`a[href="/staff/tickets/${reference}"]`);
	if (javascript) await row.waitFor();
	else await desk.reload();
	await press(desk, row.first());
	assert.match(desk.url(), new RegExp(reference));
	await look(desk, 'ticket', javascript);

	await press(desk, 'form[action$="/claim"] button');
	await desk.fill('#words', 'We are on our way.');
	await press(desk, 'button[value="reply"]');
	await letter(house, resident.email, /We are on our way/);

	await track(page, resident, reference, javascript);
	assert.match(await text(page), /We are on our way/);
	await page.fill('main textarea', 'Thank you. It is getting deeper.');
	await press(page, 'main form:has(textarea) button');

	await desk.goto(`${house.base}/staff/tickets/${reference}`);
	assert.match(await text(desk), /It is getting deeper/);
	await desk.fill('#words', 'The hole is filled.');
	await press(desk, 'button[value="resolve"]');
	await look(desk, 'resolved', javascript);

	const solved = await letter(house, resident.email, /The hole is filled/);
	const feedback = solved.text.match(/http\S+\/feedback\/\S+/)[0];
	await page.goto(`${feedback}?score=5`);
	if (await page.locator('main form button').count()) await press(page, 'main form button');
	await look(page, 'feedback', javascript);

	const report_ = await visitor(house, { javascript });
	await signIn(house, report_, account(house, 'manager', 'ouncil'));
	await report_.goto(`${house.base}/staff/reports`);
	await look(report_, 'reports', javascript);
	assert.match(await text(report_), /satisf/i);
	await Promise.all([page, desk, report_].map((p) => p.context().close()));
}

test('the main job with JavaScript', () => wholeJob(true));
test('the main job without JavaScript', () => wholeJob(false));
