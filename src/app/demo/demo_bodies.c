/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo/demo_bodies.h"

#include "store/body.h"
#include "store/team.h"

#include <string.h>

enum { LISTED = 14, HOUR = 3600, FIRST_ID = 20417 };

/* What of ours is what of theirs, and what they ask about it. */
static const struct {
	const char *ours, *theirs, *asked;
} services[] = {
	{"HW-POTHOLE", "POTHOLE", "depth fixmystreet_id"},
	{"HW-PAVE", "FOOTWAY", "fixmystreet_id"},
	{"HW-SIGN", "SIGN", ""},
	{"HW-SIGNAL", "SIGNALS", ""},
};

static const struct {
	const char *theirs, *deed;
} statuses[] = {
	{"fixed", "resolve"},
	{"reopen", "reopen"},
	{"unchanged", "ignore"},
};

/* What a good round leaves behind. */
static void
note_round(struct work *w, struct body *b)
{
	static const char *const well[] = {
		"discovery", "services", "definition", "updates"};

	for (size_t i = 0; i < sizeof well / sizeof *well; i++)
		body_exchanged(w, b, well[i], NULL);
	for (size_t i = 0; i < sizeof services / sizeof *services; i++)
		body_define(w, b, services[i].theirs, services[i].asked);
	b->format = "xml";
	b->listed = LISTED;
	b->looked = b->pulled = w->now;
	b->next_pull = w->now + HOUR;
	b->alarm = "";
	body_pulled(w, b);
}

enum outcome
demo_bodies_begin(struct work *w, void *context)
{
	struct demo_bodies *d = context;
	struct body b = {
		.org = DEMO_SOUTHMERE,
		.name = "Kerbside Highways Ltd",
		.url = "https://open311.kerbside.example.org/v2/",
		.key = "demonstration",
		.jurisdiction = "southmere",
		.area = "",
		.updates = true,
		.active = true,
	};
	struct body_list known;
	struct team t;

	d->body = 0;
	body_list(w, b.org, &known);
	if (known.count > 0 || team_named(w, b.org, "Kerbside Highways Ltd", &t) != DONE)
		return DONE;
	b.team = t.id;
	for (size_t i = 0; i < sizeof services / sizeof *services; i++)
		pairs_add(w->arena, &b.services, services[i].ours, services[i].theirs);
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
		pairs_add(w->arena, &b.statuses, statuses[i].theirs, statuses[i].deed);
	body_insert(w, &b);
	d->body = b.id;
	return DONE;
}

/* What went there has an id of theirs. */
static void
answer(struct work *w, const struct body *b)
{
	struct body_parcel_list list;
	int next = FIRST_ID;

	body_parcels(w, b, &list);
	for (int i = 0; i < list.count; i++) {
		const struct body_parcel *p = &list.at[i];

		if (!p->update)
			(void)body_sent(w, b, p->ticket,
				arena_printf(w->arena, "KH-%d", next++), "");
		body_exchanged(w, b, p->update ? "update" : "create", NULL);
	}
}

enum outcome
demo_bodies_end(struct work *w, void *context)
{
	const struct demo_bodies *d = context;
	struct body b;

	if (d->body == 0)
		return DONE;
	if (body_get(w, DEMO_SOUTHMERE, d->body, &b) != DONE)
		return MISSING;
	answer(w, &b);
	b.active = false;
	b.key = NULL;
	body_save(w, &b);
	note_round(w, &b);
	return DONE;
}
