/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_HTML_H
#define CHANNEL_API_HTML_H

/*
 * What a customer wrote as HTML, handed in by another system ("html" in the body of a
 * ticket or a message). It is made inert in a cell before the write enters its lane
 * (format/sanitise); beside it stands the same as text, and the original is kept as a
 * file, to be downloaded and never shown.
 */

#include "format/json.h"
#include "http/reply.h"
#include "store/contact.h"

/* Might the body have HTML? For struct route: most writes need not go aside. */
bool api_html_comes(const struct request *q);

/* Before the lane. Always DONE: what cannot be made inert is kept as a file alone. */
enum outcome api_html_prepare(struct work *w, struct request *q, struct reply *r);

/* Puts what was prepared into the contact, when the body has HTML: its html, its words
 * unless the sender gave them, and the original as a file. */
void api_html_fill(struct work *w, const struct json *body, struct contact *c);

#endif
