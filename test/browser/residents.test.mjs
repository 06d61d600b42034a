// SPDX-License-Identifier: AGPL-3.0-or-later
// Every kind of page that residents and internal customers see, in English and Welsh: whole
// HTML, no finding of axe, nothing scrolls sideways at 320 pixels, nothing is fetched from
// elsewhere, and what must be kept is kept.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { account, letter, look, openHouse, press, visitor } from './house.mjs';

let house;
before(async () => { house = await openHouse(); });
after(async () => { await house.close(); });

// A browser of its own; the test fails when a page asks another host for anything.
async function newcomer(language = 'en') {
	const page = await visitor(house);
	page.on('request', (r) => assert.ok(r.url().startsWith(house.base), r.url()));
	if (language !== 'en') await page.goto(`${house.base}/?lang=${language}`);
	return page;
}

const send = (page) => press(page, 'main form[method="post"] button:not([value])');

for (const language of ['en', 'cy'])
	test(`pages without a form, ${language}`, async () => {
		const page = await newcomer(language);
		for (const path of ['/', '/services', '/services?sort=az', '/services?q=bin',
			'/services?q=xyzzy', '/services?group=Street+care', '/services/HW-POTHOLE',
			'/services/WA-GARDEN', '/services/LI-TAXI', '/help', '/accessibility', '/privacy',
			'/cookies', '/track', '/account/sign-in', '/services/NO-SUCH']) {
			await page.goto(house.base + path);
			assert.equal(await page.getAttribute('html', 'lang'), language);
			await look(page, `${language}${path.replace(/\W+/g, '-')}`);
		}
		await page.context().close();
	});

// A page with each type of question, and with what is wrong with an empty answer.
const questions = {
	'HW-POTHOLE': ['location', 'size', 'injury_or_damage'],
	'WA-MISSED': ['property', 'container', 'out_by_7am'],
	'WA-BULKY': ['items', 'slot', 'where_left'],
	'HW-CLAIM': ['when', 'photo', 'details'],
	'HB-VOL': ['name', 'phone', 'email'],
	'SA-FSM': ['dob', 'nino', 'children'],
	'PA-PITCH': ['hours'],
	'WA-TIPPERMIT': ['vehicle'],
	'EH-NOISE': ['source_address'],
	'CU-COMPL': ['about'],
};

const few = ['HW-POTHOLE', 'WA-MISSED', 'HW-CLAIM'];

for (const language of ['en', 'cy'])
	test(`each type of question, ${language}`, async () => {
		const page = await newcomer(language);
		for (const [service, fields] of Object.entries(questions)) {
			if (language !== 'en' && !few.includes(service)) continue;
			await page.goto(`${house.base}/services/${service}`);
			await send(page);
			for (const field of fields) {
				await page.goto(`${house.base}/services/${service}/q/${field}`);
				await look(page, `${language}-${service}-${field}`);
				await send(page);
				assert.match(await page.title(), /^(Error|Gwall): /);
				const link = page.locator('.govuk-error-summary a').first();
				const target = await link.getAttribute('href');
				assert.equal(await page.locator(target).count(), 1, target);
				await link.click();
				assert.equal(await page.evaluate(() => `#${document.activeElement.id}`), target);
				await look(page, `${language}-${service}-${field}-wrong`);
			}
		}
		await page.context().close();
	});

test('what was typed is kept when a file is refused, and files can be removed', async () => {
	const page = await newcomer();
	const file = (name, text) => ({ name, mimeType: 'image/png', buffer: Buffer.from(text, 'latin1') });

	await page.goto(`${house.base}/services/HW-POTHOLE`);
	await send(page);
	await page.goto(`${house.base}/services/HW-POTHOLE/more`);
	await page.fill('#details', 'A cyclist nearly fell.');
	await page.setInputFiles('#photo', file('program.png', 'MZ\0\0'));
	await send(page);
	assert.match(await page.innerText('.govuk-error-summary'), /program\.png must be a photo/);
	assert.equal(await page.inputValue('#details'), 'A cyclist nearly fell.');
	await look(page, 'file-refused');
	await page.setInputFiles('#photo', [file('one.png', '\x89PNG\r\n\x1a\n'),
		file('two.png', '\x89PNG\r\n\x1a\n')]);
	await send(page);
	await page.goto(`${house.base}/services/HW-POTHOLE/more`);
	assert.match(await page.innerText('main'), /one\.png[\s\S]*two\.png/);
	await look(page, 'files-there');
	await page.check('input[name="photo-remove"]');
	await send(page);
	await page.goto(`${house.base}/services/HW-POTHOLE/more`);
	assert.doesNotMatch(await page.innerText('main'), /one\.png/);
	await page.context().close();
});

test('a double click sends once, and going back does not send again', async () => {
	const page = await newcomer();
	await page.goto(`${house.base}/services/SC-TOILET`);
	await send(page);
	await page.fill('#location-place', 'By the bus station');
	await send(page);
	await page.check('input[value="dirty"]');
	await send(page);
	await page.fill('#contact-name', 'Ann Fisher');
	await page.fill('#contact-email', 'ann-twice@example.org');
	await send(page);
	await look(page, 'check');
	await page.dblclick('main form button');
	await page.waitForURL((url) => url.pathname.includes('/sent/'));
	const first = page.url();
	await page.goBack();
	await page.goto(`${house.base}/services/SC-TOILET/check`);
	assert.equal(page.url(), first);
	await letter(house, 'ann-twice@example.org', /We have your request/);
	await page.context().close();
});

for (const organisation of ['Southmere', 'ICT'])
	test(`the account of a customer of ${organisation}`, async () => {
		const page = await newcomer();
		const person = account(house,
			organisation === 'ICT' ? 'internal-customer' : 'resident', organisation);

		await page.goto(`${house.base}/account`);
		assert.match(page.url(), /\/account\/sign-in\?next=/);
		await page.fill('#email', person.email);
		await page.fill('#password', 'not the password');
		await send(page);
		assert.match(await page.title(), /^Error: /);
		assert.equal(await page.inputValue('#password'), '');
		await page.fill('#password', person.password);
		await send(page);
		assert.match(page.url(), /\/account$/);
		await look(page, `account-${organisation}`);
		await page.goto(`${house.base}/services`);
		assert.equal(await page.locator('a[href="/services/HW-POTHOLE"]').count(),
			organisation === 'ICT' ? 0 : 1);
		await page.goto(`${house.base}/account`);
		const request = page.locator('tbody a').first();
		if (await request.count()) {
			await press(page, request);
			await look(page, `request-${organisation}`);
		}
		await page.goto(`${house.base}/account`);
		await press(page, 'form[action="/account/sign-out"] button');
		await page.goto(`${house.base}/account`);
		assert.match(page.url(), /sign-in/);
		await page.context().close();
	});
