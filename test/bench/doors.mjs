#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// node test/bench/doors.mjs PROGRAM [TRIES]: can anybody tell by the time which accounts
// there are? At each door an address with an account and one without are tried in turn, in
// random order, each from a client address of its own; the answer is the area under the ROC
// curve of the two sets of times (0.5: nothing can be told; wanted: 0.4 to 0.6), and
// whether status, headers and body of the answers are the same. At the door for passkeys it is
// the name of a passkey, each time with a challenge of the server and a signature by a wrong
// key; at the API a token that was ended and one that never was. PORTREEVE_DATA=none is enough.
import { spawn, execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [program, tries = '500'] = process.argv.slice(2);
const most = Number(tries);
const folder = mkdtempSync(join(tmpdir(), 'portreeve-doors-'));
const file = `${folder}/demo.db`;
const db = `sqlite:${file}`;
const env = { ...process.env, PORTREEVE_DATA: 'none' };

execFileSync(program, ['demo', '--db', db, '--credentials', `${folder}/c.json`],
	{ env, stdio: ['ignore', 'ignore', 'ignore'] });
// Enough residents with accounts, all with a real hash.
execFileSync('sqlite3', [file, `
	with recursive n(i) as (select 1 union all select i + 1 from n where i < ${2 * most})
	insert into person (org, id, name, email, created)
	select 1, 900000000000 + i, 'Person ' || i, 'known-' || (100000 + i) || '@example.org', 1 from n;
	insert into account (email, org, person, password)
	select email, org, id, (select password from account where password like '$argon2id%' limit 1)
	from person where id > 900000000000 and id <= 900000000000 + ${2 * most};`]);

// A passkey for each, of a key that this program does not use to sign.
const b64 = (bytes) => Buffer.from(bytes).toString('base64url');
const nameOf = (kind, i) => b64(createHash('sha256').update(`${kind} ${i}`).digest());
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const wrongKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const jwk = publicKey.export({ format: 'jwk' });
const cose = `a5010203262001215820${Buffer.from(jwk.x, 'base64url').toString('hex')}225820`
	+ Buffer.from(jwk.y, 'base64url').toString('hex');
let rows = '';
for (let i = 1; i <= most; i++)
	rows += `insert into passkey (id, person, name, key, count, created) values ('${nameOf('known', i)}',
		${900000000000 + i}, 'Key', x'${cose}', 0, 1);\n`;
// Some tokens that were ended.
const ended = [0, 1, 2, 3, 4].map((n) => execFileSync(program, ['user', 'token',
	JSON.parse(readFileSync(`${folder}/c.json`)).people.find((p) => p.role === 'administrator').email,
	'system', `old ${n}`, '--org', 'southmere', '--db', db], { stdio: ['ignore', 'pipe', 'inherit'] })
	.toString().trim());
execFileSync('sqlite3', [file], { input: `begin;\n${rows}update api_token set expires = 2; commit;` });

const server = spawn(program, ['serve', '--db', db, '--listen', '127.0.0.1:0', '--base', 'http://localhost',
	'--trusted-proxy', '127.0.0.1', '--limits', 'off'], { stdio: ['ignore', 'pipe', 'ignore'] });
const port = await new Promise((ready) => {
	server.stdout.on('data', (d) => ready(String(d).match(/:(\d+)\s*$/)[1]));
});

let client = 0;
const ask = (method, path, form, headers = {}) => new Promise((done, failed) => {
	const body = form ? new URLSearchParams(form).toString() : '';
	const began = process.hrtime.bigint();
	const q = request({ port, host: '127.0.0.1', path, method, headers: {
		...(form && { 'Content-Type': 'application/x-www-form-urlencoded' }), 'Content-Length': body.length,
		'X-Forwarded-For': `10.${client >> 16 & 255}.${client >> 8 & 255}.${client++ & 255}`, ...headers,
	} }, (r) => {
		let text = '';
		r.on('data', (d) => { text += d; });
		r.on('end', () => done({ time: Number(process.hrtime.bigint() - began), status: r.statusCode,
			headers: r.headers, text }));
	});
	q.on('error', failed);
	q.end(body);
});

// What may not differ: without what is random, and what was asked about.
const plain = (got, about) => {
	const headers = { ...got.headers };
	for (const name of ['date', 'set-cookie', 'x-request-id', 'content-length', 'ratelimit', 'etag'])
		delete headers[name];
	return createHash('sha256').update(JSON.stringify([got.status, headers, got.text
		.replaceAll(got.headers['x-request-id'] ?? about, 'REQUEST').replaceAll(about, 'ABOUT').replaceAll(encodeURIComponent(about), 'ABOUT')
		.replace(/value="[A-Za-z0-9_-]{40,}"/g, 'TOKEN')])).digest('hex').slice(0, 8);
};

// How often a time of `a` is above one of `b`; ties count half (Mann-Whitney).
function area(a, b) {
	const all = [...a.map((time) => ({ time, a: true })), ...b.map((time) => ({ time, a: false }))]
		.sort((x, y) => x.time - y.time);
	let ranks = 0;

	for (let i = 0; i < all.length;) {
		let end = i;
		while (end < all.length && all[end].time === all[i].time) end++;
		for (let k = i; k < end; k++) if (all[k].a) ranks += (i + end + 1) / 2;
		i = end;
	}
	return (ranks - a.length * (a.length + 1) / 2) / (a.length * b.length);
}

const email = (kind, i) => `${kind === 'none' ? 'nokno' : kind}-${100000 + i}@example.org`;
const form = (path, more) => [path, async (kind, i) => {
	const about = email(kind, i);
	return [await ask('POST', path, { email: about, ...more }), about];
}];

// A try with a challenge that is this session's and everything right but the key.
async function passkey(kind, i) {
	const about = nameOf(kind, i);
	const options = await ask('POST', '/sign-in/passkey/options', { purpose: 'sign-in' });
	const cookie = (options.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]).join('; ');
	const { publicKey: { challenge } } = JSON.parse(options.text);
	const page = await ask('GET', '/account/sign-in', null, { Cookie: cookie });
	const token = page.text.match(/name="token" value="([^"]+)"/)?.[1] ?? '';
	const clientData = Buffer.from(JSON.stringify({
		type: 'webauthn.get', challenge, origin: 'http://localhost', crossOrigin: false }));
	const data = Buffer.concat([createHash('sha256').update('localhost').digest(), Buffer.from([5, 0, 0, 0, 9])]);
	const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
	return [await ask('POST', '/sign-in/passkey', { token, purpose: 'sign-in', door: 'customer', id: about,
		client: b64(clientData), data: b64(data), signature: b64(sign('sha256', signed, wrongKey)), handle: '' },
	{ Cookie: cookie }), about];
}

async function api(kind, i) {
	const about = kind === 'known' ? ended[i % ended.length] : b64(randomBytes(32)).slice(0, ended[0].length);
	return [await ask('GET', '/api/v1/tickets', null, { Authorization: `Bearer ${about}` }), about];
}

const doors = [
	form('/staff/sign-in', { password: 'not the password' }),
	form('/account/sign-in', { password: 'not the password' }),
	form('/account/link'),
	form('/account/sign-up', { name: 'Somebody' }),
	form('/sign-in/passkey/options', { purpose: 'sign-in' }),
	['/sign-in/passkey', passkey],
	['/api/v1/tickets', api],
];

let wrong = 0;
for (const [path, one] of doors) {
	const times = { known: [], none: [] };
	const seen = new Set();

	for (let i = 0; i < 20; i++) await one('none', 900000 + i);
	for (let i = 1; i <= most; i++) {
		const order = Math.random() < 0.5 ? ['known', 'none'] : ['none', 'known'];
		for (const kind of order) {
			const [got, about] = await one(kind, i);
			times[kind].push(got.time);
			seen.add(`${got.status} ${path.endsWith('options') ? '' : plain(got, about)}`);
		}
	}
	const auc = area(times.known, times.none);
	const well = auc >= 0.4 && auc <= 0.6 && seen.size === 1;
	const median = (t) => (t.sort((x, y) => x - y)[t.length >> 1] / 1e6).toFixed(2);

	wrong += !well;
	console.log(`${path.padEnd(24)} tries ${2 * most}  AUC ${auc.toFixed(3)}  median ms ${median(times.known)} known, `
		+ `${median(times.none)} none  answers ${[...seen].join(' | ')}  ${well ? 'ok' : 'TELLS'}`);
}
const gone = new Promise((done) => { server.on('exit', done); });
server.kill('SIGTERM');
await gone;
rmSync(folder, { recursive: true, force: true });
process.exit(wrong ? 1 : 0);
