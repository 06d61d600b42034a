// SPDX-License-Identifier: AGPL-3.0-or-later
// What is done with a ticket, and where it is seen afterwards: in its events and on its page.
import assert from 'node:assert/strict';

const one = '/tickets/{ref}';

// The newest event, read back.
const newest = async (call, ref) =>
	(await call('GET', `${one}/messages`, { ref })).messages.at(-1);

export async function acts({ here: ref, as, page }) {
	const leader = as('leader');
	const events = async () => (await leader('GET', `${one}/messages`, { ref })).messages;

	await leader('PATCH', one, { ref }, { headers: { 'If-Match': '*' }, body: { assignee: 'me' } });
	const { etag } = await leader('POST', `${one}/calls`, { ref },
		{ body: { words: 'They are glad that we rang.' }, status: 201 });
	assert.equal((await newest(leader, ref)).kind, 'called');
	assert.match(await page('leader', `/staff/tickets/${ref}`), /They are glad that we rang/);
	await leader('POST', `${one}/calls`, { ref }, { body: { words: '' }, status: 422 });
	await leader('POST', `${one}/calls`, { ref }, { body: { words: 'x', at: 'soon' }, status: 422 });
	await leader('POST', `${one}/calls`, { ref: '000-000-000' }, { body: { words: 'x' }, status: 404 });

	const promised = await leader('POST', `${one}/promise`, { ref },
		{ body: { within: { working_days: 2 } }, headers: { 'If-Match': etag } });
	assert.ok(promised.clocks.some((c) => c.kind === 'update' && c.state === 'running'));
	await leader('POST', `${one}/promise`, { ref },
		{ body: { by: '2001-01-01T00:00:00Z' }, status: 422 });
	await leader('POST', `${one}/promise`, { ref },
		{ body: { within: { seconds: 60 } }, headers: { 'If-Match': etag }, status: 412 });

	const received = (await events())[0];
	await leader('POST', `${one}/amendments`, { ref },
		{ body: { seq: received.seq, at: received.at, reason: '' }, status: 422 });
	const call = (await events()).find((e) => e.kind === 'called');
	await leader('POST', `${one}/amendments`, { ref },
		{ body: { seq: call.seq, at: received.at, reason: 'The call was at once.' } });
	assert.equal((await newest(leader, ref)).kind, 'amended');
	await as('analyst')('POST', `${one}/amendments`, { ref },
		{ body: { seq: call.seq, at: received.at, reason: 'I would like to.' }, status: 403 });

	await waiting({ leader, ref });
	await refusing({ leader, ref });
	const { decisions } = await leader('GET', `${one}/decisions`, { ref });
	assert.ok(decisions.some((d) => d.table === 'route' && d.saw.service === 'HW-POTHOLE'));
	await reasons(as('administrator'), page);
	await closing({ leader, ref, as });
}

async function waiting({ leader, ref }) {
	const { reasons: offered } = await leader('GET', '/wait-reasons', {});
	const question = offered.find((r) => r.proof === 'question');

	await leader('PATCH', one, { ref }, { headers: { 'If-Match': '*' },
		body: { status: 'waiting', waits_for: question.code, question: 'Which lane is it?',
			until: '2099-01-01T09:00:00Z' } });
	assert.equal((await leader('GET', one, { ref })).status, 'waiting');
	const event = await newest(leader, ref);
	assert.equal(event.data.reason, question.code);
	await leader('POST', `${one}/resume`, { ref }, { body: {} });
	assert.equal((await leader('GET', one, { ref })).status, 'open');
	await leader('POST', `${one}/resume`, { ref }, { body: {}, status: 409 });
	await leader('PATCH', one, { ref }, { headers: { 'If-Match': '*' },
		body: { status: 'waiting', waits_for: 'the-moon', question: 'x' }, status: 422 });
}

async function refusing({ leader, ref }) {
	const before = (await leader('GET', one, { ref })).team.name;
	const { teams } = await leader('GET', '/teams', {});
	const other = teams.find((t) => t.name !== before && t.kind === 'resolver');

	await leader('PATCH', one, { ref }, { headers: { 'If-Match': '*' }, body: { team: other.id } });
	await leader('POST', `${one}/refusal`, { ref }, { body: { reason: '' }, status: 422 });
	await leader('POST', `${one}/refusal`, { ref }, { body: { reason: 'Not our road.' } });
	assert.equal((await leader('GET', one, { ref })).team.name, before);
}

async function reasons(administrator, page) {
	const body = { words: 'Keys at the office', proof: 'evidence', review_days: 3 };
	const made = await administrator('POST', '/wait-reasons', {}, { body, status: 201 });
	const { code } = made.reasons.find((r) => r.words === 'Keys at the office');

	assert.match(await page('administrator', '/admin/waiting'), /Keys at the office/);
	await administrator('POST', '/wait-reasons', {}, { body: { words: '' }, status: 422 });
	const changed = await administrator('PUT', '/wait-reasons/{code}', { code },
		{ body: { ...body, review_days: 5 } });
	assert.equal(changed.reasons.find((r) => r.code === code).review_days, 5);
	await administrator('DELETE', '/wait-reasons/{code}', { code }, { status: 204 });
	assert.ok(!(await administrator('GET', '/wait-reasons', {})).reasons.some((r) => r.code === code));
	await administrator('PUT', '/reopening/{code}', { code: 'HW-POTHOLE' }, { body: { days: 7 }, status: 204 });
	const { services } = await administrator('GET', '/reopening', {});
	assert.equal(services.find((s) => s.code === 'HW-POTHOLE').days, 7);
}

async function closing({ leader, ref, as }) {
	const { calendars } = await as('administrator')('GET', '/calendars', {});
	const { workers } = await as('administrator')('GET', '/workers', {});
	const date = (await leader('GET', one, { ref })).created.slice(0, 10);
	const body = { calendar: calendars[0].id, date, reason: 'Snow.', references: [ref] };

	await leader('POST', '/closures', {}, { body: { ...body, approver: '1' }, status: 422 });
	await leader('POST', '/closures', {}, { body: { ...body, approver: workers[0].id, date: 'x' }, status: 422 });
	await as('analyst')('POST', '/closures', {}, { body: { ...body, approver: '1' }, status: 403 });
	for (const { id } of workers) // whoever may amend too
		try {
			await leader('POST', '/closures', {}, { body: { ...body, approver: id }, status: 204 });
			assert.ok((await leader('GET', `${one}/messages`, { ref })).messages
				.some((e) => e.kind === 'calendar' || e.kind === 'amended'));
			return;
		} catch (e) {
			if (!/422/.test(e.message)) throw e;
		}
	assert.fail('nobody could approve the closure');
}
