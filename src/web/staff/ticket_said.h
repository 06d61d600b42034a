/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TICKET_SAID_H
#define WEB_TICKET_SAID_H

/* The events of a ticket in words for staff. */

#include "store/attachment.h"
#include "store/event.h"
#include "web/staff/ticket_sheet.h"

/* A whole sentence: "Amy moved it from Highways to Waste". */
const char *ticket_said_sentence(struct work *w, const struct event *e);

/* All of a list, each with the files that came with it. */
struct ticket_saids ticket_said_all(struct work *w, const struct zone *z,
	const struct event_list *events, const struct attachment_list *files);

/* "12 KB" */
const char *ticket_said_size(struct work *w, int64_t bytes);

#endif
