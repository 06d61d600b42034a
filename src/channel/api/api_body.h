/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_BODY_H
#define CHANNEL_API_BODY_H

/* Members of a body, read into the shapes that verbs take, and words of the address. What
 * is absent, or of another kind, is "" or 0, which the verb refuses where it matters. */

#include "format/json.h"
#include "http/request.h"

/* A text. */
const char *api_body_text(const struct json *body, const char *name);

/* An id: a text of digits. */
int64_t api_body_id(const struct json *body, const char *name);

/* A whole number; -1 for what is there and is none. */
int64_t api_body_whole(const struct json *body, const char *name);

bool api_body_truth(const struct json *body, const char *name, bool otherwise);

/* An instant. False when it is there and is none; absent is 0. */
bool api_body_instant(const struct json *body, const char *name, int64_t *at);

/* A list of texts as words with blanks between; "" when it is absent, NULL when it is no
 * list of words. */
const char *api_body_words(struct arena *a, const struct json *body, const char *name);

/* An id in the address: 0 for what is none. */
int64_t api_body_part(const struct request *q, const char *part);

#endif
