/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import/import_targets.h"

#include "store/rulebook.h"
#include "store/shelf.h"

#include <stdlib.h>
#include <string.h>

enum { HOUR = 3600, LOWEST = 4, MOST_DAYS = 1000, MOST_HOURS = 1000 };

/* Seconds of the desk's calendar, by priority; two working days are 16 hours of it. */
static const int64_t response_of[LOWEST + 1] = {
	0, 1 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR};

/* For what no row of the catalogue knows. */
static const int64_t resolution_of[LOWEST + 1] = {
	0, 4 * HOUR, 8 * HOUR, 24 * HOUR, 40 * HOUR};

static const char mark[] = "Catalogue";

bool
import_targets_read(struct arena *a, const char *working_days, const char *hours,
	struct catalogue_target *t)
{
	char *end;

	*t = (struct catalogue_target){
		.working_days = strtoll(working_days, &end, 10), .condition = ""};
	if (*end || t->working_days < 0 || t->working_days > MOST_DAYS)
		return false;
	t->hours = strtoll(hours, &end, 10);
	if (t->hours < 0 || t->hours > MOST_HOURS)
		return false;
	if (strncmp(end, " if ", 4) == 0 && end[4] && t->hours > 0)
		t->condition = arena_copy(a, end + 4);
	else if (*end)
		return false;
	return t->working_days > 0 || (t->hours > 0 && !*t->condition);
}

bool
import_targets_statutory(const char *source)
{
	static const char *const acts[] = {"FOIA", "FOISA", "EIR"};

	for (size_t i = 0; source && i < sizeof acts / sizeof *acts; i++) {
		size_t n = strlen(acts[i]);

		if (strncmp(source, acts[i], n) == 0 && strchr(" :,;", source[n]))
			return true;
	}
	return false;
}

void
import_targets_lawful(const char *source, struct catalogue_target *t)
{
	static const struct {
		const char *says;
		struct length response, resolution;
		int64_t extended;
	} known[] = {
		{"one calendar month", {0}, {1, CLOCK_MONTHS}, 3},
		{"acknowledge within 30 days (calendar)", {30, CLOCK_DAYS}, {0}, 0},
		{"Complaint Handling Code: acknowledge 5,", {5, CLOCK_WORKING_DAYS}, {0},
			20},
	};

	for (size_t i = 0; source && i < sizeof known / sizeof *known; i++)
		if (strstr(source, known[i].says)) {
			t->response = known[i].response;
			t->resolution = known[i].resolution;
			t->extended = known[i].extended;
		}
}

/* Rows being gathered; they never outgrow `size`. */
struct rows_made {
	struct arena *arena;
	struct table_row *at;
	int count;
};

static struct table_row *
add(struct rows_made *m)
{
	struct table_row *row = &m->at[m->count++];

	*row = (struct table_row){
		.priority = TABLE_ANY,
		.impact = TABLE_ANY,
		.urgency = TABLE_ANY,
		.vip = TABLE_ANY,
		.vulnerable = TABLE_ANY,
		.note = mark,
	};
	return row;
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* How dates are read is to be confirmed: doc/OPERATE.md. */
static const char *
lawful_note(struct arena *a, const struct catalogue_target *t)
{
	if (t->resolution.n)
		return arena_printf(a,
			"%s: the law's own time, in calendar months from the day it "
			"came; "
			"a wait for a clarification adds its days (to be confirmed), and "
			"three months where they are told why in time. The "
			"response is a default.",
			mark);
	if (t->response.unit == CLOCK_DAYS)
		return arena_printf(a,
			"%s: the law's own time for the acknowledgement, by the safe "
			"reading: the day it came is day 1 (to be confirmed).",
			mark);
	return arena_printf(
		a, "%s: the acknowledgement is that of the Ombudsman's code.", mark);
}

static void
add_target(struct rows_made *m, const struct import_services *s,
	const struct catalogue_entry *e, int64_t priority)
{
	const struct catalogue_target *t = &e->target;
	bool hours = t->hours > 0 &&
		     (!*t->condition || priority == 1 || t->working_days == 0);
	struct table_row *row = add(m);

	row->service = e->service.code;
	row->priority = priority < LOWEST ? priority : TABLE_ANY;
	row->response = response_of[priority];
	row->resolution = hours ? t->hours * HOUR : t->working_days;
	row->unit = hours ? CLOCK_SECONDS : CLOCK_WORKING_DAYS;
	row->calendar = hours ? s->round_the_clock : s->calendar;
	if (hours)
		row->response = least(row->response, row->resolution);
	if (t->resolution.n && !hours) {
		row->resolution = t->resolution.n;
		row->unit = t->resolution.unit;
	}
	row->extended = hours ? 0 : t->extended;
	if (t->response.n) {
		row->response = t->response.n;
		row->response_unit = t->response.unit;
		row->midnight = true;
	}
	if (t->statutory && !hours) {
		row->calendar = s->statutory;
		row->midnight = true;
		row->no_pause = true;
		row->note = arena_printf(m->arena,
			"%s: the law's own time. A day that is a bank holiday anywhere "
			"in the United Kingdom does not count, an answer before midnight "
			"is in time, and waiting does not stop it.",
			mark);
	} else if (t->resolution.n || t->response.n)
		row->note = lawful_note(m->arena, t);
	else if (hours && *t->condition)
		row->note = arena_printf(m->arena,
			"%s: %lld hours if %s. The response is a default.", mark,
			(long long)t->hours, t->condition);
	else
		row->note = arena_printf(
			m->arena, "%s. The response is a default.", mark);
}

/* A row without any condition beyond its priority: the last resort. */
static void
add_last_resort(struct rows_made *m, int64_t calendar, int64_t priority)
{
	struct table_row *row = add(m);

	row->priority = priority < LOWEST ? priority : TABLE_ANY;
	row->response = response_of[priority];
	row->resolution = resolution_of[priority];
	row->calendar = calendar;
	row->note = arena_printf(
		m->arena, "%s: for what it does not name; a default.", mark);
}

static bool
from_catalogue(const struct table_row *row)
{
	return row->note && strncmp(row->note, mark, strlen(mark)) == 0;
}

static bool
in_catalogue(const struct import_services *s, const char *code)
{
	for (int i = 0; i < s->count; i++)
		if (strcmp(s->entries[i].service.code, code) == 0)
			return true;
	return false;
}

/* Somebody's own rows first, then those of an earlier catalogue that has other services,
 * then this one's. */
static void
publish_targets(struct work *w, const struct import_services *s)
{
	const struct table *live = shelf_table(w, s->org, "target");
	size_t most = (size_t)live->count + (size_t)(s->count + 1) * LOWEST;
	struct rows_made m = {w->arena, arena_array(w->arena, most, sizeof *m.at), 0};

	for (int i = 0; i < live->count; i++)
		if (!from_catalogue(&live->rows[i]))
			m.at[m.count++] = live->rows[i];
	for (int i = 0; i < live->count; i++) {
		const struct table_row *row = &live->rows[i];

		if (from_catalogue(row) && row->service && !in_catalogue(s, row->service))
			m.at[m.count++] = *row;
	}
	for (int i = 0; i < s->count; i++)
		for (int64_t p = 1; p <= LOWEST; p++)
			add_target(&m, s, &s->entries[i], p);
	for (int64_t p = 1; p <= LOWEST; p++)
		add_last_resort(&m, s->calendar, p);
	rulebook_publish(w, s->org, "target", m.at, m.count);
}

/* ITIL: 1 is high. High by high is 1, one step less on either side one priority less. */
static int64_t
matrix(int64_t impact, int64_t urgency)
{
	return least(impact + urgency - 1, LOWEST);
}

static int64_t
step_up(int64_t priority)
{
	return priority > 1 ? priority - 1 : 1;
}

enum who { VIP, VULNERABLE, ANYBODY };

static struct table_row *
add_for(struct rows_made *m, enum who who)
{
	static const char *const notes[] = {
		[VIP] = "A VIP: one step up.",
		[VULNERABLE] = "A vulnerable person: one step up.",
		[ANYBODY] = "Impact by urgency.",
	};
	struct table_row *row = add(m);

	if (who == VIP)
		row->vip = 1;
	if (who == VULNERABLE)
		row->vulnerable = 1;
	row->note = notes[who];
	return row;
}

static void
publish_priorities(struct work *w, const struct import_services *s)
{
	const size_t most = 1 + 3 * LOWEST * LOWEST + 2 * LOWEST;
	struct rows_made m = {w->arena, arena_array(w->arena, most, sizeof *m.at), 0};
	struct table_row *row = add(&m);

	if (shelf_table(w, s->org, "priority")->version > 0)
		return;
	row->priority = row->set_priority = 1;
	row->note = "What the catalogue calls priority 1 stays there.";
	for (enum who who = VIP; who <= ANYBODY; who++)
		for (int64_t i = 1; i <= LOWEST; i++)
			for (int64_t u = 1; u <= LOWEST; u++) {
				row = add_for(&m, who);
				row->impact = i;
				row->urgency = u;
				row->set_priority = who == ANYBODY
							    ? matrix(i, u)
							    : step_up(matrix(i, u));
			}
	for (enum who who = VIP; who < ANYBODY; who++)
		for (int64_t p = 2; p <= LOWEST; p++) {
			row = add_for(&m, who);
			row->priority = p;
			row->set_priority = step_up(p);
		}
	rulebook_publish(w, s->org, "priority", m.at, m.count);
}

void
import_targets_publish(struct work *w, const struct import_services *s)
{
	publish_targets(w, s);
	publish_priorities(w, s);
}

void
import_targets_default(struct work *w, int64_t org, int64_t calendar)
{
	struct rows_made m = {w->arena, arena_array(w->arena, LOWEST, sizeof *m.at), 0};

	if (shelf_table(w, org, "target")->version > 0)
		return;
	for (int64_t p = 1; p <= LOWEST; p++)
		add_last_resort(&m, calendar, p);
	rulebook_publish(w, org, "target", m.at, m.count);
}
