/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import/import_log.h"

#include "app/import/import_incident.h"
#include "store/zone_file.h"

#include <string.h>

/* A transaction holds whole incidents until it has so many rows. One incident may have
 * ROWS; what it has beyond that is taken as if it came later. */
enum { ENOUGH = 4000, ROWS = 16000 };

struct batch {
	struct arena *arena;
	struct import_log *totals;
	struct incident_import counts;
	struct import_log_row *rows;
	int count;
	bool tried;
};

static enum outcome
write_batch(struct work *w, void *context)
{
	struct batch *b = context;
	struct incident_import *i = &b->counts;
	const struct import_log_shape *shape = i->shape;

	if (b->tried)
		import_names_forget(i->names);
	b->tried = true;
	i->tickets = i->events = i->same = i->entries = 0;
	for (int from = 0, to; from < b->count; from = to) {
		const char *number = import_log_row_value(
			shape, &b->rows[from], LOG_NUMBER);

		to = from + 1;
		while (to < b->count &&
			strcmp(import_log_row_value(shape, &b->rows[to], LOG_NUMBER),
				number) == 0)
			to++;
		if (import_incident(w, i, &b->rows[from], to - from) != DONE)
			return FAULT;
	}
	return DONE;
}

static bool
flush(struct errand *e, struct batch *b)
{
	struct import_log *l = b->totals;

	if (b->count == 0)
		return true;
	b->tried = false;
	if (!errand_write(e, l->org, write_batch, b))
		return false;
	l->tickets += b->counts.tickets;
	l->events += b->counts.events;
	l->same += b->counts.same;
	l->entries += b->counts.entries;
	b->count = 0;
	arena_reset(b->arena);
	return true;
}

static void
take(struct import_table *t, struct batch *b, const struct csv_row *from)
{
	struct import_log_row *row = &b->rows[b->count];
	const struct import_log_shape *shape = b->counts.shape;
	const char *problem = import_log_row_read(b->arena, shape, from, row);

	if (problem) {
		import_table_complain(t, from->line, "%s", problem);
		return;
	}
	if (row->state == LOG_STATE_UNKNOWN)
		import_table_warn(t, from->line,
			"there is no state \"%s\"; the row is kept without a change of "
			"state",
			row->text[shape->columns[LOG_STATE]]);
	b->count++;
}

/* Is the row one of the incident that the batch ends with? */
static bool
goes_on(const struct batch *b, const struct csv_row *row)
{
	const struct import_log_shape *shape = b->counts.shape;
	int column = shape->columns[LOG_NUMBER];

	return b->count > 0 && bytes_equal(bytes_trim(row->fields[column]),
				       bytes_of(b->rows[b->count - 1].text[column]));
}

static bool
read_all(struct errand *e, struct import_table *t, struct batch *b)
{
	const struct csv_row *row;
	int64_t rows = 0;

	while ((row = import_table_next(t))) {
		if ((b->count >= ENOUGH && !goes_on(b, row)) || b->count == ROWS)
			if (!flush(e, b))
				return false;
		take(t, b, row);
		if (++rows % 10000 == 0)
			errand_say("%lld rows read", (long long)rows);
	}
	return flush(e, b) && !import_table_broken(t);
}

bool
import_log(struct errand *e, struct import_table *t, struct import_log *l)
{
	struct import_log_shape shape;
	const char *problem;
	struct batch b = {
		.arena = arena_new(),
		.totals = l,
		.counts = {.shape = &shape, .org = l->org, .calendar = l->calendar},
		.rows = arena_array(e->arena, ROWS, sizeof *b.rows),
	};
	bool well;

	shape.zone = zone_file_load(e->arena, "Europe/London", &problem);
	if (!shape.zone)
		errand_say("time zone Europe/London: %s", problem);
	well = shape.zone && import_log_row_shape(e->arena, t, &shape);
	b.counts.names = import_names_new(l->org, "incident-log");
	well = well && read_all(e, t, &b);
	import_names_free(b.counts.names);
	arena_free(b.arena);
	return well;
}
