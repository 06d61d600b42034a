/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_FIELD_RULE_H
#define RULE_FIELD_RULE_H

/*
 * What people may change on a ticket, and which sensitive parts of it they may read, by
 * their role and the ticket's status (clock.md section 8: "Field rights may depend on
 * role and status"): the ordered table `field`. It only takes away: what no row matches
 * is as the rights of rule/access have it.
 *
 * Somebody with several roles may do what any of them may: each is asked on its own, the
 * first row that matches decides for it. Their roles are those where the ticket is; where
 * they have none (an agreement shows it), those where they work. The house and customers
 * are not asked.
 */

#include "rule/access.h"
#include "rule/table.h"

enum ticket_field {
	/* what is changed */
	FIELD_PRIORITY,
	FIELD_TEAM,
	FIELD_PERSON,  /* who has it */
	FIELD_PROMISE, /* by when there will be news */
	FIELD_TIMES,   /* when something happened: amendments */
	FIELD_PUBLICATION,
	/* what is read */
	FIELD_READ_WORDS, /* what people wrote, and the answers of the form */
	FIELD_READ_CONTACT,
	FIELD_READ_FILES,
	FIELD_READ_INTERNAL,
	FIELD_COUNT
};

/* As the table has it: "priority", "read-contact"; NULL behind the last. */
const char *field_rule_name(int n);

/* The part of a ticket that goes with it; DETAIL_COUNT: it is changed, not read. */
enum detail field_rule_detail(enum ticket_field f);

/* What holds in an organisation that published no table of its own: version 0. */
const struct table *field_rule_standard(void);

struct field_ruling {
	bool allowed;
	const struct table_row *row; /* that says so, or NULL */
};

/* `facts`: the ticket's kind, service, category, and its status in from_status. */
struct field_ruling field_rule_ask(const struct table *t, const struct table_facts *facts,
	const struct actor *who, int64_t org, enum ticket_field f);

/* The bits of enum detail that may not be read. */
unsigned field_rule_unread(const struct table *t, const struct table_facts *facts,
	const struct actor *who, int64_t org);

#endif
