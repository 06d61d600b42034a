#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// node test/bench/doors.mjs PROGRAM [TRIES]: can anybody tell by the time which accounts
// there are? At each door an address with an account and one without are tried in turn, in
// random order, each from a client address of its own; the answer is the area under the ROC
// curve of the two sets of times (0.5: nothing can be told; wanted: 0.4 to 0.6), and
// whether status and length of the answers are the same. PORTREEVE_DATA=none is enough.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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

const server = spawn(program, ['serve', '--db', db, '--listen', '127.0.0.1:0', '--base', 'http://localhost',
	'--trusted-proxy', '127.0.0.1', '--limits', 'off'], { stdio: ['ignore', 'pipe', 'ignore'] });
const port = await new Promise((ready) => {
	server.stdout.on('data', (d) => ready(String(d).match(/:(\d+)\s*$/)[1]));
});

let client = 0;
const post = (path, form) => new Promise((done, failed) => {
	const body = new URLSearchParams(form).toString();
	const began = process.hrtime.bigint();
	const q = request({ port, host: '127.0.0.1', path, method: 'POST', headers: {
		'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length,
		'X-Forwarded-For': `10.${client >> 16 & 255}.${client >> 8 & 255}.${client++ & 255}`,
	} }, (r) => {
		let length = 0;
		r.on('data', (d) => { length += d.length; });
		r.on('end', () => done({ time: Number(process.hrtime.bigint() - began), status: r.statusCode, length }));
	});
	q.on('error', failed);
	q.end(body);
});

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

const doors = [
	['/staff/sign-in', (email) => ({ email, password: 'not the password' })],
	['/account/sign-in', (email) => ({ email, password: 'not the password' })],
	['/account/link', (email) => ({ email })],
	['/account/sign-up', (email) => ({ email, name: 'Somebody' })],
];

let wrong = 0;
for (const [path, form] of doors) {
	const times = { known: [], none: [] };
	const seen = new Set();

	for (let i = 0; i < 20; i++) await post(path, form(`none-${900000 + i}@example.org`));
	for (let i = 1; i <= most; i++) {
		const order = Math.random() < 0.5 ? ['known', 'none'] : ['none', 'known'];
		for (const kind of order) {
			const got = await post(path, form(`${kind === 'none' ? 'nokno' : kind}-${100000 + i}@example.org`));
			times[kind].push(got.time);
			seen.add(`${got.status} ${got.length}`);
		}
	}
	const auc = area(times.known, times.none);
	const well = auc >= 0.4 && auc <= 0.6 && seen.size === 1;
	const median = (t) => (t.sort((x, y) => x - y)[t.length >> 1] / 1e6).toFixed(2);

	wrong += !well;
	console.log(`${path.padEnd(18)} tries ${2 * most}  AUC ${auc.toFixed(3)}  median ms ${median(times.known)} known, `
		+ `${median(times.none)} none  answers ${[...seen].join(' | ')}  ${well ? 'ok' : 'TELLS'}`);
}
const ended = new Promise((done) => { server.on('exit', done); });
server.kill('SIGTERM');
await ended;
rmSync(folder, { recursive: true, force: true });
process.exit(wrong ? 1 : 0);
