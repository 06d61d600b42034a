// SPDX-License-Identifier: AGPL-3.0-or-later
// Which status may follow which, for what customers are waited for, the wallboard, and the
// account of a clock on paper; with JavaScript and without.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { account, look, openHouse, press, signIn, text, visitor } from './house.mjs';

let house;
before(async () => { house = await openHouse(); });
after(async () => { await house.close(); });

async function signedIn(role, javascript) {
	const person = account(house, role, 'Southmere');
	const page = await visitor(house, { javascript });

	await signIn(house, page, person);
	return page;
}

for (const javascript of [true, false]) {
	const how = javascript ? 'with JavaScript' : 'without JavaScript';

	test(`a leader is offered what the table allows, ${how}`, async () => {
		const admin = await signedIn('administrator', javascript);
		const leader = await signedIn('leader', javascript);
		const rules = `${house.base}/admin/rules/status`;

		await leader.goto(`${house.base}/staff/queue?view=all`);
		const address = house.base + await leader
			.locator('main tr:has-text("pothole") a[href^="/staff/tickets/"]').first().getAttribute('href');
		await leader.goto(address);
		assert.equal(await leader.locator('#cancel-details').count(), 1);
		await look(leader, 'status-ticket', javascript);

		// A row in front: potholes are never cancelled.
		await admin.goto(rules);
		await look(admin, 'status-rules', javascript);
		await press(admin, 'button:text("Begin a draft")');
		await press(admin, 'a:text-is("Add a row")');
		await admin.selectOption('#column-service', 'HW-POTHOLE');
		await admin.selectOption('#column-to_status', 'cancelled');
		await admin.check('input[name="column-refused"]');
		await admin.fill('#place', '1');
		await look(admin, 'status-row', javascript);
		await press(admin, 'button:text("Save in the draft")');
		assert.ok(new URL(admin.url()).pathname.endsWith('/draft'), admin.url());
		await admin.goto(`${rules}/draft/publish`);
		await admin.fill('#reason', 'A hole is a hole.');
		await admin.check('input[name="untried"]');
		await press(admin, 'main form button[type=submit]');
		assert.ok(new URL(admin.url()).pathname.endsWith('/status'), admin.url());
		assert.match(await text(admin), /is to become Cancelled\s+not allowed/);

		await leader.goto(address);
		assert.equal(await leader.locator('#cancel-details').count(), 0);

		// And back.
		await admin.goto(`${rules}/versions`);
		await press(admin, admin.locator('main tbody a').last());
		await press(admin, 'a:text("Bring"), a:text("Restore"), main .bar a');
		await admin.fill('#reason', 'Some are not ours.');
		await press(admin, 'main form button[type=submit]');
		assert.ok(new URL(admin.url()).pathname.endsWith('/status'), admin.url());
		await leader.goto(address);
		assert.equal(await leader.locator('#cancel-details').count(), 1);
	});

	test(`a reason to wait is added, and none for a supplier, ${how}`, async () => {
		const page = await signedIn('administrator', javascript);

		await page.goto(`${house.base}/admin/waiting`);
		await look(page, 'waiting', javascript);
		await page.fill('input[name="words"]', `Keys ${how}`);
		await page.selectOption('select[name="whom"]', 'supplier');
		await press(page, page.locator('form.sheet button').first());
		assert.match(await text(page), /never pauses for a team or a supplier/);
		await look(page, 'waiting-refused', javascript);
		await page.selectOption('select[name="whom"]', 'customer');
		await press(page, page.locator('form.sheet button').first());
		await page.waitForSelector(`main th:has-text("Keys ${how}")`);
	});
}

test('the wallboard says what breaks next and everything has room', async () => {
	const page = await signedIn('leader', true);

	await page.goto(`${house.base}/staff/wallboard`);
	await look(page, 'wallboard-next', true);
	assert.ok(await page.locator('.board-next tbody tr').count() > 0);
	const over = await page.locator('.board-figures dd').evaluateAll((all) =>
		all.filter((d) => d.scrollWidth > d.clientWidth + 1).map((d) => d.innerText));
	assert.deepEqual(over, []);
});

test('an account fits on paper, with when it was printed', async () => {
	const page = await signedIn('leader', true);

	await page.goto(`${house.base}/staff/queue?view=all`);
	await page.goto(house.base + await page.locator('main a[href^="/staff/tickets/"]').first().getAttribute('href'));
	await page.goto(await page.locator('#ticket-clocks a').first().evaluate((a) => a.href));
	assert.equal(await page.locator('.printed').isVisible(), false);
	await page.emulateMedia({ media: 'print' });
	await page.setViewportSize({ width: 688, height: 1000 }); // A4 between its margins
	assert.equal(await page.locator('.printed').isVisible(), true);
	assert.equal(await page.locator('.top').isVisible(), false);
	const wide = await page.locator('table.account').evaluate((t) => t.getBoundingClientRect().right);
	assert.ok(wide <= 689, `the account ends at ${wide} of 688`);
	assert.equal(await page.locator('details.panel').count() > 0
		&& await page.locator('details.panel').first().isVisible(), false);
});
