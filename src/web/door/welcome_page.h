/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_WELCOME_PAGE_H
#define WEB_WELCOME_PAGE_H

/* Who was asked in to work here comes by the link of their letter (desk/invite). Opening
 * it alone does nothing, for programs open links too: a button does. */

#include "http/reply.h"
#include "store/work.h"

/* GET and POST /account/welcome/:token {password, where one is to be chosen}. Who chose
 * one is signed in; who has an account already is told to sign in as they always do. */
enum outcome welcome_page_open(struct work *w, const struct request *q, struct reply *r);
enum outcome welcome_page_prepare(struct work *w, struct request *q, struct reply *r);
enum outcome welcome_page_enter(struct work *w, const struct request *q, struct reply *r);

#endif
