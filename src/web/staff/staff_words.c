/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/staff_words.h"

#include "rule/promise.h"
#include "web/say.h"

#include <string.h>

enum { SOON = 3600 };

static const struct {
	enum word word;
	const char *class;
} statuses[] = {
	[TICKET_NEW] = {WORD_staff_status_new, "tag"},
	[TICKET_OPEN] = {WORD_staff_status_open, "tag tag-active"},
	[TICKET_WAITING] = {WORD_staff_status_waiting, "tag tag-paused"},
	[TICKET_RESOLVED] = {WORD_staff_status_resolved, "tag tag-good"},
	[TICKET_CLOSED] = {WORD_staff_status_closed, "tag tag-done"},
	[TICKET_CANCELLED] = {WORD_staff_status_cancelled, "tag tag-done"},
	[TICKET_STATUS_COUNT] = {WORD_NONE, "tag"},
};

enum word
staff_words_status(enum ticket_status s)
{
	return statuses[s].word;
}

const char *
staff_words_status_class(enum ticket_status s)
{
	return statuses[s].class;
}

enum word
staff_words_priority(int64_t priority)
{
	static const enum word words[] = {WORD_staff_priority_none, WORD_staff_priority_1,
		WORD_staff_priority_2, WORD_staff_priority_3, WORD_staff_priority_4};

	return words[priority >= 1 && priority <= 4 ? priority : 0];
}

enum word
staff_words_channel(enum channel c)
{
	static const enum word words[] = {
		[CHANNEL_WEB] = WORD_staff_channel_web,
		[CHANNEL_EMAIL] = WORD_staff_channel_email,
		[CHANNEL_CALL] = WORD_staff_channel_call,
		[CHANNEL_VISIT] = WORD_staff_channel_visit,
		[CHANNEL_LETTER] = WORD_staff_channel_letter,
		[CHANNEL_API] = WORD_staff_channel_api,
		[CHANNEL_OPEN311] = WORD_staff_channel_open311,
		[CHANNEL_IMPORT] = WORD_staff_channel_import,
		[CHANNEL_FIELD] = WORD_staff_channel_field,
		[CHANNEL_COUNT] = WORD_NONE,
	};

	return words[c];
}

enum word
staff_words_role(enum role r)
{
	static const enum word words[] = {
		[ROLE_APPRENTICE] = WORD_staff_role_apprentice,
		[ROLE_ANALYST] = WORD_staff_role_analyst,
		[ROLE_SPECIALIST] = WORD_staff_role_specialist,
		[ROLE_LEADER] = WORD_staff_role_leader,
		[ROLE_SERVICE_OWNER] = WORD_staff_role_service_owner,
		[ROLE_SUPPLIER] = WORD_staff_role_supplier,
		[ROLE_PARTNER] = WORD_staff_role_partner,
		[ROLE_FIELD_OFFICER] = WORD_staff_role_field_officer,
		[ROLE_COUNTER_OFFICER] = WORD_staff_role_counter_officer,
		[ROLE_HUB_CALLER] = WORD_staff_role_hub_caller,
		[ROLE_VOLUNTEER_COORDINATOR] = WORD_staff_role_volunteer_coordinator,
		[ROLE_MANAGER] = WORD_staff_role_manager,
		[ROLE_CABINET_MEMBER] = WORD_staff_role_cabinet_member,
		[ROLE_GOVERNANCE_OFFICER] = WORD_staff_role_governance_officer,
		[ROLE_ADMINISTRATOR] = WORD_staff_role_administrator,
		[ROLE_SYSTEM] = WORD_staff_role_system,
		[ROLE_CUSTOMER] = WORD_staff_role_customer,
		[ROLE_LOCAL] = WORD_NONE,
		[ROLE_COUNT] = WORD_NONE,
	};

	return words[r];
}

const char *
staff_words_role_text(struct work *w, enum role r, const char *label)
{
	if (r == ROLE_LOCAL || r == ROLE_COUNT)
		return label ? label : "";
	return words_text(w->arena, w->words, staff_words_role(r), NULL);
}

const char *
staff_words_subject(const struct ticket *t)
{
	size_t n = strlen(t->service_name);

	if (!ticket_shows(t, DETAIL_SUBJECT))
		return t->service_name;
	if (n == 0 || strncmp(t->subject, t->service_name, n) != 0 ||
		strncmp(t->subject + n, ": ", 2) != 0)
		return t->subject;
	return t->subject + n + 2;
}

static struct staff_due
due_word(struct work *w, enum word word, const char *class)
{
	return (struct staff_due){
		.text = say(w, word),
		.class = class,
	};
}

struct staff_due
staff_words_due(struct work *w, const struct zone *z, const struct ticket *t)
{
	struct staff_due d;

	if (!ticket_is_open(t->status))
		return (struct staff_due){.text = ""};
	switch (promise_place(t->due)) {
	case PROMISE_PLACE_PAUSED:
		return due_word(w, WORD_staff_due_paused, "tag tag-paused");
	case PROMISE_PLACE_NONE: return due_word(w, WORD_staff_due_none, "tag tag-plain");
	case PROMISE_PLACE_INSTANT: break;
	}
	d = (struct staff_due){
		.at = moment_by(w, z, t->due),
		.broken = t->due < w->now,
		.class = t->due - w->now < SOON ? "tag tag-warn" : "tag tag-plain",
	};
	if (d.broken)
		d.class = "tag tag-bad";
	d.text = words_text(w->arena, w->words,
		d.broken ? WORD_staff_due_broken : WORD_staff_due_in,
		words_values(
			word_value("since", d.at.brief), word_value("when", d.at.near)));
	return d;
}

const char *
staff_words_hours(struct work *w, int64_t seconds)
{
	int64_t minutes = (seconds < 0 ? -seconds : seconds) / 60;
	struct buffer out = buffer_in(w->arena, 64);

	if (minutes >= 60)
		words_say(&out, w->words, WORD_time_hours,
			words_values(word_value("count", minutes / 60)));
	if (minutes >= 60 && minutes % 60 > 0)
		buffer_char(&out, ' ');
	if (minutes < 60 || minutes % 60 > 0)
		words_say(&out, w->words, WORD_time_minutes,
			words_values(word_value("count", minutes % 60)));
	return buffer_text(&out);
}

const char *
staff_words_count(struct work *w, int64_t n, int64_t most)
{
	const char *number = words_number(w->arena, n > most ? most : n);

	return n > most ? arena_printf(w->arena, "%s+", number) : number;
}

const char *
staff_words_wait(struct work *w, int64_t since)
{
	static const struct {
		int64_t unit;
		enum word word;
	} units[] = {{86400, WORD_time_days}, {3600, WORD_time_hours},
		{60, WORD_time_minutes}};
	int64_t length = w->now - since;

	if (since == 0)
		return NULL;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (length >= units[i].unit || units[i].unit == 60)
			return words_text(w->arena, w->words, units[i].word,
				words_values(
					word_value("count", length / units[i].unit)));
	return NULL;
}
