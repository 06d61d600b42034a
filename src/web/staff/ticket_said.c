/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/ticket_said.h"

#include "format/words.h"
#include "store/contact.h"
#include "web/say.h"
#include "web/staff/ticket_clocks.h"

#include <stdlib.h>
#include <string.h>

/* How a kind of event is told. The first rule that fits wins. */
struct telling {
	const char *kind;
	const char *fact, *value; /* only when the event says so; value NULL: says it */
	enum word sentence;
	const char *class;
};

static const struct telling tellings[] = {
	{"received", "by", NULL, WORD_said_received_by, "message"},
	{"received", "channel", NULL, WORD_said_received, "message"},
	{"acknowledged", NULL, NULL, WORD_said_acknowledged, "change"},
	{"message", NULL, NULL, WORD_said_message, "message"},
	{"automatic", NULL, NULL, WORD_said_automatic, "note"},
	{"reply", NULL, NULL, WORD_said_reply, "message-out"},
	{"called", NULL, NULL, WORD_said_called, "message-out"},
	{"note", NULL, NULL, WORD_said_note, "note"},
	{"claimed", NULL, NULL, WORD_said_claimed, "change"},
	{"assigned", "why", "desk", WORD_said_assigned_desk, "change"},
	{"assigned", "to", "", WORD_said_unassigned, "change"},
	{"assigned", NULL, NULL, WORD_said_assigned, "change"},
	{"unplaced", NULL, NULL, WORD_said_unplaced, "change"},
	{"looped", NULL, NULL, WORD_said_looped, "change"},
	{"moved", "why", "refused", WORD_said_refused, "note"},
	{"moved", NULL, NULL, WORD_said_moved, "change"},
	{"priority", NULL, NULL, WORD_said_priority, "note"},
	{"extended", NULL, NULL, WORD_said_extended, "change"},
	{"waiting", NULL, NULL, WORD_said_waiting, "change"},
	{"resumed", "why", "message", WORD_said_resumed_message, "change"},
	{"resumed", "why", "chase", WORD_said_resumed_chase, "change"},
	{"resumed", "why", "review", WORD_said_resumed_review, "change"},
	{"resumed", NULL, NULL, WORD_said_resumed, "change"},
	{"promised", NULL, NULL, WORD_said_promised, "change"},
	{"reminded", NULL, NULL, WORD_said_reminded, "change"},
	{"calendar", "told", NULL, WORD_said_closure_told, "note"},
	{"calendar", "date", NULL, WORD_said_closure, "note"},
	{"calendar", NULL, NULL, WORD_said_calendar, "change"},
	{"amended", NULL, NULL, WORD_said_amended, "note"},
	{"escalated", "late", NULL, WORD_said_escalated_late, "change"},
	{"escalated", "told", "", WORD_said_escalated, "change"},
	{"escalated", NULL, NULL, WORD_said_escalated_told, "change"},
	{"breached", NULL, NULL, WORD_said_breached, "change"},
	{"resolved", NULL, NULL, WORD_said_resolved, "message-out"},
	{"reopened", "why", "message", WORD_said_reopened_message, "change"},
	{"reopened", NULL, NULL, WORD_said_reopened, "note"},
	{"closed", "made_sla", "true", WORD_said_closed_made, "change"},
	{"closed", "made_sla", "false", WORD_said_closed_missed, "change"},
	{"closed", NULL, NULL, WORD_said_closed, "change"},
	{"cancelled", NULL, NULL, WORD_said_cancelled, "change"},
	{"scored", NULL, NULL, WORD_said_scored, "message"},
	{"imported", NULL, NULL, WORD_said_imported, "change"},
};

static const struct telling otherwise = {NULL, NULL, NULL, WORD_said_otherwise, "change"};

static bool
fits(const struct telling *t, const struct event *e)
{
	const char *value;

	if (strcmp(t->kind, e->kind) != 0)
		return false;
	if (!t->fact)
		return true;
	value = pairs_get(&e->data, t->fact);
	return t->value ? strcmp(value ? value : "", t->value) == 0 : value != NULL;
}

static const struct telling *
telling_of(const struct event *e)
{
	for (size_t i = 0; i < sizeof tellings / sizeof *tellings; i++)
		if (fits(&tellings[i], e))
			return &tellings[i];
	return &otherwise;
}

static const char *
who(struct work *w, const struct event *e)
{
	if (e->actor_name && *e->actor_name)
		return e->actor_name;
	return say(w, e->actor_kind == ACTOR_CUSTOMER ? WORD_said_somebody
						      : WORD_said_the_desk);
}

/* "percent 75", "offset -1800" */
static const char *
step(struct work *w, const char *key)
{
	const char *number = strchr(key, ' ');
	int64_t amount = number ? strtoll(number, NULL, 10) : 0;

	if (strncmp(key, "percent", strlen("percent")) == 0)
		return words_text(w->arena, w->words, WORD_said_step_percent,
			words_values(word_value("percent", amount)));
	return words_text(w->arena, w->words,
		amount < 0 ? WORD_said_step_before : WORD_said_step_after,
		words_values(word_value("time",
			strncmp(key, "days", strlen("days")) == 0
				? ticket_clocks_target(w, CLOCK_DAYS, llabs(amount))
				: staff_words_hours(w, llabs(amount)))));
}

static bool
is_instant(const struct event *e, const char *name)
{
	static const char *const all[][2] = {{"promised", "by"}, {"amended", "was"},
		{"amended", "to"}, {"escalated", "due"}, {"breached", "due"}};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(e->kind, all[i][0]) == 0 && strcmp(name, all[i][1]) == 0)
			return true;
	return false;
}

/* A fact of the event as it is told: priorities and channels by name. */
static const char *
fact(struct work *w, const struct event *e, const char *name)
{
	const char *value = pairs_get(&e->data, name);

	if (!value)
		return "";
	if (strcmp(e->kind, "priority") == 0)
		return say(w, staff_words_priority(strtoll(value, NULL, 10)));
	if (strcmp(name, "channel") == 0)
		return say(w, staff_words_channel(contact_channel_named(value)));
	if (strcmp(name, "clock") == 0)
		return say(w, ticket_clocks_kind(value));
	if (strcmp(name, "step") == 0)
		return step(w, value);
	if (strcmp(e->kind, "extended") == 0 && strcmp(name, "resolution") == 0)
		return ticket_clocks_target(w,
			clock_unit_read(pairs_get(&e->data, "unit")),
			strtoll(value, NULL, 10));
	if (strcmp(name, "due") == 0 && is_instant(e, name))
		return moment_by(
			w, moment_zone(w, w->actor->org), strtoll(value, NULL, 10))
			.exact;
	if (is_instant(e, name))
		return moment_at(
			w, moment_zone(w, w->actor->org), strtoll(value, NULL, 10))
			.exact;
	return value;
}

const char *
ticket_said_sentence(struct work *w, const struct event *e)
{
	return words_text(w->arena, w->words, telling_of(e)->sentence,
		words_values(word_value("who", who(w, e)),
			word_value("from", fact(w, e, "from")),
			word_value("to", fact(w, e, "to")),
			word_value("channel", fact(w, e, "channel")),
			word_value("by", fact(w, e, "by")),
			word_value("team", fact(w, e, "team")),
			word_value("score", fact(w, e, "score")),
			word_value("was", fact(w, e, "was")),
			word_value("due", fact(w, e, "due")),
			word_value("date", fact(w, e, "date")),
			word_value("approver", fact(w, e, "approved_by")),
			word_value("n", fact(w, e, "amends")),
			word_value("clock", fact(w, e, "clock")),
			word_value("step", fact(w, e, "step")),
			word_value("told", fact(w, e, "told")),
			word_value("resolution", fact(w, e, "resolution")),
			word_value("kind", e->kind)));
}

const char *
ticket_said_size(struct work *w, int64_t bytes)
{
	int64_t kilobytes = (bytes + 1023) / 1024;

	if (kilobytes < 1024)
		return words_text(w->arena, w->words, WORD_said_kilobytes,
			words_values(word_value("n", kilobytes)));
	return words_text(w->arena, w->words, WORD_said_megabytes,
		words_values(word_value(
			"n", arena_printf(w->arena, "%.1f", (double)kilobytes / 1024))));
}

static struct ticket_files
files_of(struct work *w, int64_t seq, const struct attachment_list *all)
{
	struct ticket_file *at = arena_array(w->arena, (size_t)all->count, sizeof *at);
	struct ticket_files files = {at, 0};

	for (int i = 0; i < all->count; i++)
		if (all->at[i].seq == seq)
			at[files.count++] = (struct ticket_file){
				.id = all->at[i].id,
				.filename = all->at[i].filename,
				.size = ticket_said_size(w, all->at[i].size),
			};
	return files;
}

struct ticket_saids
ticket_said_all(struct work *w, const struct zone *z, const struct event_list *events,
	const struct attachment_list *files)
{
	struct ticket_said *at = arena_array(w->arena, (size_t)events->count, sizeof *at);

	for (int i = 0; i < events->count; i++) {
		const struct event *e = &events->at[i];
		bool words = e->body && *e->body;

		at[i] = (struct ticket_said){
			.seq = e->seq,
			.class = telling_of(e)->class,
			.sentence = ticket_said_sentence(w, e),
			.body = e->html ? "" : e->body,
			.html = html_sanitised(e->html),
			.marked = e->html != NULL,
			.audience = !words	? WORD_NONE
				    : e->public ? WORD_said_public
						: WORD_said_internal,
			.internal = words && !e->public,
			.at = moment_at(w, z, e->at),
			.files = files_of(w, e->seq, files),
		};
	}
	return (struct ticket_saids){at, events->count};
}
