/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/field_rule.h"

#include <string.h>

static const struct {
	const char *name;
	enum detail detail;
} fields[FIELD_COUNT] = {
	[FIELD_PRIORITY] = {"priority", DETAIL_COUNT},
	[FIELD_TEAM] = {"team", DETAIL_COUNT},
	[FIELD_PERSON] = {"person", DETAIL_COUNT},
	[FIELD_PROMISE] = {"promise", DETAIL_COUNT},
	[FIELD_TIMES] = {"times", DETAIL_COUNT},
	[FIELD_PUBLICATION] = {"publication", DETAIL_COUNT},
	[FIELD_READ_WORDS] = {"read-words", DETAIL_WORDS},
	[FIELD_READ_CONTACT] = {"read-contact", DETAIL_CONTACT},
	[FIELD_READ_FILES] = {"read-files", DETAIL_FILES},
	[FIELD_READ_INTERNAL] = {"read-internal", DETAIL_INTERNAL},
};

const char *
field_rule_name(int n)
{
	return n >= 0 && n < FIELD_COUNT ? fields[n].name : NULL;
}

enum detail
field_rule_detail(enum ticket_field f)
{
	return fields[f].detail;
}

#define REFUSED(n, what, who, status)                                                 \
	{                                                                             \
		.position = n, .priority = TABLE_ANY, .impact = TABLE_ANY,            \
		.urgency = TABLE_ANY, .vip = TABLE_ANY, .vulnerable = TABLE_ANY,      \
		.team = TABLE_ANY, .field = what, .role = who, .from_status = status, \
		.note = "", .needs_right = "", .refused = true                        \
	}

/* What has ended is a record; who learns does not decide what everybody reads; who helped
 * from outside need not reach the customer afterwards. */
static const struct table_row standard_rows[] = {
	REFUSED(1, "priority", NULL, "closed"),
	REFUSED(2, "priority", NULL, "cancelled"),
	REFUSED(3, "team", NULL, "closed"),
	REFUSED(4, "team", NULL, "cancelled"),
	REFUSED(5, "person", NULL, "closed"),
	REFUSED(6, "person", NULL, "cancelled"),
	REFUSED(7, "publication", "apprentice", NULL),
	REFUSED(8, "read-contact", "supplier", "closed"),
	REFUSED(9, "read-contact", "supplier", "cancelled"),
	REFUSED(10, "read-contact", "partner", "closed"),
	REFUSED(11, "read-contact", "partner", "cancelled"),
};

static const struct table standard = {
	.rows = standard_rows,
	.count = sizeof standard_rows / sizeof *standard_rows,
};

const struct table *
field_rule_standard(void)
{
	return &standard;
}

static const char *
name_of(const struct grant *g)
{
	return g->role == ROLE_LOCAL ? g->name : role_name(g->role);
}

/* Where the roles are that count for a ticket of `org`. */
static int64_t
home_of(const struct actor *who, int64_t org)
{
	for (int i = 0; i < who->grant_count; i++)
		if (who->grants[i].org == org && who->grants[i].role != ROLE_CUSTOMER)
			return org;
	return who->org;
}

struct field_ruling
field_rule_ask(const struct table *t, const struct table_facts *facts,
	const struct actor *who, int64_t org, enum ticket_field f)
{
	struct field_ruling ruling = {.allowed = true};
	int64_t home = home_of(who, org);
	struct table_facts asked = *facts;
	bool first = true;

	if (who->kind != ACTOR_STAFF && who->kind != ACTOR_API)
		return ruling;
	asked.field = fields[f].name;
	for (int i = 0; i < who->grant_count; i++) {
		const struct grant *g = &who->grants[i];
		struct field_ruling by = {.allowed = true};

		if (g->org != home || g->role == ROLE_CUSTOMER)
			continue;
		asked.role = name_of(g);
		by.row = table_match(t, &asked);
		if (by.row && by.row->refused)
			by.allowed = false;
		else if (by.row && by.row->needs_right && *by.row->needs_right)
			by.allowed = access_may(
				who, home, access_right_named(by.row->needs_right));
		if (first || (by.allowed && !ruling.allowed))
			ruling = by;
		first = false;
	}
	return ruling;
}

unsigned
field_rule_unread(const struct table *t, const struct table_facts *facts,
	const struct actor *who, int64_t org)
{
	unsigned unread = 0;

	for (enum ticket_field f = 0; f < FIELD_COUNT; f++)
		if (fields[f].detail != DETAIL_COUNT &&
			!field_rule_ask(t, facts, who, org, f).allowed)
			unread |= 1u << fields[f].detail;
	return unread;
}
