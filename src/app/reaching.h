/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_REACHING_H
#define APP_REACHING_H

/*
 * One conversation with another body's Open311 endpoint, in XML or JSON. Either becomes
 * the same tree (struct xml): in JSON a list of "attributes" has elements "attribute".
 * What went well or wrong is kept by kind, to be written down afterwards.
 */

#include "base/buffer.h"
#include "format/xml.h"
#include "http/outgoing.h"
#include "store/body.h"

enum { REACHING_KINDS = 8 };

struct reaching {
	const struct outgoing *rules;
	struct arena *arena;
	struct body *body;
	bool down;    /* there was no answer at all: nothing more is asked now */
	int64_t skew; /* of the newest answer: their clock before ours, in seconds */
	struct {
		const char *what, *problem;
	} noted[REACHING_KINDS];
	int noted_count;
};

/* What a body is called with: "services" and a query such as "start_date=...&"; the
 * suffix and the jurisdiction are added. NULL with *problem; the status in *status when
 * it is not NULL (0: no answer). */
struct reaching_call {
	const char *what; /* kind, for the notes */
	const char *path;
	const struct pairs *query; /* or NULL */
	const char *element;	   /* of the list in JSON: "service" */
};
const struct xml *reaching_get(struct reaching *c, const struct reaching_call *call,
	const char **problem, int *status);

/* A form that is posted to a path, under a key by which they may know it again. */
struct reaching_letter {
	const char *what;    /* kind, for the notes */
	const char *path;    /* "requests" */
	const char *element; /* of the list in JSON: "request" */
	const char *form, *key;
};

/* What they answered. refused: they understood and do not want it; taken: they did (2xx),
 * whatever can be read of it. */
struct reaching_verdict {
	const struct xml *answer; /* or NULL */
	const char *problem;	  /* or NULL */
	bool refused, taken;
};
struct reaching_verdict reaching_post(
	struct reaching *c, const struct reaching_letter *l);

/* The body of an answer as a tree, NULL with *problem. */
const struct xml *reaching_read(
	struct arena *a, struct bytes in, const char *element, const char **problem);

/* By how much a Date (RFC 9110 5.6.7) is before `now`; 0 for less than a minute and for
 * what is no date. */
int64_t reaching_skew(struct arena *a, const char *date, int64_t now);

/* Texts of theirs are bounded before they are kept: an id is at most REACHING_ID bytes (a
 * longer one is none), words are cut at a character near REACHING_WORDS bytes. */
enum { REACHING_ID = 200, REACHING_WORDS = 16000 };
bool reaching_is_id(const char *text);
const char *reaching_words(struct arena *a, const char *text);

/* name=value with a '&' before it unless it is the first; nothing for an empty one. */
void reaching_add(struct buffer *b, const char *name, const char *value);

#endif
