// SPDX-License-Identifier: AGPL-3.0-or-later
// An administrator writes who may change what, and a leader's ticket page follows: no control of
// what is refused, the row that says so, and a clear answer to who asks all the same; with
// JavaScript and without.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { account, look, openHouse, press, signIn, text, visitor } from './house.mjs';

let house;
before(async () => { house = await openHouse(); });
after(async () => { await house.close(); });

async function publish(page, reason) {
	await page.goto(`${house.base}/admin/rules/field/draft/publish`);
	await page.fill('#reason', reason);
	await page.check('#untried');
	await press(page, 'button:text("Publish it")');
	assert.match(await text(page), new RegExp(reason));
}

async function wholeJob(javascript) {
	const administrator = await visitor(house, { javascript });
	const leader = await visitor(house, { javascript });
	const rules = `${house.base}/admin/rules/field`;

	await signIn(house, leader, account(house, 'leader', 'ouncil'));
	await leader.goto(`${house.base}/staff/queue?view=all`);
	await press(leader, leader.locator('main a.row-link').first());
	const ticket = leader.url();
	assert.equal(await leader.locator('#rank-details').count(), 1);
	assert.equal(await leader.locator('#limits').count(), 0);

	await signIn(house, administrator, account(house, 'administrator', 'ouncil'));
	await administrator.goto(rules);
	await look(administrator, 'fields-live', javascript);
	assert.match(await text(administrator), /somebody wants to change the priority and the ticket is Closed/);
	await press(administrator, 'button:text("Begin a draft")');
	await press(administrator, 'a:text-is("Add a row")');
	await administrator.fill('#place', '1');
	await press(administrator, 'button:text("Save in the draft")');
	assert.match(await text(administrator), /Choose what the row is about/);
	await administrator.selectOption('#column-field', 'priority');
	await administrator.selectOption('#column-role', 'leader');
	await administrator.check('#column-refused');
	await administrator.fill('#column-note', 'The control room sets priorities this winter.');
	await look(administrator, 'fields-row', javascript);
	await press(administrator, 'button:text("Save in the draft")');
	assert.match(await text(administrator), /their role is Team leader/);
	await publish(administrator, 'Winter rota');

	// A form that was open before is answered by the rule, by its row and reason.
	await leader.locator('#rank-details summary').click();
	await leader.fill('#rank-reason', 'A bus route');
	await press(leader, '#rank-details button');
	assert.match(await text(leader),
		/The rules do not let you change the priority while this ticket is .*row 1 of version \d+ of the table/);
	assert.match(await text(leader), /The control room sets priorities this winter/);
	await leader.goto(ticket);
	assert.equal(await leader.locator('#rank-details').count(), 0);
	await leader.locator('#limits summary').click();
	assert.match(await leader.locator('#limits').innerText(), /change the priority\s+Row 1 of version \d+/);
	await look(leader, 'fields-ticket', javascript);

	// And back.
	await administrator.goto(`${rules}/draft`);
	await press(administrator, 'button:text("Begin a draft")');
	await press(administrator, administrator.locator('button[name="remove"]').first());
	await publish(administrator, 'Winter is over');
	await leader.goto(ticket);
	assert.equal(await leader.locator('#rank-details').count(), 1);
	await administrator.context().close();
	await leader.context().close();
}

// Drafts of the tables of statuses and of escalations are tried before they are published.
async function dryRuns(javascript) {
	const page = await visitor(house, { javascript });
	const drafts = [
		['status', async () => {
			await page.selectOption('#column-to_status', 'resolved');
			await page.check('input[name="column-demands"][value="8"]');
		}, [/\d+ changes made since/, /[1-9]\d* changes? would be answered otherwise/,
			/Resolved: allowed → not before more is there \(row \d+ → row 1\)/]],
		['escalation', async () => {
			await page.selectOption('#column-clock', 'resolution');
			await page.fill('#column-amount', '50%');
			await page.check('input[name="column-notify"][value="2"]');
		}, [/\d+ tickets whose promises were counted since/, /[1-9]\d* tickets? would have had other steps/,
			/the solution for the customer, 50%: nobody is told → the team’s leaders/]],
	];

	await signIn(house, page, account(house, 'administrator', 'ouncil'));
	for (const [table, fill, says] of drafts) {
		const draft = `${house.base}/admin/rules/${table}/draft`;
		await page.goto(draft);
		await press(page, 'button:text("Begin a draft")');
		await press(page, 'a:text-is("Add a row")');
		await page.fill('#place', '1');
		await fill();
		await press(page, 'button:text("Save in the draft")');
		await press(page, 'main a:text("Dry run")');
		await look(page, `dry-${table}`, javascript);
		for (const sentence of says) assert.match(await text(page), sentence);
		await press(page, 'button:text("I have looked at it")');
		assert.match(await text(page), /Its dry run was looked at/);
		await page.goto(draft);
		await press(page, 'button:text("Throw the draft away")');
	}
	await page.context().close();
}

test('who may change what is written as rows, and pages follow', () => wholeJob(true));
test('the same without JavaScript', () => wholeJob(false));
test('statuses and escalations are tried on last month', () => dryRuns(true));
test('the same dry runs without JavaScript', () => dryRuns(false));
