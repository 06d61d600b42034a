/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo/demo_promises.h"

#include "app/demo/demo_cast.h"
#include "desk/escalate.h"
#include "store/kept_clock.h"
#include "store/outbox.h"
#include "store/rulebook.h"
#include "store/service.h"
#include "store/shelf.h"
#include "store/team.h"
#include "store/wait_reason.h"

#include <string.h>

enum { HOUR = 3600, OFFICE = 1, MOST_TEAMS = 100, AT_ONCE = 50 };

#define ANY                                                               \
	.priority = TABLE_ANY, .impact = TABLE_ANY, .urgency = TABLE_ANY, \
	.vip = TABLE_ANY, .vulnerable = TABLE_ANY

/* Suppliers by their contract, teams by what they agreed, the urgent in half a day; the
 * law's own times are theirs too. */
static void
publish_legs(struct work *w, int64_t org)
{
	static const char lawful[] = "As the law has it for the customer";
	struct table_row rows[MOST_TEAMS + 4];
	struct service access;
	struct team_list teams;
	int n = 0;

	team_list(w, org, &teams);
	for (int i = 0; i < teams.count && n < MOST_TEAMS; i++)
		if (strcmp(teams.at[i].kind, "supplier") == 0 ||
			strcmp(teams.at[i].kind, "partner") == 0)
			rows[n++] = (struct table_row){ANY, .team = teams.at[i].id,
				.resolution = 3, .unit = CLOCK_WORKING_DAYS,
				.calendar = OFFICE, .note = "Contract"};
	if (service_find(w, org, "IG-SAR", &access) == DONE)
		rows[n++] = (struct table_row){ANY, .service = "IG-SAR", .resolution = 1,
			.unit = CLOCK_MONTHS, .calendar = OFFICE, .note = lawful};
	if (service_find(w, org, "IG-FOI", &access) == DONE)
		rows[n++] = (struct table_row){ANY, .service = "IG-FOI", .resolution = 20,
			.unit = CLOCK_WORKING_DAYS, .calendar = OFFICE, .note = lawful};
	rows[n] = (struct table_row){ANY, .resolution = 4 * HOUR, .calendar = OFFICE,
		.note = "Urgent work is begun the same day"};
	rows[n++].priority = 1;
	rows[n++] = (struct table_row){ANY, .resolution = 5, .unit = CLOCK_WORKING_DAYS,
		.calendar = OFFICE, .note = "Between our teams"};
	if (shelf_table(w, org, "leg")->version == 0)
		rulebook_publish(w, org, "leg", rows, n);
}

static void
publish_steps(struct work *w, int64_t org)
{
	struct table_row rows[] = {
		{ANY, .clock = "response", .amount = 75, .notify = TABLE_NOTIFY_ASSIGNEE},
		{ANY, .clock = "resolution", .amount = 75,
			.notify = TABLE_NOTIFY_ASSIGNEE,
			.note = "While there is still time to act"},
		{ANY, .clock = "resolution", .amount = 100,
			.notify = TABLE_NOTIFY_ASSIGNEE | TABLE_NOTIFY_LEADER},
		{ANY, .clock = "update", .threshold = TABLE_OFFSET, .amount = -HOUR,
			.notify = TABLE_NOTIFY_ASSIGNEE,
			.note = "Somebody waits to hear from us"},
		{ANY, .clock = "supplier", .amount = 100,
			.notify = TABLE_NOTIFY_LEADER | TABLE_NOTIFY_OWNER},
		{ANY, .clock = "resolution", .amount = 50, .notify = TABLE_NOTIFY_LEADER,
			.any_hour = true, .note = "Urgent: at any hour"},
	};
	int count = sizeof rows / sizeof *rows;

	rows[count - 1].priority = 1;
	if (shelf_table(w, org, "escalation")->version == 0)
		rulebook_publish(w, org, "escalation", rows, count);
}

/* A patch that sinks again within a month is the same hole. */
static void
reopen_potholes(struct work *w, int64_t org)
{
	enum { USUALLY = 10, LONGER = 20 };

	if (service_reopen_days(w, org, "HW-POTHOLE") == USUALLY)
		(void)!service_reopen_set(w, org, "HW-POTHOLE", LONGER);
}

static void
save_reasons(struct work *w, int64_t org)
{
	const struct wait_reason reasons[] = {
		{org, "customer", "We have asked them something", WAIT_QUESTION, 5, 2, 0},
		{org, "visit", "They chose the day of a visit", WAIT_EVIDENCE, 0, 0, 15},
		{org, "papers", "They must send papers or a payment", WAIT_QUESTION, 10,
			1, 30},
	};

	for (int i = 0; i < (int)(sizeof reasons / sizeof *reasons); i++)
		wait_reason_save(w, &reasons[i], i + 1);
}

enum outcome
demo_promises_write(struct work *w, void *context)
{
	static const int64_t orgs[] = {DEMO_SOUTHMERE, DEMO_ICT};

	(void)context;
	for (size_t i = 0; i < sizeof orgs / sizeof *orgs; i++) {
		publish_legs(w, orgs[i]);
		publish_steps(w, orgs[i]);
		save_reasons(w, orgs[i]);
		reopen_potholes(w, orgs[i]);
	}
	return DONE;
}

enum outcome
demo_promises_catch_up(struct work *w, void *context)
{
	struct kept_clock_due due[AT_ONCE];
	int64_t now = w->now, at;

	(void)context;
	while ((at = kept_clock_next(w)) != TIMES_NONE && at <= now) {
		int n;

		w->now = at;
		n = kept_clock_due(w, AT_ONCE, due);
		for (int i = 0; i < n; i++) {
			if (escalate_ticket(w, due[i].org, due[i].ticket) != DONE)
				return FAULT;
			kept_clock_disarm(w, due[i].org, due[i].ticket);
			outbox_settle(w, due[i].org, due[i].ticket);
		}
	}
	w->now = now;
	return DONE;
}
