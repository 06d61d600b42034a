// SPDX-License-Identifier: AGPL-3.0-or-later
// Figures: what the pages show.
import assert from 'node:assert/strict';

const sum = (rows, name) => rows.reduce((all, row) => all + row[name], 0);

export async function reports({ as, page }) {
	const leader = as('leader');
	const query = '?from=2025-12-01T00:00:00Z&to=2026-11-30T00:00:00Z';

	await as('analyst')('GET', '/figures/honesty', {}, { status: 403 });
	await leader('GET', '/figures/honesty', {}, { query: '?from=x', status: 400 });
	const honesty = await leader('GET', '/figures/honesty', {}, { query });
	assert.ok(honesty.resolutions > 0 && honesty.met <= honesty.resolutions);
	assert.equal(honesty.met - honesty.gained, honesty.met_without_pauses);
	for (const [figure, count] of [['missed', honesty.resolutions - honesty.met], ['met', honesty.met]]) {
		let cursor = '', seen = 0;
		do {
			const list = await leader('GET', '/figures/honesty/tickets', {},
				{ query: `${query}&figure=${figure}&limit=7${cursor}` });
			seen += list.tickets.length;
			cursor = list.next && `&cursor=${list.next}`;
		} while (cursor);
		assert.ok(seen <= count, `${figure}: ${seen} of ${count}`);
	}
	await leader('GET', '/figures/honesty/tickets', {}, { query: '?figure=moon', status: 400 });

	const forecast = await leader('GET', '/figures/forecast', {});
	for (const team of forecast.teams) assert.ok(team.broken <= team.due);
	const board = await leader('GET', '/wallboard', {});
	const { all } = await leader('GET', '/figures', {});
	assert.equal(sum(board.teams, 'open'), all.backlog);
	assert.equal(all.ages.reduce((a, b) => a + b), all.backlog);
	for (const { reference } of board.next)
		assert.ok((await page('leader', '/staff/wallboard')).includes(reference));
	await as('volunteer-coordinator')('GET', '/wallboard', {}, { status: 403 });
}
