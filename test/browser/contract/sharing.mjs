// SPDX-License-Identifier: AGPL-3.0-or-later
// Agreements with another organisation, made, amended and ended by a machine.
import assert from 'node:assert/strict';

export async function sharing({ as, page }) {
	const administrator = as('administrator');
	const { agreements } = await administrator('GET', '/sharing', {});
	const taker = agreements.flatMap((a) => [a.giver, a.taker]).find((o) => !/ouncil/.test(o.name));
	const body = { name: 'Potholes on the border', taker: taker.id, purpose: 'Roads that both mend.',
		basis: 'public-task', services: ['HW-POTHOLE'], details: ['subject', 'words'], rights: ['note'],
		starts: '2020-01-01T00:00:00Z', ends: '2099-01-01T00:00:00Z',
		signed_for_org: 'Ada Clark', signed_for_taker: 'Ben Webb' };

	await as('analyst')('POST', '/sharing', {}, { body, status: 403 });
	await administrator('POST', '/sharing', {}, { body: { ...body, services: ['NONE'] }, status: 422 });
	await administrator('POST', '/sharing', {}, { body: { ...body, rights: ['admin'] }, status: 422 });
	const made = await administrator('POST', '/sharing', {}, { body, status: 201 });
	const [{ id, state, rights }] = made.versions;

	assert.equal(state, 'in_force');
	assert.deepEqual(rights, ['see', 'note']);
	assert.match(await page('administrator', `/admin/sharing/${id}`), /Potholes on the border/);
	await administrator('PUT', '/sharing/{id}', { id }, { body, status: 422 });
	const amended = await administrator('PUT', '/sharing/{id}', { id },
		{ body: { ...body, note: 'Also the place.', details: ['subject', 'place'] } });
	assert.equal(amended.versions.length, 2);
	assert.deepEqual(amended.versions[0].details, ['subject', 'place']);
	await administrator('POST', '/sharing/{id}/end', { id }, { body: { note: '' }, status: 422 });
	const ended = await administrator('POST', '/sharing/{id}/end', { id }, { body: { note: 'It is over.' } });
	assert.equal(ended.versions[0].state, 'ended');
	assert.equal((await administrator('GET', '/sharing/{id}', { id })).versions.length, 3);
	await administrator('GET', '/sharing/{id}', { id: '4711' }, { status: 404 });
	const { organisations } = await as('analyst')('GET', '/organisations', {});
	assert.ok(organisations.length >= 1);
}
