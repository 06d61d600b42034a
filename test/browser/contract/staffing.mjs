// SPDX-License-Identifier: AGPL-3.0-or-later
// How work is given out: teams, people, shifts, skills, licences.
import assert from 'node:assert/strict';

export async function staffing({ as, page }) {
	const administrator = as('administrator');
	const { teams } = await administrator('GET', '/teams', {});
	const team = teams.find((t) => t.members.length > 1);
	const id = team.id;
	const person = team.members[0].id;
	const mode = async () => (await administrator('GET', '/teams', {})).teams.find((t) => t.id === id).mode;
	const was = await mode();
	const other = was === 'push' ? 'claim' : 'push';

	await as('leader')('GET', '/workers', {}, { status: 403 });
	await administrator('PATCH', '/teams/{id}', { id }, { body: { mode: 'pull' }, status: 422 });
	await administrator('PATCH', '/teams/{id}', { id: '4711' }, { body: { mode: other }, status: 404 });
	await administrator('PATCH', '/teams/{id}', { id }, { body: { mode: other }, status: 204 });
	assert.equal(await mode(), other);
	await administrator('PATCH', '/teams/{id}', { id }, { body: { mode: was }, status: 204 });

	await administrator('PATCH', '/workers/{person}', { person }, { body: { capacity: 60, cap: 7 }, status: 204 });
	await administrator('PATCH', '/workers/{person}', { person }, { body: { capacity: 0, cap: 7 }, status: 422 });
	const { workers } = await administrator('GET', '/workers', {}, { query: `?team=${id}` });
	const me = workers.find((w) => w.id === person);
	assert.deepEqual([me.capacity, me.cap], [60, 7]);
	assert.ok((await administrator('GET', '/workers', {})).workers.length >= workers.length);
	assert.equal((await administrator('PUT', '/presence', {}, { body: { state: 'busy' } })).state, 'busy');
	await administrator('PUT', '/presence', {}, { body: { state: 'asleep' }, status: 422 });
	await skills({ administrator, person, page });
	await shifts({ administrator, team, person, page });
}

async function skills({ administrator, person, page }) {
	await administrator('POST', '/skills', {}, { body: { name: '' }, status: 422 });
	const made = await administrator('POST', '/skills', {}, { body: { name: 'Signing' }, status: 201 });
	const { id } = made.skills.find((s) => s.name === 'Signing');

	await administrator('PUT', '/skills/{id}/people/{person}', { id, person }, { body: { level: 3 }, status: 204 });
	await administrator('PUT', '/skills/{id}/people/{person}', { id, person }, { body: { level: 9 }, status: 422 });
	await administrator('PUT', '/skills/{id}/services/{code}', { id, code: 'HW-POTHOLE' },
		{ body: { level: 2 }, status: 204 });
	await administrator('PUT', '/services/{code}/size', { code: 'HW-POTHOLE' }, { body: { size: 2 }, status: 204 });
	await administrator('PUT', '/services/{code}/size', { code: 'HW-POTHOLE' }, { body: { size: 0 }, status: 422 });
	const now = await administrator('GET', '/skills', {});
	assert.equal(now.people.find((p) => p.skill === id && p.person === person).level, 3);
	const asked = now.services.find((s) => s.skill === id);
	assert.deepEqual([asked.service, asked.level, asked.size], ['HW-POTHOLE', 2, 2]);
	assert.match(await page('administrator', '/admin/skills'), /Signing/);
	await administrator('PUT', '/skills/{id}/services/{code}', { id, code: 'HW-POTHOLE' },
		{ body: { level: 0 }, status: 204 });
}

async function shifts({ administrator, team, person, page }) {
	const hours = { name: 'Early birds', first_day: 1, last_day: 5, from: '05:00', to: '13:00' };
	const made = await administrator('POST', '/shift-hours', {}, { body: hours, status: 201 });
	const early = made.hours.find((h) => h.name === 'Early birds');

	await administrator('POST', '/shift-hours', {}, { body: { ...hours, from: 'dawn' }, status: 422 });
	assert.ok((await administrator('GET', '/shift-hours', {})).hours.some((h) => h.id === early.id));
	await administrator('PUT', '/shifts', {}, { body: { team: team.id, person, hours: early.id }, status: 204 });
	await administrator('PUT', '/shifts', {}, { body: { team: team.id, person, hours: '4711' }, status: 422 });
	const mine = async () => (await administrator('GET', '/shifts', {})).shifts
		.find((s) => s.team === team.id && s.person === person && s.hours === early.id);
	assert.ok(await mine());
	assert.match(await page('administrator', '/admin/shifts'), /Early birds/);
	await administrator('PUT', '/shifts', {}, { body: { team: team.id, person, hours: null }, status: 204 });
	assert.equal(await mine(), undefined);

	const away = { person, first: '2099-01-04', last: '2099-01-08', note: 'Leave' };
	await administrator('POST', '/absences', {}, { body: away, status: 204 });
	await administrator('POST', '/absences', {}, { body: { ...away, last: '2098-01-01' }, status: 422 });
	const all = async () => (await administrator('GET', '/absences', {})).absences
		.filter((a) => a.person === person && a.first === away.first);
	assert.equal((await all())[0].last, away.last);
	await administrator('DELETE', '/absences/{person}/{first}', { person, first: away.first }, { status: 204 });
	assert.equal((await all()).length, 0);

	const licence = { trained: '2026-01-01', valid_until: '2099-01-01', services: 'HW-POTHOLE' };
	const held = async () => (await administrator('GET', '/licences', {})).licences;
	const [somebody] = await held();
	await administrator('PUT', '/licences/{person}', { person: somebody?.person ?? person },
		{ body: licence, status: 204 });
	assert.ok((await held()).some((l) => l.valid_until === '2099-01-01'));
	await administrator('PUT', '/licences/{person}', { person }, { body: { ...licence, trained: 'x' }, status: 422 });
	await administrator('DELETE', '/licences/{person}', { person: somebody?.person ?? person }, { status: 204 });
	assert.ok(!(await held()).some((l) => l.valid_until === '2099-01-01'));
}
