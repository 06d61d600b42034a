/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_RULES_DRAFT_H
#define WEB_RULES_DRAFT_H

/* The draft of a rule table, row by row: plain forms, each carrying the revision of the
 * draft that it was shown with. All for WHO_ADMIN. */

#include "http/reply.h"
#include "store/work.h"

/* GET /admin/rules/:table/draft */
enum outcome rules_draft_show(struct work *w, const struct request *q, struct reply *r);

/* POST the same: begins it, or moves or takes out the row that the button names. */
enum outcome rules_draft_act(struct work *w, const struct request *q, struct reply *r);

/* POST .../draft/discard */
enum outcome rules_draft_discard(
	struct work *w, const struct request *q, struct reply *r);

/* GET and POST .../draft/rows/:id; the id "new" adds a row (?place=N). */
enum outcome rules_draft_row(struct work *w, const struct request *q, struct reply *r);
enum outcome rules_draft_save(struct work *w, const struct request *q, struct reply *r);

/* POST .../draft/rows/:id/put-back: undoes the taking out. */
enum outcome rules_draft_put_back(
	struct work *w, const struct request *q, struct reply *r);

/* GET .../draft/changes: against the live version. */
enum outcome rules_draft_changes(
	struct work *w, const struct request *q, struct reply *r);

#endif
