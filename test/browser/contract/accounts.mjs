// SPDX-License-Identifier: AGPL-3.0-or-later
// Who can sign in and what they may do; the audit of it; letters that were given up.
import assert from 'node:assert/strict';

const one = '/accounts/{person}';

export async function accounts({ here: ref, as, page }) {
	const administrator = as('administrator');
	const { accounts: all } = await administrator('GET', '/accounts', {});
	const somebody = all.find((a) => a.roles.length === 1 && a.roles[0] === 'analyst' && !a.disabled);
	const { person } = somebody;
	const shown = async () => administrator('GET', one, { person });

	await as('leader')('GET', '/accounts', {}, { status: 403 });
	await administrator('GET', one, { person: '4711' }, { status: 404 });
	await administrator('POST', `${one}/give`, { person }, { body: { role: 'leader', reason: '' }, status: 422 });
	await administrator('POST', `${one}/give`, { person },
		{ body: { role: 'leader', reason: 'They lead from now on.' }, status: 204 });
	assert.deepEqual((await shown()).roles.sort(), ['analyst', 'leader']);
	assert.match(await page('administrator', `/admin/accounts/${person}`), /eader/);
	await administrator('POST', `${one}/take`, { person },
		{ body: { role: 'leader', reason: 'They do no longer.' }, status: 204 });
	await teams(administrator, person, shown);
	await sessions({ administrator, page, all });
	await roles(administrator);
	await newcomers({ administrator, page, somebody });
	await signIn(administrator, page);
	await audit({ as, somebody, ref });
	await letters(administrator);
}

async function teams(administrator, person, shown) {
	const mine = (await shown()).teams;
	const { teams: all } = await administrator('GET', '/teams', {});
	const team = all.find((t) => !mine.some((m) => m.id === t.id)).id;
	const reason = 'They help out.';

	await administrator('POST', `${one}/join`, { person }, { body: { team: '4711', reason }, status: 422 });
	await administrator('POST', `${one}/join`, { person }, { body: { team, reason }, status: 204 });
	assert.ok((await shown()).teams.some((t) => t.id === team));
	await administrator('POST', `${one}/leave`, { person }, { body: { team, reason }, status: 204 });
	assert.deepEqual((await shown()).teams, mine);
	await administrator('POST', `${one}/disable`, { person }, { body: { reason }, status: 204 });
	assert.equal((await shown()).disabled, true);
	await administrator('POST', `${one}/enable`, { person }, { body: { reason }, status: 204 });
	assert.equal((await shown()).disabled, false);
}

// The apprentice signs in, is seen, and is signed out.
async function sessions({ administrator, page, all }) {
	const { person } = all.find((a) => a.roles.includes('apprentice'));
	const list = async () => (await administrator('GET', `${one}/sessions`, { person })).sessions;

	await page('apprentice', '/staff/me');
	const [session] = await list();
	assert.equal(session.way, 'password');
	await administrator('DELETE', `${one}/sessions/{handle}`, { person, handle: 'x' }, { status: 404 });
	await administrator('DELETE', `${one}/sessions/{handle}`, { person, handle: session.handle }, { status: 204 });
	assert.equal((await list()).length, 0);
	await administrator('POST', `${one}/sign-out`, { person }, { body: { reason: 'A lost telephone.' }, status: 204 });
}

async function roles(administrator) {
	const reason = 'For the registrars.';
	const made = await administrator('POST', '/roles', {},
		{ body: { label: 'Registrar', like: 'apprentice', reason }, status: 201 });
	const role = made.name;

	await administrator('POST', '/roles', {}, { body: { label: '', reason }, status: 422 });
	const rights = made.rights.filter((r) => r !== 'create');
	await administrator('PUT', '/roles/{role}', { role },
		{ body: { label: 'Registrar', rights: ['dance'], reason }, status: 422 });
	const changed = await administrator('PUT', '/roles/{role}', { role },
		{ body: { label: 'Registrars', rights, reason } });
	assert.deepEqual([changed.label, changed.rights], ['Registrars', rights]);
	assert.equal((await administrator('GET', '/roles/{role}', { role })).local, true);
	assert.ok((await administrator('GET', '/roles', {})).roles.some((r) => r.name === role));
	await administrator('POST', '/roles/{role}/remove', { role }, { body: { reason }, status: 204 });
	await administrator('GET', '/roles/{role}', { role }, { status: 404 });
}

// Somebody new is asked in, once more, and not after all.
async function newcomers({ administrator, page, somebody }) {
	const body = { name: 'Nia Okafor', email: 'nia.okafor@example.org', roles: ['analyst'], teams: [],
		way: 'letter', reason: 'Joins on Monday.' };
	const wrong = (more) => administrator('POST', '/invitations', {}, { body: { ...body, ...more }, status: 422 });

	await wrong({ roles: ['juggler'] });
	await wrong({ roles: [] });
	await wrong({ email: 'nia' });
	await wrong({ email: somebody.email });
	await wrong({ reason: '' });
	const { id } = await administrator('POST', '/invitations', {}, { body, status: 201 });
	await wrong({});
	assert.equal((await administrator('GET', '/invitations', {})).invitations.length, 1);
	const made = await administrator('GET', '/invitations/{id}', { id });
	assert.deepEqual([made.email, made.roles, made.way], [body.email, body.roles, 'letter']);
	assert.match(await page('administrator', '/admin/accounts'), /Nia Okafor/);
	const again = await administrator('POST', '/invitations/{id}/again', { id }, {});
	assert.ok(again.sent >= made.sent);
	await administrator('POST', '/invitations/{id}/again', { id: '4711' }, { status: 404 });
	await administrator('POST', '/invitations/{id}/withdraw', { id }, { body: { reason: '' }, status: 422 });
	await administrator('POST', '/invitations/{id}/withdraw', { id },
		{ body: { reason: 'She took another post.' }, status: 204 });
	await administrator('GET', '/invitations/{id}', { id }, { status: 404 });
}

async function signIn(administrator, page) {
	const body = { kind: 'oidc', name: 'Town directory', audience: 'staff', live: false, secret: 'hush-hush',
		settings: { issuer: 'https://login.example.org', client: 'desk' } };

	await administrator('POST', '/sign-in/providers', {},
		{ body: { ...body, settings: { issuer: 'https://login.example.org' } }, status: 422 });
	await administrator('POST', '/sign-in/providers', {}, { body: { ...body, kind: 'abacus' }, status: 422 });
	const { id } = await administrator('POST', '/sign-in/providers', {}, { body, status: 201 });
	await administrator('PUT', '/sign-in/providers/{id}', { id }, { body: { ...body, name: 'Directory of the town' } });
	const shown = await administrator('GET', '/sign-in', {});
	assert.equal(shown.providers.find((p) => p.id === id).name, 'Directory of the town');
	assert.ok(!JSON.stringify(shown).includes('hush-hush'));
	assert.match(await page('administrator', '/admin/sign-in'), /Directory of the town/);
	await administrator('PUT', '/sign-in/rule', {}, { body: { second_factor: 'maybe' }, status: 422 });
	await administrator('PUT', '/sign-in/rule', {}, { body: { second_factor: shown.second_factor }, status: 204 });
}

async function audit({ as, somebody, ref }) {
	const governance = as('governance-officer');

	await as('administrator')('GET', '/audit', {}, { status: 403 });
	const all = await governance('GET', '/audit', {}, { query: '?limit=3' });
	assert.equal(all.entries.length, 3);
	const next = await governance('GET', '/audit', {}, { query: `?limit=3&cursor=${all.next}` });
	assert.ok(BigInt(next.entries[0].id) < BigInt(all.entries[2].id));
	const { entries } = await governance('GET', '/audit', {}, { query: '?limit=500' });
	assert.ok(entries.some((e) => /role/.test(e.action) && JSON.stringify(e).includes('They lead from now on')),
		'giving a role stands in the audit');
	const { email } = somebody;
	await governance('PUT', '/audit/watch', {}, { body: { email: 'no address' }, status: 422 });
	await governance('PUT', '/audit/watch', {}, { body: { email }, status: 204 });
	assert.equal((await governance('GET', '/audit', {})).watch, email);
	await governance('PUT', '/audit/watch', {}, { body: { email: '' }, status: 204 });
	const simulated = await as('administrator')('GET', '/simulation', {}, { query: `?who=${email}&view=all` });
	assert.ok(simulated.lists.some((l) => l.view === 'all' && l.count > 0));
	for (const t of simulated.tickets) assert.equal(t.restricted, t.service_name === null);
	assert.ok((await governance('GET', '/audit', {}, { query: '?action=simulate' })).entries
		.some((e) => e.subject === `account ${email}`));
	await as('administrator')('GET', '/simulation', {}, { query: '?who=nobody@example.org', status: 404 });
	await governance('GET', '/simulation', {}, { query: `?who=${email}`, status: 403 });
	const access = await governance('GET', '/tickets/{ref}/access', { ref }, { query: `?who=${email}` });
	assert.equal(access.who.rights.find((r) => r.right === 'see').has,
		access.everybody.some((p) => p.email === email));
	await governance('GET', '/tickets/{ref}/access', { ref: '000-000-000' }, { status: 404 });
	await as('analyst')('GET', '/tickets/{ref}/access', { ref }, { status: 403 });
	const nobody = await governance('GET', '/audit', {}, { query: '?who=nobody@example.org' });
	assert.equal(nobody.entries.length, 0);
	await governance('GET', '/audit', {}, { query: '?from=yesterday', status: 400 });
}

async function letters(administrator) {
	const { failed, letters: given } = await administrator('GET', '/letters', {});

	assert.ok(given.length <= failed);
	await administrator('POST', '/letters/{id}/retry', { id: '4711' }, { status: 404 });
	if (given.length === 0) return;
	await administrator('POST', '/letters/{id}/retry', { id: given[0].id }, { status: 204 });
	assert.equal((await administrator('GET', '/letters', {})).failed, failed - 1);
}
