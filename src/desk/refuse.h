/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_REFUSE_H
#define DESK_REFUSE_H

#include "desk/handle.h"

/* Refuses work that was handed over: hands it back, with a reason, to the team it came
 * from or, when it came from none, to the organisation's desk. The legs stop and start as
 * at any hand-over, and it counts as one. For those who work in the team that has it, and
 * those who may assign. INVALID (words: no reason; team: there is nobody to give it back
 * to), else as handle.h says. */
enum outcome refuse(struct work *w, const struct handle *h, const char *reason,
	struct ticket *t) must_check;

#endif
