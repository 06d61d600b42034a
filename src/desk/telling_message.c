/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/telling_message.h"

#include "format/jsonout.h"

static void
begin(struct work *w, struct jsonout *j, const char *type)
{
	jsonout_record(j);
	jsonout_member(j, "type", type);
	jsonout_member_instant(j, "timestamp", w->now);
	jsonout_name(j, "data");
	jsonout_record(j);
}

static void
party(struct jsonout *j, const char *name, int64_t id)
{
	jsonout_name(j, name);
	if (id)
		jsonout_id(j, id);
	else
		jsonout_null(j);
}

const char *
telling_message(struct work *w, const struct ticket *t, const struct event *e)
{
	struct buffer b = buffer_in(w->arena, 512);
	struct jsonout j = jsonout_to(&b);

	begin(w, &j, arena_printf(w->arena, "ticket.%s", e->kind));
	jsonout_name(&j, "ticket");
	jsonout_record(&j);
	jsonout_member(&j, "reference", t->reference);
	jsonout_member_id(&j, "organisation", t->org);
	jsonout_member(&j, "kind", t->kind);
	jsonout_member(&j, "service", t->service);
	jsonout_member(&j, "status", ticket_status_name(t->status));
	jsonout_member_whole(&j, "priority", t->priority);
	jsonout_member(&j, "channel", t->channel);
	party(&j, "team", t->team);
	party(&j, "assignee", t->assignee);
	jsonout_member_instant(&j, "created", t->created);
	jsonout_member_instant(&j, "updated", t->updated);
	jsonout_end(&j);
	jsonout_name(&j, "event");
	jsonout_record(&j);
	jsonout_member_whole(&j, "seq", e->seq);
	jsonout_member_instant(&j, "at", e->at);
	jsonout_member(&j, "kind", e->kind);
	jsonout_member(&j, "by", actor_kind_name(e->actor_kind));
	jsonout_member_truth(&j, "public", e->public);
	jsonout_end(&j);
	jsonout_end(&j);
	jsonout_end(&j);
	return buffer_text(&b);
}

const char *
telling_message_test(struct work *w, const struct webhook *h)
{
	struct buffer b = buffer_in(w->arena, 256);
	struct jsonout j = jsonout_to(&b);

	begin(w, &j, "webhook.test");
	jsonout_member(&j, "webhook", h->name);
	jsonout_end(&j);
	jsonout_end(&j);
	return buffer_text(&b);
}
