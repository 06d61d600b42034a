/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import/import_log_row.h"

#include "store/import_row.h"

#include <stdlib.h>
#include <string.h>

static const char *const headings[LOG_COLUMNS] = {
	[LOG_NUMBER] = "number",
	[LOG_STATE] = "incident_state",
	[LOG_MOD_COUNT] = "sys_mod_count",
	[LOG_MADE_SLA] = "made_sla",
	[LOG_CALLER] = "caller_id",
	[LOG_OPENED_AT] = "opened_at",
	[LOG_UPDATED_BY] = "sys_updated_by",
	[LOG_UPDATED_AT] = "sys_updated_at",
	[LOG_CONTACT_TYPE] = "contact_type",
	[LOG_CATEGORY] = "category",
	[LOG_SUBCATEGORY] = "subcategory",
	[LOG_SYMPTOM] = "u_symptom",
	[LOG_IMPACT] = "impact",
	[LOG_URGENCY] = "urgency",
	[LOG_PRIORITY] = "priority",
	[LOG_GROUP] = "assignment_group",
	[LOG_ASSIGNED_TO] = "assigned_to",
	[LOG_RESOLVED_BY] = "resolved_by",
};

static const struct {
	const char *name;
	enum log_state state;
} states[] = {
	{"New", LOG_IS_NEW},
	{"Active", LOG_IS_ACTIVE},
	{"Awaiting User Info", LOG_AWAITS_USER},
	{"Awaiting Problem", LOG_AWAITS_OTHERS},
	{"Awaiting Vendor", LOG_AWAITS_OTHERS},
	{"Awaiting Evidence", LOG_AWAITS_OTHERS},
	{"Resolved", LOG_IS_RESOLVED},
	{"Closed", LOG_IS_CLOSED},
};

bool
import_log_row_shape(struct arena *a, struct import_table *t, struct import_log_shape *s)
{
	s->table = t;
	s->width = import_table_width(t);
	s->facts = arena_array(a, (size_t)s->width, sizeof *s->facts);
	for (int i = 0; i < s->width; i++)
		s->facts[i] = arena_printf(a, "log.%s", import_table_heading(t, i));
	return import_table_columns(t, headings, LOG_COLUMNS, s->columns);
}

static enum log_state
state_named(const char *name)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcmp(states[i].name, name) == 0)
			return states[i].state;
	return LOG_STATE_UNKNOWN;
}

static bool
read_number(const char **at, int digits, char behind, int *n)
{
	int count = 0;

	for (*n = 0; count < digits && **at >= '0' && **at <= '9'; count++, ++*at)
		*n = *n * 10 + (**at - '0');
	return count > 0 && *(*at)++ == behind;
}

/* "29/2/2016 01:16" */
static bool
read_time(const struct zone *z, const char *text, int64_t *instant)
{
	struct date d;
	int hour, minute;
	enum zone_reading reading;

	if (!read_number(&text, 2, '/', &d.day) ||
		!read_number(&text, 2, '/', &d.month) ||
		!read_number(&text, 4, ' ', &d.year) ||
		!read_number(&text, 2, ':', &hour) || !read_number(&text, 2, 0, &minute))
		return false;
	if (d.month < 1 || d.month > 12 || d.day < 1 ||
		d.day > times_month_length(d.year, d.month) || hour > 23 || minute > 59 ||
		d.year < 1971)
		return false;
	*instant = zone_instant(z, d, hour * 3600 + minute * 60, &reading);
	return true;
}

static const char *
value(const struct import_log_shape *s, const struct import_log_row *r, enum log_column c)
{
	return r->text[s->columns[c]];
}

const char *
import_log_row_value(const struct import_log_shape *s, const struct import_log_row *r,
	enum log_column c)
{
	const char *text = value(s, r, c);

	return *text && strcmp(text, "?") != 0 ? text : NULL;
}

/* What follows from the texts; NULL, or what is wrong. */
static const char *
understand(const struct import_log_shape *s, struct import_log_row *r)
{
	char *end;

	r->state = state_named(value(s, r, LOG_STATE));
	r->mod_count = strtoll(value(s, r, LOG_MOD_COUNT), &end, 10);
	if (!import_log_row_value(s, r, LOG_NUMBER))
		return "there is no number";
	if (*end)
		return "sys_mod_count is not a number";
	if (!read_time(s->zone, value(s, r, LOG_OPENED_AT), &r->opened))
		return "opened_at is not a time";
	if (!read_time(s->zone, value(s, r, LOG_UPDATED_AT), &r->updated))
		return "sys_updated_at is not a time";
	return NULL;
}

const char *
import_log_row_read(struct arena *a, const struct import_log_shape *s,
	const struct csv_row *from, struct import_log_row *row)
{
	const char **text = arena_array(a, (size_t)s->width, sizeof *text);

	for (int i = 0; i < s->width; i++) {
		text[i] = import_table_text(a, from, i);
		if (!text[i])
			return "it is not UTF-8";
	}
	*row = (struct import_log_row){
		.line = from->line,
		.text = text,
		.digest = import_row_digest(a, from->fields, from->count),
	};
	return understand(s, row);
}

struct pairs
import_log_row_pairs(
	struct arena *a, const struct import_log_shape *s, const struct import_log_row *r)
{
	struct pairs p = {NULL, 0};

	for (int i = 0; i < s->width; i++)
		if (strcmp(r->text[i], "?") != 0)
			pairs_add(a, &p, import_table_heading(s->table, i), r->text[i]);
	return p;
}

void
import_log_row_from_pairs(struct arena *a, const struct import_log_shape *s,
	const struct pairs *p, struct import_log_row *row)
{
	const char **text = arena_array(a, (size_t)s->width, sizeof *text);

	for (int i = 0; i < s->width; i++) {
		text[i] = pairs_get(p, import_table_heading(s->table, i));
		if (!text[i])
			text[i] = "?";
	}
	*row = (struct import_log_row){.text = text, .digest = ""};
	(void)understand(s, row);
}

int64_t
import_log_row_level(const char *value)
{
	int64_t level = value ? strtoll(value, NULL, 10) : 0;

	return level >= 1 && level <= 4 ? level : 0;
}

int
import_log_row_order(const void *a, const void *b)
{
	const struct import_log_row *x = a;
	const struct import_log_row *y = b;

	if (x->updated != y->updated)
		return x->updated < y->updated ? -1 : 1;
	if (x->mod_count != y->mod_count)
		return x->mod_count < y->mod_count ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}
