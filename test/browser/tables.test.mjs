// SPDX-License-Identifier: AGPL-3.0-or-later
// An administrator changes the priority table: a draft, what it would have done last month,
// publishing it, what a new ticket then gets, and rolling it back; with JavaScript and without.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { account, look, openHouse, press, signIn, text, visitor } from './house.mjs';

let house;
before(async () => { house = await openHouse(); });
after(async () => { await house.close(); });

async function wholeJob(javascript) {
	const page = await visitor(house, { javascript });
	const rules = `${house.base}/admin/rules`;

	await signIn(house, page, account(house, 'administrator', 'ouncil'));
	await page.goto(rules);
	await look(page, 'rules', javascript);
	await press(page, 'main table a:text-is("Priority")');
	await look(page, 'rules-live', javascript);
	const before_ = await text(page);

	// A draft with one more row at the top.
	await press(page, 'button:text("Begin a draft")');
	await look(page, 'rules-draft', javascript);
	await press(page, 'a:text-is("Add a row")');
	await look(page, 'rules-row', javascript);

	// What is missing is said, and nothing typed is lost.
	await page.selectOption('#column-service', 'HW-POTHOLE');
	await page.fill('#column-note', 'Cyclists were hurt twice this winter.');
	await page.fill('#place', '1');
	await press(page, 'button:text("Save in the draft")');
	await page.waitForSelector('.govuk-error-summary');
	await look(page, 'rules-row-wrong', javascript);
	assert.equal(await page.inputValue('#column-note'), 'Cyclists were hurt twice this winter.');
	await page.selectOption('#column-set_priority', '2');
	await press(page, 'button:text("Save in the draft")');
	assert.match(await text(page), /the service is .*pothole.*\s+priority 2 \(High\)/i);

	// Down and up again, by the buttons.
	const place = (n) => page.locator(`.rules tbody tr:nth-child(${n})`, { hasText: /pothole/i });
	await press(page, page.locator('button[name="down"]').first());
	await place(2).waitFor();
	await press(page, page.locator('button[name="up"]').first());
	await place(1).waitFor();

	// A ticket as it might come.
	await page.goto(`${rules}/priority/try?service=HW-POTHOLE&channel=web`);
	await look(page, 'rules-try', javascript);
	assert.match(await text(page), /row 1 of the draft/);

	// The dry run names the tickets of last month that would be another priority.
	await page.goto(`${rules}/priority/draft`);
	await press(page, 'main a:text("Dry run")');
	assert.match(page.url(), /dry-run/);
	await look(page, 'rules-dry-run', javascript);
	assert.match(await text(page), /[1-9]\d* tickets would be decided otherwise/);
	assert.match(await text(page), /3 \(Medium\) → 2 \(High\)/);
	assert.ok(await page.locator('main table tbody tr').count() >= 2);
	await press(page, 'button:text("I have looked at it")');
	assert.match(page.url(), /publish/);

	// Publishing demands a reason.
	await press(page, 'button:text("Publish it")');
	await page.waitForSelector('.govuk-error-summary');
	await look(page, 'rules-publish', javascript);
	await page.fill('#reason', 'Potholes on cycle routes come first.');
	await press(page, 'button:text("Publish it")');
	assert.match(await text(page), /Potholes on cycle routes come first/);
	assert.match(await page.locator('.rules tbody tr').first().innerText(), /pothole/i);

	// And back.
	await page.goto(`${rules}/priority/versions`);
	await look(page, 'rules-versions', javascript);
	const old = page.locator('main tbody tr').nth(1).locator('th a');
	await press(page, old);
	await press(page, 'a:text("Bring this version back")');
	await look(page, 'rules-restore', javascript);
	await page.fill('#reason', 'The crews cannot keep that up.');
	await press(page, 'button:text("Bring this version back")');
	assert.doesNotMatch(await page.locator('.rules tbody tr').first().innerText(), /pothole/i);
	assert.match(await text(page), /It brought back Version/);
	const rows = (all) => all.split('\n').filter((line) => /^\d+\t/.test(line));
	assert.deepEqual(rows(await text(page)), rows(before_));
	await page.goto(`${rules}/priority/versions`);
	await press(page, page.locator('main tbody tr').first().locator('td a'));
	await look(page, 'rules-changes', javascript);
	assert.match(await text(page), /1 row removed/);
	await page.context().close();
}

async function calendars(javascript) {
	const page = await visitor(house, { javascript });

	await signIn(house, page, account(house, 'administrator', 'ouncil'));
	await page.goto(`${house.base}/admin/calendars`);
	await look(page, 'calendars', javascript);
	await press(page, 'main table a:text-is("Office hours")');
	await look(page, 'calendar', javascript);
	await page.fill('#promise', '4 hours');
	await page.fill('#date', '23 December 2027');
	await page.fill('#time', '15:00');
	await press(page, 'button:text("Count")');
	assert.match(page.url(), /promise=/);
	assert.match(await text(page), /over at 11am on 24 December 2027/);
	await press(page, 'a:text("Change this calendar")');
	await page.fill('#yearly', '24 December');
	await page.fill('#day-6', 'perhaps');
	await press(page, 'button:text("Save as a new version")');
	await page.waitForSelector('.govuk-error-summary');
	await look(page, 'calendar-edit', javascript);
	assert.match(await page.inputValue('#yearly'), /24 December/);
	await page.fill('#day-6', '');
	await press(page, 'button:text("Save as a new version")');
	await page.goto(`${page.url().split('?')[0]}?promise=4+hours&date=23+December+2027&time=15:00`);
	assert.match(await text(page), /over at 11am on 29 December 2027/);
	await page.context().close();
}

test('a table is changed and rolled back with JavaScript', () => wholeJob(true));
test('a table is changed and rolled back without JavaScript', () => wholeJob(false));
test('a calendar is changed with JavaScript', () => calendars(true));
