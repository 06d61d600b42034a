// SPDX-License-Identifier: AGPL-3.0-or-later
// The door in a real browser: by keyboard alone, without the script, with an authenticator
// app, and with passkeys of Chromium's virtual authenticator.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { execFileSync } from 'node:child_process';
import { account, freePort, letter, look, openHouse,
	picture, press, signIn, visitor } from './house.mjs';

// A passkey belongs to a name, and an address is none.
let house;
before(async () => {
	house = await openHouse({ host: 'localhost', options: ['--outgoing-allow', '127.0.0.1, ::1'] });
});
after(async () => { await house.close(); });

const enter = (page, person, path = '/account/sign-in') => signIn(house, page, person, path);

// RFC 6238, independently of the house.
function codeOf(key, at = Date.now()) {
	const bits = [...key.replaceAll(' ', '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
		.indexOf(c).toString(2).padStart(5, '0')).join('');
	const secret = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
	const counter = Buffer.alloc(8);

	counter.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
	const mac = createHmac('sha1', secret).update(counter).digest();
	const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
	return String(number % 1000000).padStart(6, '0');
}

async function authenticator(page) {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('WebAuthn.enable');
	const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2', transport: 'internal', hasResidentKey: true,
			hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
		},
	});
	return { cdp, authenticatorId };
}

async function addPasskey(page, name) {
	await page.goto(`${house.base}/account/security`);
	await page.fill('#passkey-name', name);
	await press(page, 'form[data-passkey="register"] button');
	assert.match(page.url(), /\/account\/security$/);
	await page.waitForSelector(`th:has-text("${name}")`);
}

for (const [path, ends] of [['/account/sign-in', /\/account$/], ['/staff/sign-in', /\/staff/]])
	test(`signing in by keyboard alone at ${path}`, async () => {
		const page = await visitor(house);
		const person = account(house, 'analyst');

		await page.goto(house.base + path);
		await look(page, `door${path.replaceAll('/', '-')}`);
		for (let i = 0; i < 60; i++) {
			await page.keyboard.press('Tab');
			if (await page.evaluate(() => document.activeElement.id) === 'email') break;
		}
		await page.keyboard.type(person.email);
		await page.keyboard.press('Tab');
		await page.keyboard.type(person.password);
		await page.keyboard.press('Tab');
		assert.equal(await page.evaluate(() => document.activeElement.type), 'submit');
		await press(page);
		assert.match(page.url(), ends);
		await page.context().close();
	});

test('without the script the password way works, and pages say nothing of passkeys', async () => {
	const page = await visitor(house, { javascript: false });
	const person = account(house, 'specialist');

	await page.goto(`${house.base}/account/sign-in`);
	assert.equal(await page.isVisible('form[data-passkey]'), false);
	await look(page, 'door-unscripted', false);
	await enter(page, person);
	assert.match(page.url(), /\/account$/);
	await page.goto(`${house.base}/account/security`);
	await look(page, 'security-unscripted', false);
	await page.context().close();
});

test('an authenticator app is set up, asked for, and replaced by a recovery code', async () => {
	const page = await visitor(house);
	const person = account(house, 'leader');

	await enter(page, person, '/staff/sign-in');
	await page.goto(`${house.base}/account/security`);
	await look(page, 'security');
	await press(page, 'text=Set up an authenticator app');
	await look(page, 'authenticator');
	const key = await page.innerText('code');
	await page.fill('#code', '000000');
	await press(page);
	await page.waitForSelector('.govuk-error-summary');
	await page.fill('#code', codeOf(key));
	await press(page);
	await page.waitForSelector('h1:has-text("Your recovery codes")');
	await picture(page, 'recovery-codes');
	const codes = await page.locator('.resident-codes code').allInnerTexts();
	assert.equal(new Set(codes).size, 10);

	await page.context().clearCookies();
	await enter(page, person, '/staff/sign-in');
	assert.match(page.url(), /\/sign-in\/second$/);
	await look(page, 'second');
	await page.goto(`${house.base}/staff/queue`);
	assert.match(page.url(), /\/staff\/sign-in/);
	await page.goto(`${house.base}/sign-in/second`);
	await page.fill('#code', codeOf(key, Date.now() + 30000));
	await press(page);
	assert.match(page.url(), /\/staff/);

	await page.context().clearCookies();
	await enter(page, person, '/staff/sign-in');
	await page.fill('#code', codes[0].toUpperCase());
	await press(page);
	assert.match(page.url(), /\/staff/);
	await page.context().close();
});

test('a passkey is added, and opens the account alone', async () => {
	const page = await visitor(house);
	const person = account(house, 'resident');
	const { cdp, authenticatorId } = await authenticator(page);

	await enter(page, person);
	await addPasskey(page, 'My phone');
	await look(page, 'security-passkey');
	await page.context().clearCookies();
	await page.goto(`${house.base}/account/sign-in?next=/account/security`);
	await press(page, 'form[data-passkey="sign-in"] button');
	assert.match(page.url(), /\/account\/security$/);

	// After the password it is the second step.
	await page.context().clearCookies();
	await enter(page, person);
	assert.match(page.url(), /\/sign-in\/second$/);
	await press(page, 'form[data-passkey="second"] button');
	assert.match(page.url(), /\/account$/);

	// A copy whose count stayed behind gets nobody in.
	const { credentials: [credential] } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
	await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId });
	await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: 1 } });
	await page.context().clearCookies();
	await page.goto(`${house.base}/account/sign-in`);
	await press(page, 'form[data-passkey="sign-in"] button');
	await page.waitForSelector('h1:has-text("The passkey was not taken")');
	await page.goto(`${house.base}/account`);
	assert.match(page.url(), /sign-in/);
	await page.context().close();
});

test('what was signed for another address opens nothing', async () => {
	const page = await visitor(house);
	const person = account(house, 'internal-customer');
	const elsewhere = createServer((q, r) => r.setHeader('Content-Type', 'text/html')
		.end('<!doctype html><title>x</title>'));
	await new Promise((done) => { elsewhere.listen(0, '127.0.0.1', done); });

	await authenticator(page);
	await enter(page, person);
	await addPasskey(page, 'Laptop');
	await page.context().clearCookies();
	// The other page is of the same name but of another port; it relays our challenge.
	const attempt = async (from) => {
		const ask = await page.context().request.post(`${house.base}/sign-in/passkey/options`,
			{ form: { purpose: 'sign-in' } });
		const options = await ask.json();
		await page.goto(from);
		const said = await page.evaluate(async (key) => {
			const bytes = (t) => Uint8Array.from(atob(t.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
			const letters = (b) => btoa(String.fromCharCode(...new Uint8Array(b)))
				.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
			const c = await navigator.credentials.get({ publicKey: { ...key, challenge: bytes(key.challenge) } });
			return { id: c.id, client: letters(c.response.clientDataJSON), data: letters(c.response.authenticatorData),
				signature: letters(c.response.signature), handle: letters(c.response.userHandle) };
		}, options.publicKey);
		const answer = await page.context().request.post(`${house.base}/sign-in/passkey`,
			{ form: { ...said, purpose: 'sign-in', token: options.token }, maxRedirects: 0 });
		await page.context().clearCookies();
		return answer.status();
	};
	assert.equal(await attempt(`http://localhost:${elsewhere.address().port}/`), 422);
	assert.equal(await attempt(`${house.base}/help`), 303);
	elsewhere.close();
	await page.context().close();
});

test('sessions are listed and ended from another browser', async () => {
	const one = await visitor(house);
	const two = await visitor(house);
	const person = account(house, 'apprentice');

	await enter(one, person, '/staff/sign-in');
	await enter(two, person, '/staff/sign-in');
	await two.goto(`${house.base}/account/sessions`);
	await look(two, 'sessions');
	await two.goto(`${house.base}/staff/me`);
	await look(two, 'staff-me');
	await press(two, 'text=Sign out everywhere else');
	assert.match(two.url(), /\/staff\/me$/);
	await one.goto(`${house.base}/staff/queue`);
	assert.match(one.url(), /\/staff\/sign-in/);
	await two.goto(`${house.base}/account/password`);
	await look(two, 'password');
	await two.fill('#current', person.password);
	await two.fill('#password', 'password123');
	await press(two);
	await two.waitForSelector('.govuk-error-summary');
	await look(two, 'password-wrong');
	await one.context().close();
	await two.context().close();
});

test('a link by e-mail signs a resident up, and in again', async () => {
	const page = await visitor(house);

	await page.goto(`${house.base}/account/sign-up`);
	await look(page, 'sign-up');
	await page.fill('#name', 'Zoe Hill');
	await page.fill('#email', 'zoe@example.org');
	await press(page);
	await page.waitForSelector('h1:has-text("Look in your e-mail")');
	await picture(page, 'link-sent');
	const first = (await letter(house, 'zoe@example.org', /choose a password/)).text.match(/http:\S+/)[0];
	const stranger = await visitor(house);
	await stranger.goto(first);
	assert.match(await stranger.innerText('h1'), /cannot be used/);
	await stranger.context().close();
	await page.goto(first);
	await look(page, 'sign-up-password');
	await page.fill('#password', 'three blind mice');
	await press(page);
	assert.match(page.url(), /\/account$/);

	await press(page, 'form[action="/account/sign-out"] button');
	await page.goto(`${house.base}/account/link?lang=cy`);
	await look(page, 'link-cy');
	await page.fill('#email', 'zoe@example.org');
	await press(page);
	await page.waitForSelector('h1:has-text("Edrychwch yn eich e-bost")');
	const second = (await letter(house, 'zoe@example.org', /gofynnodd rhywun/)).text.match(/http:\S+/)[0];
	await page.goto(second);
	await press(page, 'main form button');
	assert.match(page.url(), /\/account$/);
	await page.goto(second);
	assert.match(await page.innerText('h1'), /Ni ellir/);
	await page.context().close();
});

test('a real identity provider (Glewlwyd) signs staff in', async () => {
	const port = await freePort();
	const folder = `${house.folder}/glewlwyd`;
	const issuer = `http://localhost:${port}/api/oidc`;
	const admin = await visitor(house);

	execFileSync('tools/glewlwyd', ['start', folder, String(port), `${house.base}/sign-in/return`],
		{ stdio: 'inherit' });
	try {
		await enter(admin, account(house, 'administrator', 'Southmere'), '/staff/sign-in');
		await admin.goto(`${house.base}/admin/roles`);
		await admin.click('details.panel > summary');
		await admin.fill('#roles-label', 'Winter service');
		await admin.fill('#roles-reason', 'It snows');
		await press(admin, 'details.panel[open] button');
		await admin.goto(`${house.base}/admin/sign-in`);
		await look(admin, 'admin-sign-in');
		await press(admin, 'text=Add an identity provider');
		await look(admin, 'admin-provider');
		await admin.fill('#name', 'Council ID');
		await admin.fill('#issuer', issuer);
		await admin.fill('#client', 'portreeve');
		await admin.fill('#scope', 'openid');
		await admin.fill('#secret', 'portreeve-secret');
		// Only what an administrator may hand on, and roles that the council made by their names.
		await admin.fill('#roles', 'analysts = analyst\nboard = governance-officer');
		await press(admin, 'text=Save');
		await look(admin, 'admin-provider-wrong');
		assert.match(await admin.innerText('.govuk-error-summary'), /cannot let a group give the role governance-officer/);
		await admin.fill('#roles', 'analysts = analyst\nanalysts = Winter service\nboard = administrator');
		await admin.fill('#secret', 'portreeve-secret');
		await press(admin, 'text=Save');
		await admin.waitForSelector('th:has-text("Council ID")');

		// Signs in at the provider by its own API, then comes through our door.
		const through = async (user) => {
			const page = await visitor(house);
			const own = page.context().request;
			await own.post(`${issuer.replace('/oidc', '/auth/')}`, { data: { username: user, password: `${user}-secret` } });
			await own.put(`${issuer.replace('/oidc', '/auth/grant/portreeve')}`, { data: { scope: 'openid' } });
			await page.route(/\/api\/oidc\/auth\?/, (route) => route.continue({ url: `${route.request().url()}&g_continue` }));
			await page.goto(`${house.base}/staff/sign-in?next=/staff/me`);
			const [back, returned] = [
				page.waitForRequest((r) => r.method() === 'GET' && r.url().includes('/sign-in/return?')),
				page.waitForResponse((r) => r.request().method() === 'POST' && r.url().endsWith('/sign-in/return'))];
			await page.click('text=Sign in with Council ID');
			const address = (await back).url();
			await returned;
			return { page, address };
		};
		const { page, address } = await through('bella');
		await page.waitForURL((url) => url.pathname === '/staff/me');
		assert.match(await page.innerText('main'), /Bella Rees[\s\S]*Analyst/);
		assert.match(await page.innerText('main'), /Winter service/);
		assert.doesNotMatch(await page.innerText('main'), /Administrator/);
		// The same way back leads nowhere a second time.
		await page.goto(address);
		await page.waitForSelector('h1:has-text("You could not be signed in")');
		await page.context().close();
		// An address that the provider has not verified joins nobody.
		const carl = await through('carl');
		await carl.page.waitForSelector('h1:has-text("You could not be signed in")');
		await look(carl.page, 'provider-no');
		await carl.page.goto(`${house.base}/staff/me`);
		assert.match(carl.page.url(), /\/staff\/sign-in/);
		await carl.page.context().close();
	} finally {
		execFileSync('tools/glewlwyd', ['stop', folder]);
		await admin.context().close();
	}
});
