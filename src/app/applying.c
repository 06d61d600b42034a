/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/applying.h"

#include "base/log.h"
#include "desk/reapply.h"

static bool
waits(struct house *h, struct arena *a)
{
	arena_reset(a);
	return house_ask(h, a, reapply_waits);
}

static enum outcome
batch(struct work *w, void *context)
{
	return reapply_batch(w, context);
}

void
applying_round(struct house *h, struct arena *a)
{
	bool more = waits(h, a);

	while (more)
		if (house_write(h, 0, batch, &more) != DB_KEPT) {
			/* Another node took it, or the next round tries again. */
			log_info("a batch of open tickets was not applied by this node");
			more = false;
		}
}
