/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_STOPPER_ROW_H
#define STORE_STOPPER_ROW_H

/* The stoppers (rule/stopper) of a service that is offered over Open311, in their order.
 */

#include "rule/stopper.h"
#include "store/work.h"

enum { STOPPER_ROW_MOST = 100 };

struct stopper_list {
	struct stopper *at;
	int count;
};

void stopper_row_list(
	struct work *w, int64_t org, const char *service, struct stopper_list *list);

/* Behind the others; sets id. */
void stopper_row_add(struct work *w, int64_t org, const char *service, struct stopper *s);

/* DONE or MISSING. */
enum outcome stopper_row_end(
	struct work *w, int64_t org, const char *service, int64_t id) must_check;

#endif
