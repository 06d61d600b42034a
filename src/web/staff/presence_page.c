/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/presence_page.h"

#include "desk/attend.h"
#include "format/words.h"
#include "store/team.h"
#include "web/moment.h"
#include "web/say.h"

static const struct {
	enum presence_state state;
	enum word text, sentence;
} states[] = {
	{PRESENCE_HERE, WORD_presence_here, WORD_presence_here_until},
	{PRESENCE_BUSY, WORD_presence_busy, WORD_presence_busy_until},
	{PRESENCE_AWAY, WORD_presence_away, WORD_presence_away_until},
};
enum { STATES = sizeof states / sizeof *states };

struct presence_switch
presence_page_switch(struct work *w)
{
	struct presence p = presence_of(w, w->actor->person);
	struct presence_choice *at = arena_array(w->arena, STATES, sizeof *at);
	struct presence_switch s = {.choices = {at, STATES}};
	struct team_list teams;

	team_of_person(w, w->actor->org, w->actor->person, &teams);
	for (int i = 0; i < teams.count; i++)
		s.offered = s.offered || teams.at[i].push;
	s.now = say(w, WORD_presence_unknown_now);
	for (int i = 0; i < STATES; i++) {
		at[i] = (struct presence_choice){presence_name(states[i].state),
			states[i].text, states[i].state == p.state};
		if (at[i].chosen)
			s.now = words_text(w->arena, w->words, states[i].sentence,
				words_values(word_value("time",
					moment_at(
						w, moment_zone(w, w->actor->org), p.until)
						.brief)));
	}
	return s;
}

enum outcome
presence_page_set(struct work *w, const struct request *q, struct reply *r)
{
	enum presence_state state = presence_named(form_text(q, "state"));

	if (state != PRESENCE_UNKNOWN)
		attend(w, state);
	return reply_see_other(r, "/staff/me");
}
