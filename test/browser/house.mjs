// SPDX-License-Identifier: AGPL-3.0-or-later
// A whole house for browser tests: the demonstration council in a folder of its own, a real
// mail server, `portreeve serve`, and a headless Chromium. Everything is on loopback, has
// its own ports, and is stopped by pid at the end.
import assert from 'node:assert/strict';
import { spawn, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { HtmlValidate } from 'html-validate';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const program = process.env.PORTREEVE ?? 'build-checked/portreeve';

export const freePort = () => new Promise((done) => {
	const server = createServer().listen(0, '127.0.0.1', () => {
		const { port } = server.address();
		server.close(() => done(port));
	});
});

const untilReady = (child) => new Promise((ready, failed) => {
	let said = '';
	child.stdout.on('data', (data) => {
		said += data;
		if (said.includes('listening on')) ready();
	});
	child.on('exit', (code) => failed(new Error(`serve ended with ${code}: ${said}`)));
});

export async function openHouse({ browser: wanted = true, host = '127.0.0.1', options = [],
	db: given } = {}) {
	const folder = mkdtempSync(join(tmpdir(), 'portreeve-browser-'));
	chmodSync(folder, 0o755); // the mail server is another user
	const db = given ?? process.env.PORTREEVE_BROWSER_DB ?? `sqlite:${folder}/demo.db`;
	const [port, mailPort] = [await freePort(), await freePort()];
	const base = `http://${host}:${port}`;
	const credentials = `${folder}/credentials.json`;

	execFileSync('tools/mailserver', ['start', `${folder}/post`, String(mailPort)]);
	execFileSync(program, ['demo', '--db', db, '--credentials', credentials, '--base', base],
		{ env: { ...process.env, PORTREEVE_DATA: 'none' }, stdio: ['ignore', 'ignore', 'inherit'] });
	const server = spawn(program, ['serve', '--db', db, '--listen', `127.0.0.1:${port}`,
		'--base', base, '--smtp', `smtp://127.0.0.1:${mailPort}`, ...options],
	{ stdio: ['ignore', 'pipe', process.env.PORTREEVE_LOUD ? 'inherit' : 'ignore'] });
	await untilReady(server);
	const browser = wanted && await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});

	return {
		base, browser, db, folder, program, credentials: JSON.parse(readFileSync(credentials, 'utf8')),
		async close() {
			if (browser) await browser.close();
			server.removeAllListeners('exit');
			const ended = new Promise((done) => server.on('exit', done));
			server.kill('SIGTERM');
			const code = await ended;
			execFileSync('tools/mailserver', ['stop', `${folder}/post`]);
			rmSync(folder, { recursive: true, force: true });
			if (code !== 0) throw new Error(`serve ended with ${code}`);
		},
	};
}

// The account of a role in an organisation of the demonstration.
export function account(house, role, organisation) {
	const found = house.credentials.people.find((p) => p.role === role
		&& (!organisation || p.organisation.includes(organisation)));
	if (!found) throw new Error(`no ${role} in ${organisation}`);
	return found;
}

// A page of a browser of its own, that nobody has used.
export async function visitor(house, { javascript = true } = {}) {
	const context = await house.browser.newContext({
		javaScriptEnabled: javascript, viewport: { width: 1280, height: 800 } });
	context.setDefaultTimeout(60000); // for a machine with much else to do
	return context.newPage();
}

// Presses a button or a link, by selector or locator, or the Enter key where nothing is named, and
// waits until the page that answers has come whole. Its script may then have changed the address.
export async function press(page, target) {
	const pressed = () => {
		if (!target) return page.keyboard.press('Enter');
		return typeof target === 'string' ? page.click(target) : target.click();
	};
	await Promise.all([page.waitForNavigation(), pressed()]);
}

export async function signIn(house, page, person, path = '/staff/sign-in') {
	await page.goto(house.base + path);
	await page.fill('#email', person.email);
	await page.fill('#password', person.password);
	await press(page);
}

export const text = (page) => page.locator('main').innerText();

// The text of a quoted-printable letter.
const decoded = (raw) => Buffer.from(raw.slice(raw.search(/\r?\n\r?\n/)).replace(/=\r?\n/g, '')
	.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1')
	.toString('utf8');

const subjectOf = (raw) => (raw.match(/^Subject: (.*(?:\r?\n[ \t].*)*)/m)?.[1] ?? '')
	.replace(/=\?UTF-8\?B\?([^?]*)\?=\s*/g, (_, b) => Buffer.from(b, 'base64').toString('utf8'));

// Letters that the mail server has received for an address, oldest first.
export function letters(house, to) {
	const folder = `${house.folder}/post/mail/new`;
	if (!existsSync(folder)) return [];
	return readdirSync(folder).sort().map((name) => readFileSync(`${folder}/${name}`, 'latin1'))
		.filter((raw) => raw.toLowerCase().includes(`to: <${to.toLowerCase()}>`))
		.map((raw) => ({ raw, subject: subjectOf(raw), text: decoded(raw) }));
}

// Waits for a letter to `to` whose subject or text matches.
export async function letter(house, to, pattern) {
	for (let i = 0; i < 600; i++) {
		const found = letters(house, to).find((l) => pattern.test(l.subject) || pattern.test(l.text));
		if (found) return found;
		await new Promise((done) => setTimeout(done, 100));
	}
	throw new Error(`no letter to ${to} matches ${pattern}`);
}

const validator = new HtmlValidate({
	root: true,
	extends: ['html-validate:standard'],
	rules: {
		// Written by the view compiler or taken over from GOV.UK Frontend as published.
		'long-title': 'off', 'no-inline-style': 'error', 'void-style': 'off',
		'attribute-boolean-style': 'off', 'attribute-empty-style': 'off',
		'no-trailing-whitespace': 'off', 'doctype-style': 'off', 'no-implicit-button-type': 'off',
		'valid-autocomplete': 'error', 'require-sri': 'off', 'text-content': 'off',
		// A list of navigation links has its role from the list it is.
		'prefer-native-element': 'off', 'no-redundant-role': 'off',
	},
});

// Everything a page must be: valid HTML, no finding of axe, one h1, a language and a title.
// Returns the complaints, none when it is well.
export async function complaints(page, { javascript = true } = {}) {
	const found = [];
	const html = await (await page.context().request.get(page.url())).text();
	const report = await validator.validateString(html, page.url());

	for (const result of report.results)
		for (const m of result.messages)
			found.push(`html ${m.ruleId} ${m.line}:${m.column} ${m.message}`);
	if (javascript) {
		await page.evaluate(axe);
		const { violations } = await page.evaluate(() => window.axe.run(document, {
			runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
		}));
		for (const v of violations)
			found.push(`axe ${v.id}: ${v.help}: ${v.nodes.map((n) => n.target).join(' ')}`);
	}
	return found.map((f) => `${page.url()} ${f}`);
}

// The page does not scroll sideways at 320 CSS pixels (WCAG 1.4.10).
export async function reflows(page) {
	const before = page.viewportSize();
	await page.setViewportSize({ width: 320, height: 640 });
	const wide = await page.evaluate(() => document.documentElement.scrollWidth);
	await page.setViewportSize(before);
	return wide <= 320;
}

// Keeps a picture where PORTREEVE_PICTURES names a folder.
export async function picture(page, name) {
	const folder = process.env.PORTREEVE_PICTURES;
	if (!folder) return;
	for (const [width, suffix] of [[1280, 'wide'], [360, 'narrow']]) {
		await page.setViewportSize({ width, height: 800 });
		await page.screenshot({ path: `${folder}/${name}-${suffix}.png`, fullPage: true });
	}
	await page.setViewportSize({ width: 1280, height: 800 });
}

// Looks at a page: it is whole, for everybody, and fits a narrow screen; then a picture of it.
export async function look(page, name, javascript = true) {
	assert.deepEqual(await complaints(page, { javascript }), [], name);
	assert.ok(await reflows(page), `${name} scrolls sideways at 320 pixels`);
	if (javascript) await picture(page, name);
}
