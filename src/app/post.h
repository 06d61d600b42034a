/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_POST_H
#define APP_POST_H

/*
 * Letters leave: taken from the outbox under a lease, handed to the SMTP server of the
 * configuration, marked. At least once: after a crash between sending and marking the
 * same letter leaves again, under the same Message-ID. What is over by the time it would
 * leave (desk/outdated) is dropped, and stays in the outbox with why.
 */

#include "app/house.h"

struct post;

struct post *post_open(struct house *h);
void post_close(struct post *p);

/* Sends what is due, a batch at the most; the number of letters handled. */
int post_round(struct post *p);

#endif
