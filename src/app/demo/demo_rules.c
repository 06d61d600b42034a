/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo/demo_rules.h"

#include "rule/table_shape.h"
#include "store/rulebook.h"
#include "store/shelf.h"
#include "store/team.h"

static const struct {
	int64_t org;
	const char *service, *words, *team, *note;
} routes[] = {
	{DEMO_ICT, "IT-PASSWORD", "housing system", "Applications",
		"The housing system has accounts of its own: its specialists open them, "
		"and the desk need not pass it on."},
	{DEMO_ICT, "IT-EMAIL", "suspicious", "Information Security",
		"A suspicious message goes straight to those who can stop it."},
	{DEMO_SOUTHMERE, "HW-OBSTR", "skip", "Licensing",
		"Skips stand there with a licence, or without one: Licensing knows the "
		"company."},
};
enum { ROUTES = sizeof routes / sizeof *routes };

static void
write_routes(struct work *w, int64_t org)
{
	struct table_row rows[ROUTES];
	int count = 0;

	if (shelf_table(w, org, "route")->version > 0)
		return;
	for (int i = 0; i < ROUTES; i++) {
		struct team t;

		if (routes[i].org != org ||
			team_named(w, org, routes[i].team, &t) != DONE)
			continue;
		rows[count] = table_shape_blank();
		rows[count].service = routes[i].service;
		rows[count].words = routes[i].words;
		rows[count].set_team = t.id;
		rows[count++].note = routes[i].note;
	}
	if (count > 0)
		rulebook_publish(w, org, "route", rows, count);
}

enum own_row { OWN_FIRST, OWN_LAST };

/* What Portreeve comes with, and a row of their own. */
static void
write_with(struct work *w, int64_t org, const char *name, struct table_row own,
	enum own_row place)
{
	const struct table *standard = shelf_table(w, org, name);
	struct table_row *rows = arena_array(
		w->arena, (size_t)standard->count + 1, sizeof *rows);

	if (standard->version > 0)
		return;
	rows[place == OWN_FIRST ? 0 : standard->count] = own;
	for (int i = 0; i < standard->count; i++)
		rows[i + (place == OWN_FIRST)] = standard->rows[i];
	rulebook_publish(w, org, name, rows, standard->count + 1);
}

void
demo_rules_write(struct work *w)
{
	struct table_row own;

	write_routes(w, DEMO_SOUTHMERE);
	write_routes(w, DEMO_ICT);

	own = table_shape_blank();
	own.kind = "complaint";
	own.to_status = "cancelled";
	own.refused = true;
	own.note = "A complaint is answered, never cancelled.";
	write_with(w, DEMO_SOUTHMERE, "status", own, OWN_FIRST);

	own = table_shape_blank();
	own.kind = "change";
	own.from_status = "resolved";
	own.to_status = "closed";
	own.needs_right = "assign";
	own.note = "A leader closes a change, after the review.";
	write_with(w, DEMO_ICT, "status", own, OWN_FIRST);

	own = table_shape_blank();
	own.field = "promise";
	own.role = "apprentice";
	own.refused = true;
	own.note = "Who has seen how long repairs take says when there will be news.";
	write_with(w, DEMO_SOUTHMERE, "field", own, OWN_LAST);

	own = table_shape_blank();
	own.field = "priority";
	own.kind = "change";
	own.needs_right = "amend";
	own.note = "The change board set it: a leader or the service owner changes it.";
	write_with(w, DEMO_ICT, "field", own, OWN_LAST);
}
