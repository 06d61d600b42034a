// SPDX-License-Identifier: AGPL-3.0-or-later
// An administrator changes the priority table: a draft, what it would have done last month,
// publishing it, what a new ticket then gets, and rolling it back; with JavaScript and without.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { account, complaints, openHouse, picture, reflows } from './house.mjs';

let house;
before(async () => { house = await openHouse(); });
after(async () => { await house.close(); });

async function look(page, name, javascript) {
	assert.deepEqual(await complaints(page, { javascript }), [], name);
	assert.ok(await reflows(page), `${name} scrolls sideways at 320 pixels`);
	if (javascript) await picture(page, name);
}

async function signIn(page, person) {
	await page.goto(`${house.base}/staff/sign-in`);
	await page.fill('input[name="email"]', person.email);
	await page.fill('input[name="password"]', person.password);
	await page.click('main form button');
	await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}

const text = (page) => page.locator('main').innerText();

async function wholeJob(javascript) {
	const context = await house.browser.newContext({
		javaScriptEnabled: javascript, viewport: { width: 1280, height: 800 } });
	const page = await context.newPage();
	const rules = `${house.base}/admin/rules`;

	await signIn(page, account(house, 'administrator', 'ouncil'));
	await page.goto(rules);
	await look(page, 'rules', javascript);
	await page.click('main table a:text-is("Priority")');
	await look(page, 'rules-live', javascript);
	const before_ = await text(page);

	// A draft with one more row at the top.
	await page.click('button:text("Begin a draft")');
	await page.waitForURL(/done=begun/);
	await look(page, 'rules-draft', javascript);
	await page.click('a:text-is("Add a row")');
	await look(page, 'rules-row', javascript);

	// What is missing is said, and nothing typed is lost.
	await page.selectOption('#column-service', 'HW-POTHOLE');
	await page.fill('#column-note', 'Cyclists were hurt twice this winter.');
	await page.fill('#place', '1');
	await page.click('button:text("Save in the draft")');
	await page.waitForSelector('.govuk-error-summary');
	await look(page, 'rules-row-wrong', javascript);
	assert.equal(await page.inputValue('#column-note'), 'Cyclists were hurt twice this winter.');
	await page.selectOption('#column-set_priority', '2');
	await page.click('button:text("Save in the draft")');
	await page.waitForURL(/done=saved/);
	assert.match(await text(page), /the service is .*pothole.*\s+priority 2 \(High\)/i);

	// Down and up again, by the buttons.
	const place = (n) => page.locator(`.rules tbody tr:nth-child(${n})`, { hasText: /pothole/i });
	await page.locator('button[name="down"]').first().click();
	await place(2).waitFor();
	await page.locator('button[name="up"]').first().click();
	await place(1).waitFor();

	// A ticket as it might come.
	await page.goto(`${rules}/priority/try?service=HW-POTHOLE&channel=web`);
	await look(page, 'rules-try', javascript);
	assert.match(await text(page), /row 1 of the draft/);

	// The dry run names the tickets of last month that would be another priority.
	await page.goto(`${rules}/priority/draft`);
	await page.click('main a:text("Dry run")');
	await page.waitForURL(/dry-run/);
	await look(page, 'rules-dry-run', javascript);
	assert.match(await text(page), /[1-9]\d* tickets would be decided otherwise/);
	assert.match(await text(page), /3 \(Medium\) → 2 \(High\)/);
	assert.ok(await page.locator('main table tbody tr').count() >= 2);
	await page.click('button:text("I have looked at it")');
	await page.waitForURL(/publish/);

	// Publishing demands a reason.
	await page.click('button:text("Publish it")');
	await page.waitForSelector('.govuk-error-summary');
	await look(page, 'rules-publish', javascript);
	await page.fill('#reason', 'Potholes on cycle routes come first.');
	await page.click('button:text("Publish it")');
	await page.waitForURL(/done=published/);
	assert.match(await text(page), /Potholes on cycle routes come first/);
	assert.match(await page.locator('.rules tbody tr').first().innerText(), /pothole/i);

	// And back.
	await page.goto(`${rules}/priority/versions`);
	await look(page, 'rules-versions', javascript);
	const old = page.locator('main tbody tr').nth(1).locator('th a');
	await old.click();
	await page.click('a:text("Bring this version back")');
	await look(page, 'rules-restore', javascript);
	await page.fill('#reason', 'The crews cannot keep that up.');
	await page.click('button:text("Bring this version back")');
	await page.waitForURL(/done=restored/);
	assert.doesNotMatch(await page.locator('.rules tbody tr').first().innerText(), /pothole/i);
	assert.match(await text(page), /It brought back Version/);
	const rows = (all) => all.split('\n').filter((line) => /^\d+\t/.test(line));
	assert.deepEqual(rows(await text(page)), rows(before_));
	await page.goto(`${rules}/priority/versions`);
	await page.locator('main tbody tr').first().locator('td a').click();
	await look(page, 'rules-changes', javascript);
	assert.match(await text(page), /1 row removed/);
	await context.close();
}

async function calendars(javascript) {
	const context = await house.browser.newContext({
		javaScriptEnabled: javascript, viewport: { width: 1280, height: 800 } });
	const page = await context.newPage();

	await signIn(page, account(house, 'administrator', 'ouncil'));
	await page.goto(`${house.base}/admin/calendars`);
	await look(page, 'calendars', javascript);
	await page.click('main table a:text-is("Office hours")');
	await look(page, 'calendar', javascript);
	await page.fill('#promise', '4 hours');
	await page.fill('#date', '23 December 2027');
	await page.fill('#time', '15:00');
	await page.click('button:text("Count")');
	await page.waitForURL(/promise=/);
	assert.match(await text(page), /over at 11am on 24 December 2027/);
	await page.click('a:text("Change this calendar")');
	await page.fill('#yearly', '24 December');
	await page.fill('#day-6', 'perhaps');
	await page.click('button:text("Save as a new version")');
	await page.waitForSelector('.govuk-error-summary');
	await look(page, 'calendar-edit', javascript);
	assert.match(await page.inputValue('#yearly'), /24 December/);
	await page.fill('#day-6', '');
	await page.click('button:text("Save as a new version")');
	await page.waitForURL(/done=saved/);
	await page.goto(`${page.url().split('?')[0]}?promise=4+hours&date=23+December+2027&time=15:00`);
	assert.match(await text(page), /over at 11am on 29 December 2027/);
	await context.close();
}

test('a table is changed and rolled back with JavaScript', () => wholeJob(true));
test('a table is changed and rolled back without JavaScript', () => wholeJob(false));
test('a calendar is changed with JavaScript', () => calendars(true));
