// SPDX-License-Identifier: AGPL-3.0-or-later
// Who sees what, in pages: roles and accounts are changed, agreements, the audit, "why can X see
// this?" and the lists of somebody else are looked at; with JavaScript and without.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { account, letter, look, openHouse, press, signIn, text, visitor } from './house.mjs';

let house;
before(async () => { house = await openHouse(); });
after(async () => { await house.close(); });

async function enter(person, javascript) {
	const page = await visitor(house, { javascript });

	await signIn(house, page, person);
	return page;
}

// A form behind its title.
async function unfold(page, title) {
	await page.click(`details.panel > summary:text-is("${title}")`);
	return page.locator('details.panel[open]', { hasText: title });
}

// A deed that is done: the page says so, and its script takes "?done=1" out of the address.
async function send(page, button) {
	await press(page, button);
	assert.match(await text(page), /Saved\. It holds from now on/);
}

async function roles(javascript) {
	const page = await enter(account(house, 'administrator', 'ouncil'), javascript);
	const analyst = account(house, 'specialist', 'ouncil');
	const name = `Winter service ${javascript ? 'with' : 'without'}`;

	await page.goto(`${house.base}/admin/roles`);
	await look(page, 'roles', javascript);
	let form = await unfold(page, 'Add a role');
	await press(page, form.locator('button'));
	await page.waitForSelector('.govuk-error-summary');
	await look(page, 'roles-wrong', javascript);
	await page.fill('#label', name);
	await page.selectOption('#like', 'apprentice');
	await page.fill('#reason', 'Gritting begins');
	await press(page, 'section.panel button:text-is("Add the role")');
	assert.match(page.url(), /admin\/roles\/local-\d+/);
	await look(page, 'role', javascript);
	assert.match(await text(page), /Nobody has this role/);

	form = await unfold(page, 'Change what it may do');
	await form.locator('input[value="resolve"]').first().check();
	await form.locator('input[name="reason"]').fill('They close what they gritted');
	await send(page, form.locator('button'));
	assert.match(await text(page), /Resolve, close and reopen/);

	form = await unfold(page, 'Give it to somebody');
	await form.locator('input[name="email"]').fill('nobody@example.org');
	await form.locator('input[name="reason"]').fill('Gritting');
	await press(page, form.locator('button'));
	await page.waitForSelector('.govuk-error-summary');
	await look(page, 'role-wrong', javascript);
	await page.fill('#email', analyst.email);
	await send(page, page.locator('section.panel button:text-is("Give the role")'));
	await press(page, `main table tr:has-text("${analyst.email}") th a`);
	await look(page, 'account', javascript);
	assert.match(await text(page), new RegExp(name));

	form = await unfold(page, 'Take a role away');
	await form.locator('select').selectOption({ label: name });
	await form.locator('input[name="reason"]').fill('It thaws');
	await send(page, form.locator('button'));
	assert.doesNotMatch(await text(page), new RegExp(name));

	await page.goto(`${house.base}/admin/accounts`);
	await look(page, 'accounts', javascript);
	await page.fill('#find-email', analyst.email);
	await press(page, 'main form button:text-is("Find")');
	assert.match(page.url(), /admin\/accounts\/\d+/);
	form = await unfold(page, 'Disable the account');
	await form.locator('input[name="reason"]').fill('They have left');
	await send(page, form.locator('button'));
	await look(page, 'account-disabled', javascript);
	form = await unfold(page, 'Enable the account');
	await form.locator('input[name="reason"]').fill('They have not');
	await send(page, form.locator('button'));
	await page.context().close();
}

// Somebody new is asked in, and comes by the link of their letter in a browser of their own.
async function newcomers(javascript) {
	const page = await enter(account(house, 'administrator', 'ouncil'), javascript);
	const email = `nia-${javascript ? 'with' : 'without'}@southmere.example.org`;

	await page.goto(`${house.base}/admin/accounts`);
	const form = await unfold(page, 'Make an account for somebody who is to work here');
	await press(page, form.locator('button'));
	await page.waitForSelector('.govuk-error-summary');
	await look(page, 'invite-wrong', javascript);
	await page.fill('#name', 'Nia Okafor');
	await page.fill('#email', email);
	await page.check('input[name="roles"][value="analyst"]');
	await page.fill('#reason', 'Joins on Monday');
	await press(page, 'section.panel button:text-is("Ask them in")');
	assert.match(page.url(), /admin\/invitations\/\d+/);
	await look(page, 'invited', javascript);
	await page.context().close();

	const { text: words } = await letter(house, email, /welcome/);
	const theirs = await visitor(house, { javascript });
	await theirs.goto(words.match(/http\S+\/account\/welcome\/\S+/)[0]);
	await look(theirs, 'welcome', javascript);
	await theirs.fill('#password', 'a road to the sea');
	await press(theirs, 'main form button');
	assert.match(theirs.url(), /\/staff\/queue$/);
	assert.match(await theirs.textContent('header'), /Nia Okafor/);
	await theirs.context().close();
}

// A page that is open stops when the role is taken, and says so by what is then asked.
async function streams() {
	const boss = await enter(account(house, 'administrator', 'ouncil'), true);
	const victim = account(house, 'apprentice', 'ouncil');
	const page = await enter(victim, true);
	let asked = 0;

	await page.goto(`${house.base}/staff/queue`);
	page.on('request', (r) => { if (r.url().endsWith('/events')) asked++; });
	await page.waitForTimeout(500);
	await boss.goto(`${house.base}/admin/accounts?email=${victim.email}`);
	const form = await unfold(boss, 'Take a role away');
	await form.locator('input[name="reason"]').fill('They have left');
	await send(boss, form.locator('button'));
	for (let i = 0; i < 600 && asked === 0; i++) await page.waitForTimeout(100);
	assert.ok(asked > 0, 'the live page has not ended');
	assert.equal((await page.goto(`${house.base}/staff/queue`)).status(), 403);
	await page.context().close();
	await boss.context().close();
}

async function agreements(javascript) {
	const page = await enter(account(house, 'administrator', 'ouncil'), javascript);

	await page.goto(`${house.base}/admin/sharing`);
	await look(page, 'sharing', javascript);
	await press(page, 'main table a >> nth=0');
	await look(page, 'sharing-one', javascript);
	await page.goto(`${house.base}/admin/sharing/new`);
	await look(page, 'sharing-new', javascript);
	await press(page, 'section.panel button.primary');
	await page.waitForSelector('.govuk-error-summary');
	await look(page, 'sharing-wrong', javascript);
	await page.context().close();
}

async function audit(javascript) {
	const page = await enter(account(house, 'governance-officer', 'ouncil'), javascript);
	const to = `auditor-${javascript}@example.org`;

	await page.goto(`${house.base}/admin/audit`);
	await look(page, 'audit', javascript);
	let form = await unfold(page, 'Where the head is sent');
	await form.locator('input[name="watch"]').fill('nowhere');
	await press(page, form.locator('button'));
	await page.waitForSelector('.govuk-error-summary');
	await look(page, 'audit-wrong', javascript);
	await page.fill('#watch', to);
	await press(page, 'button:text-is("Send it there")');
	assert.match(page.url(), /\/admin\/audit$/);
	form = await unfold(page, 'Where the head is sent');
	assert.equal(await form.locator('input[name="watch"]').inputValue(), to);
	await page.context().close();
}

async function why(javascript) {
	const leader = account(house, 'leader', 'ouncil');
	const page = await enter(leader, javascript);

	await page.goto(`${house.base}/staff/queue?view=all`);
	const ticket = await page.locator('main a[href^="/staff/tickets/"]').first().getAttribute('href');
	await page.goto(`${house.base}${ticket.split('?')[0]}/access`);
	await look(page, 'why', javascript);
	await page.fill('#who', account(house, 'hub-caller', 'ouncil').email);
	await press(page, 'main form button');
	assert.match(page.url(), /who=/);
	await look(page, 'why-one', javascript);
	assert.match(await text(page), /Be given it by the desk/);
	await page.goto(`${house.base}/staff/shared`);
	await look(page, 'shared', javascript);
	await page.context().close();
}

async function simulate(javascript) {
	const page = await enter(account(house, 'administrator', 'ouncil'), javascript);

	await page.goto(`${house.base}/staff/simulate`);
	await look(page, 'simulate', javascript);
	await page.fill('#who', account(house, 'leader', 'ouncil').email);
	await press(page, 'main form button');
	assert.match(page.url(), /who=/);
	await look(page, 'simulate-one', javascript);
	await page.context().close();
}

// Who calls people at risk finds them, and of tickets only what stands with their team.
async function caller(javascript) {
	const page = await enter(account(house, 'hub-caller', 'ouncil'), javascript);

	await page.goto(`${house.base}/staff/search?q=an`);
	await press(page, 'main a[href^="/staff/people/"] >> nth=0');
	assert.match(page.url(), /staff\/people\/\d+/);
	assert.equal((await page.request.get(page.url())).status(), 200);
	await look(page, 'person-of-caller', javascript);
	await page.context().close();
}

for (const javascript of [true, false]) {
	const how = javascript ? 'with JavaScript' : 'without JavaScript';
	test(`roles and accounts are changed ${how}`, () => roles(javascript));
	test(`somebody new is asked in ${how}`, () => newcomers(javascript));
	test(`agreements are looked at ${how}`, () => agreements(javascript));
	test(`the audit is looked at ${how}`, () => audit(javascript));
	test(`why somebody sees a ticket is said ${how}`, () => why(javascript));
	test(`the lists of somebody else are looked at ${how}`, () => simulate(javascript));
	test(`a caller opens a person ${how}`, () => caller(javascript));
}
test('a page that is open ends with the role', streams);
