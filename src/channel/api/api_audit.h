/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_AUDIT_H
#define CHANNEL_API_AUDIT_H

/* The handlers of /api/v1 for who did and saw what, and for letters that were given up.
 * Reading the audit leaves a row of its own. */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_audit_read(struct work *w, const struct request *q, struct reply *r);
enum outcome api_audit_watch(struct work *w, const struct request *q, struct reply *r);
enum outcome api_audit_letters(struct work *w, const struct request *q, struct reply *r);
enum outcome api_audit_retry(struct work *w, const struct request *q, struct reply *r);

#endif
