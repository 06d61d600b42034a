// SPDX-License-Identifier: AGPL-3.0-or-later
// Rule tables and calendars: changed by a machine, seen on the pages and by the next ticket.
import assert from 'node:assert/strict';

const table = 'priority';
const draft = '/rules/{table}/draft';

export async function rules(desk) {
	const { as } = desk;
	const administrator = as('administrator');

	for (const [method, path] of [['GET', '/rules'], ['GET', '/calendars'], ['GET', '/trial']])
		await as('system')(method, path, {}, { status: 403 });
	const { tables } = await administrator('GET', '/rules', {});
	assert.ok(tables.some((t) => t.table === table && t.live > 0));
	await administrator('GET', '/rules/{table}', { table: 'nonsense' }, { status: 404 });
	await scopes(desk, administrator);
	const first = await administrator('GET', '/rules/{table}', { table });
	await rows(administrator, desk);
	await publishing(administrator, desk, first);
	await calendars(administrator, desk);
}

// A token that may only read rules does not change them, and one for tickets does not see them.
async function scopes({ as }, administrator) {
	for (const [words, read, write, staffing] of [[['rules:read'], 200, 403, 403],
		[['rules:write'], 200, 201, 403], [['admin'], 200, 201, 200],
		[['tickets:read', 'tickets:write', 'staffing:write'], 403, 403, 200]]) {
		const { token } = await administrator('POST', '/tokens', {},
			{ body: { name: 'Rules', role: 'administrator', scopes: words }, status: 201 });
		const scoped = as('', { token });

		await scoped('GET', '/rules/{table}', { table }, { status: read });
		await scoped('POST', draft, { table }, { status: write });
		await scoped('GET', '/workers', {}, { status: staffing });
		await scoped('GET', '/figures', {}, { status: 403 });
	}
	const { etag } = await administrator('GET', draft, { table });
	await administrator('DELETE', draft, { table }, { headers: { 'If-Match': etag }, status: 204 });
	await administrator('GET', draft, { table }, { status: 404 });
}

async function rows(administrator, { page }) {
	const begun = await administrator('POST', draft, { table }, { status: 201 });
	const count = begun.rows.length;
	const row = { service: 'HW-POTHOLE', words: 'crater', set_priority: 1, place: 1, note: 'From outside.' };

	await administrator('POST', `${draft}/rows`, { table }, { body: row, status: 428 });
	await administrator('POST', `${draft}/rows`, { table },
		{ body: { ...row, colour: 'red', set_priority: 'high' }, headers: { 'If-Match': '*' }, status: 422 });
	await administrator('POST', `${draft}/rows`, { table },
		{ body: { ...row, service: 'NONE' }, headers: { 'If-Match': '*' }, status: 422 });
	const added = await administrator('POST', `${draft}/rows`, { table },
		{ body: row, headers: { 'If-Match': begun.etag }, status: 201 });
	assert.equal(added.rows[0].words, 'crater');
	assert.match(await page('administrator', `/admin/rules/${table}/draft`), /crater/);
	await administrator('POST', `${draft}/rows`, { table },
		{ body: row, headers: { 'If-Match': begun.etag }, status: 412 });
	const { id } = added.rows[0];
	const on = (etag) => ({ headers: { 'If-Match': etag } });
	let now = await administrator('PUT', `${draft}/rows/{id}`, { table, id },
		{ body: { ...row, words: 'chasm', place: 2 }, ...on(added.etag) });
	assert.equal(now.rows[1].words, 'chasm');
	now = await administrator('POST', `${draft}/rows/{id}/move`, { table, id }, { body: { by: -1 }, ...on(now.etag) });
	assert.equal(now.rows[0].id, id);
	now = await administrator('DELETE', `${draft}/rows/{id}`, { table, id }, on(now.etag));
	assert.equal(now.rows.length, count);
	now = await administrator('POST', `${draft}/rows/{id}/put-back`, { table, id }, on(now.etag));
	assert.equal(now.rows.length, count + 1);
	await administrator('DELETE', `${draft}/rows/{id}`, { table, id: '7' }, { ...on(now.etag), status: 404 });
	const changes = await administrator('GET', `${draft}/changes`, { table });
	assert.equal(changes.added, 1);
	assert.equal(changes.changes[0].is.words, 'chasm');
}

async function publishing(administrator, { as, page }, first) {
	const described = '?service=HW-POTHOLE&channel=web&text=A%20chasm%20in%20the%20road';
	const tried = await administrator('GET', '/trial', {}, { query: described });
	assert.equal(tried.drafts.priority, 1);
	assert.notEqual(tried.live.priority, 1);
	assert.equal(tried.drafts.steps[0].row.words, 'chasm');
	await administrator('GET', '/trial', {}, { status: 400 });

	const run = await administrator('GET', `${draft}/dry-run`, { table });
	assert.ok(run.computable && run.looked > 0);
	const headers = { 'If-Match': run.etag };
	await administrator('POST', `${draft}/publish`, { table },
		{ body: { reason: 'Chasms are deep.' }, headers, status: 422 });
	assert.equal((await administrator('POST', `${draft}/dry-run`, { table }, { headers })).tried, true);
	await administrator('POST', `${draft}/publish`, { table }, { body: { reason: '' }, headers, status: 422 });
	const live = await administrator('POST', `${draft}/publish`, { table },
		{ body: { reason: 'Chasms are deep.', open_tickets: true }, headers, status: 201 });
	assert.equal(live.version, first.version + 1);
	assert.match(await page('administrator', `/admin/rules/${table}/versions`), /Chasms are deep/);
	const ticket = await as('system')('POST', '/tickets', {}, { body: { service: 'HW-POTHOLE',
		description: 'There is a chasm.', customer: { name: 'Bo', email: 'bo-chasm@example.org' } }, status: 201 });
	assert.equal(ticket.priority, 1);

	const { versions } = await administrator('GET', '/rules/{table}/versions', { table });
	assert.equal(versions[0].reason, 'Chasms are deep.');
	const diff = await administrator('GET', '/rules/{table}/versions/{version}/changes',
		{ table, version: live.version });
	assert.equal(diff.added, 1);
	const version = first.version;
	await administrator('GET', '/rules/{table}/versions/{version}', { table, version });
	await administrator('GET', '/rules/{table}/versions/{version}', { table, version: 999 }, { status: 404 });
	await administrator('POST', '/rules/{table}/versions/{version}/restore', { table, version },
		{ body: {}, status: 422 });
	const back = await administrator('POST', '/rules/{table}/versions/{version}/restore', { table, version },
		{ body: { reason: 'It was too much.' }, status: 201 });
	assert.deepEqual(back.rows, first.rows);
	// What a team promises, and who is told, is not applied to open tickets: that is said.
	for (const other of ['leg', 'escalation'])
		assert.match(JSON.stringify(await administrator('POST', '/rules/{table}/versions/{version}/restore',
			{ table: other, version: 1 }, { body: { reason: 'Again.', open_tickets: true }, status: 422 })),
		/open_tickets/);
}

async function calendars(administrator, { page }) {
	const week = [...Array(5).fill('09:00 to 17:00'), '', ''];
	const body = { name: 'Registrars', zone: 'Europe/London', week, holidays: 'division',
		yearly: ['1 April'], dates: ['24 December 2030: 09:00 to 12:00'] };
	const made = await administrator('POST', '/calendars', {}, { body, status: 201 });
	const { id } = made;

	assert.deepEqual(made.week, week);
	assert.match(await page('administrator', '/admin/calendars'), /Registrars/);
	await administrator('POST', '/calendars', {}, { body: { ...body, week: ['noon'] }, status: 422 });
	await administrator('POST', '/calendars', {}, { body: { ...body, week: Array(7).fill('noon-ish') }, status: 422 });
	const changed = await administrator('PUT', '/calendars/{id}', { id },
		{ body: { ...body, week: [...week.slice(0, 5), '10:00 to 12:00', ''] } });
	assert.equal(changed.versions.length, 2);
	assert.equal((await administrator('GET', '/calendars/{id}', { id })).week[5], '10:00 to 12:00');
	assert.equal((await administrator('GET', '/calendars/{id}', { id }, { query: '?version=1' })).week[5], '');
	await administrator('PUT', '/calendars/{id}', { id: '4711' }, { body, status: 404 });
	const due = await administrator('GET', '/calendars/{id}/due', { id },
		{ query: '?from=2030-03-04T10:00:00Z&seconds=7200' });
	assert.equal(due.due, '2030-03-04T12:00:00Z');
	await administrator('GET', '/calendars/{id}/due', { id }, { query: '?seconds=1&working_days=1', status: 400 });
	const { division } = await administrator('GET', '/bank-holidays', {});
	assert.equal(division, 'england-and-wales');
	await administrator('PUT', '/bank-holidays', {}, { body: { division: 'the-moon' }, status: 422 });
	assert.equal((await administrator('PUT', '/bank-holidays', {}, { body: { division: 'scotland' } })).division,
		'scotland');
	await administrator('PUT', '/bank-holidays', {}, { body: { division } });
}
