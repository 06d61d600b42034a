/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_RULES_H
#define CHANNEL_API_RULES_H

/* The handlers of /api/v1/rules: tables, their versions, and bringing one back. */

#include "http/reply.h"
#include "rule/table_shape.h"
#include "store/work.h"

enum outcome api_rules_list(struct work *w, const struct request *q, struct reply *r);
enum outcome api_rules_live(struct work *w, const struct request *q, struct reply *r);
enum outcome api_rules_versions(struct work *w, const struct request *q, struct reply *r);
enum outcome api_rules_version(struct work *w, const struct request *q, struct reply *r);
enum outcome api_rules_changes(struct work *w, const struct request *q, struct reply *r);
enum outcome api_rules_restore(struct work *w, const struct request *q, struct reply *r);

/* The table that the address names, for who may change it. DONE, or a problem. */
enum outcome api_rules_find(struct work *w, const struct request *q, struct reply *r,
	const struct table_shape **s) must_check;

/* A version of a table as it now is: what publishing and bringing back answer. */
enum outcome api_rules_answer(struct work *w, const struct table_shape *s,
	int64_t version, int status, struct reply *r);

#endif
