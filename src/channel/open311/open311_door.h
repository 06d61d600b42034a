/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_OPEN311_DOOR_H
#define CHANNEL_OPEN311_DOOR_H

/* What the handlers of Open311 share: the jurisdiction, the answer in either format, and
 * refusals in the same one (open311.md O1-O12). */

#include "format/jsonout.h"
#include "format/xmlout.h"
#include "http/reply.h"
#include "store/work.h"

/*
 * An answer that is written once for both formats: JSON is the XML without its root, a
 * list of elements becomes an array, an empty element null.
 */
struct open311_answer {
	bool is_xml;
	struct xmlout xml;
	struct jsonout json;
	bool lists[XMLOUT_DEPTH]; /* is the JSON value at this level an array? */
	int depth;
};

/* Begins the answer to q, in the format of its address. */
struct open311_answer open311_door_answer(
	const struct request *q, struct reply *r, int status);

/* A list of elements, and one of its elements (or the root, when that is a record). */
void open311_door_list(struct open311_answer *o, const char *name);
void open311_door_record(struct open311_answer *o, const char *name);
void open311_door_end(struct open311_answer *o);

/* Members of a record. "" and NULL are empty. */
void open311_door_text(struct open311_answer *o, const char *name, const char *text);
void open311_door_truth(struct open311_answer *o, const char *name, bool truth);
void open311_door_number(struct open311_answer *o, const char *name, const char *digits);
void open311_door_instant(struct open311_answer *o, const char *name, int64_t at);

/* An element of a list that is only text. */
void open311_door_item(struct open311_answer *o, const char *name, const char *text);

/* An error, as a sentence for the sender. Returns the outcome. */
enum outcome open311_door_refuse(
	const struct request *q, struct reply *r, int status, const char *sentence);

/* The problems of the work, each as an error: 400. */
enum outcome open311_door_problems(
	struct work *w, const struct request *q, struct reply *r);

/* The organisation of jurisdiction_id, else that of the key, else the portal's. DONE, or
 * the reply is a 404. */
enum outcome open311_door_place(struct work *w, const struct request *q, struct reply *r,
	int64_t *org) must_check;

/* The same for a change: 403 without a key that may do this there. */
enum outcome open311_door_keyed(struct work *w, const struct request *q, struct reply *r,
	enum right need, int64_t *org) must_check;

/* A parameter of the query or the form; NULL when it is absent or empty (O7). */
const char *open311_door_said(const struct request *q, const char *name);

/* The values of attribute[CODE], in whatever writing (O13-O16): repeats, empty brackets.
 * The pairs are code and value, in order, empty ones left out. */
struct pairs open311_door_attributes(const struct request *q);

/* The period between two parameters, both ends inclusive, at most 90 days; what is not
 * said is made up from the other, or ends now. DONE, or the reply is a 400. */
enum outcome open311_door_period(struct work *w, const struct request *q, struct reply *r,
	int64_t *from, int64_t *to) must_check;

#endif
