/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_RULEBOOK_H
#define STORE_RULEBOOK_H

/* The ordered tables of an organisation, written as whole versions; read through the
 * shelf. */

#include "rule/table.h"
#include "store/work.h"

/* Publishes a new version of "priority", "route", "target", "leg", "escalation",
 * "status", "field"; positions are given by the order. The version that was live is
 * retired. Returns the new version's number; the same rows again make none and return the
 * live one's. */
int64_t rulebook_publish(struct work *w, int64_t org, const char *name,
	const struct table_row *rows, int count);

/* Why it is published, and the version whose rows it brings back (0: none). */
struct rulebook_cause {
	const char *reason;
	int64_t restored;
};

int64_t rulebook_issue(struct work *w, int64_t org, const char *name,
	const struct table *t, const struct rulebook_cause *cause);

struct rulebook_version {
	int64_t version;
	bool live;
	int64_t published;
	int64_t author; /* 0: the house */
	const char *author_name, *reason;
	int64_t restored, rows;
};

struct rulebook_version_list {
	struct rulebook_version *at;
	int count;
};

/* Newest first, at most 500. */
void rulebook_versions(struct work *w, int64_t org, const char *name,
	struct rulebook_version_list *list);

/* DONE or MISSING. */
enum outcome rulebook_version(struct work *w, int64_t org, const char *name,
	int64_t version, struct rulebook_version *v) must_check;

#endif
