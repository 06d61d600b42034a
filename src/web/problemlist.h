/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_PROBLEMLIST_H
#define WEB_PROBLEMLIST_H

#include "store/work.h"
#include "web/parts.h"

/* The problems of the work as the error summary says them; a problem's field is the id of
 * the input it links to. */
struct part_problems problemlist_of(struct work *w);

#endif
