/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/status_rule.h"

#include <string.h>

static const char *const statuses[] = {
	"new", "open", "waiting", "resolved", "closed", "cancelled", NULL};
static const char *const kinds[] = {"request", "incident", "problem", "change", "event",
	"enquiry", "complaint", "need", NULL};

static const char *
nth(const char *const *all, int n)
{
	for (int i = 0; all[i]; i++)
		if (i == n)
			return all[i];
	return NULL;
}

const char *
status_rule_status(int n)
{
	return nth(statuses, n);
}

const char *
status_rule_kind(int n)
{
	return nth(kinds, n);
}

#define ROW(n, from, to, what)                                                       \
	{                                                                            \
		.position = n, .priority = TABLE_ANY, .impact = TABLE_ANY,           \
		.urgency = TABLE_ANY, .vip = TABLE_ANY, .vulnerable = TABLE_ANY,     \
		.team = TABLE_ANY, .from_status = from, .to_status = to, .note = "", \
		.needs_right = "", .demands = what                                   \
	}

static const struct table_row standard_rows[] = {
	ROW(1, "new", "open", 0),
	ROW(2, "new", "waiting", 0),
	ROW(3, "open", "waiting", 0),
	ROW(4, "new", "resolved", TABLE_DEMANDS_WORDS),
	ROW(5, "open", "resolved", TABLE_DEMANDS_WORDS),
	ROW(6, "waiting", "resolved", TABLE_DEMANDS_WORDS),
	ROW(7, "new", "cancelled", TABLE_DEMANDS_WORDS),
	ROW(8, "open", "cancelled", TABLE_DEMANDS_WORDS),
	ROW(9, "waiting", "cancelled", TABLE_DEMANDS_WORDS),
	ROW(10, "resolved", "closed", 0),
	ROW(11, "resolved", "open", 0),
	ROW(12, "closed", "open", 0),
	ROW(13, "cancelled", "open", 0),
};

static const struct table standard = {
	.rows = standard_rows,
	.count = sizeof standard_rows / sizeof *standard_rows,
};

const struct table *
status_rule_standard(void)
{
	return &standard;
}

struct status_ruling
status_rule_ask(const struct table *t, const struct table_facts *f)
{
	const struct table_row *row;

	if (strcmp(f->from_status, f->to_status) == 0 ||
		(strcmp(f->from_status, "waiting") == 0 &&
			strcmp(f->to_status, "open") == 0))
		return (struct status_ruling){.allowed = true};
	row = table_match(t, f);
	return (struct status_ruling){.allowed = row && !row->refused, .row = row};
}
