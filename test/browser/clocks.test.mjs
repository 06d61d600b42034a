// SPDX-License-Identifier: AGPL-3.0-or-later
// From a ticket to the account of each of its clocks, and the page that declares a day
// closed: valid HTML, nothing for axe to say, no sideways scrolling on a narrow screen.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { account, complaints, look, openHouse, press, signIn, visitor } from './house.mjs';

let house, page;
before(async () => {
	house = await openHouse();
	page = await visitor(house);
	const leader = account(house, 'leader', 'Southmere');

	await signIn(house, page, leader);
});
after(async () => { await house.close(); });

test('each clock of a ticket opens to its account', async () => {
	await page.goto(`${house.base}/staff/queue?view=all`);
	await page.goto(house.base + await page.locator('main a[href^="/staff/tickets/"]').first().getAttribute('href'));
	assert.deepEqual(await complaints(page), []);
	const clocks = await page.locator('#ticket-clocks a').evaluateAll((all) => all.map((a) => a.href));
	assert.ok(clocks.length >= 2);
	for (const clock of clocks) {
		await page.goto(clock);
		assert.ok(await page.locator('table.account tbody tr').count() >= 1);
		await look(page, 'clock');
	}
});

test('a day can be declared closed afterwards', async () => {
	await page.goto(`${house.base}/staff/closures`);
	await look(page, 'closure');
	await press(page, 'main form button[type=submit]');
	assert.equal(await page.locator('.govuk-error-summary, [role=alert]').count() > 0, true);
});
