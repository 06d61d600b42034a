/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_DOOR_H
#define CHANNEL_API_DOOR_H

/* What the handlers of /api/v1 share: bodies in, problem documents (RFC 9457) and
 * representations out. The contract is channel/api/openapi.json. */

#include "desk/promises.h"
#include "format/json.h"
#include "format/jsonout.h"
#include "http/reply.h"
#include "store/ticket.h"

/* The body as a JSON record, or NULL: the reply is then a problem document. */
const struct json *api_door_body(const struct request *q, struct reply *r);

/* A problem document with this status; its detail may be NULL. Always returns the
 * outcome, so that a handler can end with it. */
enum outcome api_door_problem(
	struct reply *r, int status, enum outcome end, const char *detail);

/* The outcome of a verb as a problem document, with the work's problems by field. */
enum outcome api_door_refuse(struct work *w, struct reply *r, enum outcome end);

/* A new JSON answer in the reply. */
struct jsonout api_door_answer(struct reply *r, int status);

/* The members of a clock, into a record that is open. */
void api_door_clock(struct jsonout *j, const struct promise *p);

/* The ticket as the API shows it, with its clocks; sets ETag to its version. */
void api_door_ticket(struct work *w, struct jsonout *j, const struct ticket *t);
void api_door_etag(struct reply *r, const struct ticket *t);

/* The version that If-Match names. DONE, or a problem document: 428 without the header,
 * 400 for what is no tag of ours. "*" is version 0: any. */
enum outcome api_door_if_match(
	const struct request *q, struct reply *r, int64_t *version) must_check;

/* The caller's idempotency key as the desk keeps it (whose it is, and the key); random
 * without the header. DONE, or 400 for one longer than 255 characters. */
enum outcome api_door_key(struct work *w, const struct request *q, struct reply *r,
	const char **key) must_check;

/* The ticket that the address names, wherever the caller may see it, noted for the audit.
 * DONE, or a problem document: 404 when there is none for them, 403 for a restricted
 * ticket of another team until a reason was given (POST .../look). */
enum outcome api_door_find(struct work *w, const struct request *q, struct reply *r,
	struct ticket *t) must_check;

/* Of a ticket that its reader does not see, only what it is called. */
void api_door_hide(struct ticket *t);

/* The ticket after a change, as its reader may see it now. */
void api_door_after(struct work *w, struct ticket *t);

/* Has the caller the right in their organisation? DONE, or 403. */
enum outcome api_door_right(struct work *w, struct reply *r, enum right right) must_check;

/* The end of a verb that has nothing to show: 204, or its outcome as a problem. */
enum outcome api_door_nothing(struct work *w, struct reply *r, enum outcome end);

/* A list of words with blanks between them as a member: a list of texts. */
void api_door_words(
	struct work *w, struct jsonout *j, const char *name, const char *words);

/* A record or list as a member that is open then. */
void api_door_open_record(struct jsonout *j, const char *name);
void api_door_open_list(struct jsonout *j, const char *name);

/* A reference as typed in an address, in its written form; NULL when it is none. */
const char *api_door_reference(const struct request *q);

/* A team, person or organisation as a member: its id and what it is called; null for 0.
 */
void api_door_party(struct jsonout *j, const char *name, int64_t id, const char *called);

#endif
