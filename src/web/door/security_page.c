/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/security_page.h"

#include "desk/sign_in.h"
#include "store/passkey_row.h"
#include "store/second_factor.h"
#include "store/session.h"
#include "views.h"
#include "web/door/browser_name.h"
#include "web/door/door_page.h"
#include "web/door/passkey_page.h"
#include "web/frame.h"
#include "web/moment.h"
#include "web/say.h"

#include <string.h>

/* How they signed in, in words. */
static const char *
way_in_words(struct work *w, const char *way)
{
	enum word word = words_find(arena_printf(w->arena, "way.%s", way));

	return say(w, word == WORD_NONE ? WORD_way_other : word);
}

struct door_sessions
security_page_rows(struct work *w, bool *others)
{
	const struct zone *z = moment_zone(w, w->actor->org);
	struct session_list list;
	struct door_session *at;

	session_list(w, w->actor->person, &list);
	at = arena_array(w->arena, (size_t)list.count, sizeof *at);
	*others = false;
	for (int i = 0; i < list.count; i++) {
		const struct session_row *s = &list.at[i];
		const char *name = browser_name(w->arena, s->agent);
		struct moment seen = moment_at(w, z, s->seen);

		*others = *others || !s->here;
		at[i] = (struct door_session){
			.handle = s->handle,
			.name = name ? name : say(w, WORD_sessions_unknown),
			.way = way_in_words(w, s->way),
			.peer = s->peer,
			.seen = seen.near,
			.exact = seen.exact,
			.iso = seen.iso,
			.here = s->here,
		};
	}
	return (struct door_sessions){at, list.count};
}

static void
show_passkeys(struct work *w, struct security_view *v)
{
	const struct zone *z = moment_zone(w, w->actor->org);
	struct part_passkey *add = passkey_page_part(w, &v->page, "register", NULL);
	struct part_input *name = arena_alloc(w->arena, sizeof *name);
	struct passkey_list list;
	struct door_passkey *at;

	passkey_row_list(w, w->actor->person, &list);
	at = arena_array(w->arena, (size_t)list.count, sizeof *at);
	for (int i = 0; i < list.count; i++)
		at[i] = (struct door_passkey){
			.id = list.at[i].id,
			.name = list.at[i].name,
			.created = words_date(w->arena, w->words,
				moment_date(z, list.at[i].created), DATE_LONG),
			.used = list.at[i].used ? moment_at(w, z, list.at[i].used).near
						: say(w, WORD_passkey_never),
		};
	v->passkeys = (struct door_passkeys){at, list.count};
	*name = (struct part_input){
		.kind = PART_TEXT,
		.id = "passkey-name",
		.name = "name",
		.label = say(w, WORD_passkey_name),
		.hint = say(w, WORD_passkey_name_hint),
		.class = "govuk-input--width-20",
		.autocomplete = "off",
	};
	add->name = name;
	v->add = list.count < PASSKEY_MOST ? add : NULL;
}

enum outcome
security_page_show(struct work *w, const struct request *q, struct reply *r)
{
	int64_t person = w->actor->person;
	struct security_view v = {.desk = NULL};
	struct session_list sessions;
	struct totp_row totp;
	struct account a;

	if (account_of(w, person, &a) != DONE)
		return MISSING;
	frame_page(w, q, &v.page, WORD_security_title, SECTION_ACCOUNT);
	session_list(w, person, &sessions);
	v.must_enrol = w->session && w->session->must_enrol;
	v.may_forget = !account_must_enrol(w, person);
	v.has_password = *a.password != 0;
	v.has_app = second_factor_totp(w, person, &totp) == DONE && totp.confirmed;
	v.has_second = second_factor_has(w, person);
	v.codes = (int)second_factor_codes_left(w, person);
	v.sessions = sessions.count;
	v.desk = access_is_staff(w->actor) ? "/staff/me" : NULL;
	show_passkeys(w, &v);
	view_security(&r->body, w->words, &v);
	return DONE;
}

enum outcome
security_page_sessions(struct work *w, const struct request *q, struct reply *r)
{
	struct door_sessions_view v;

	frame_page(w, q, &v.page, WORD_sessions_title, SECTION_ACCOUNT);
	v.sessions = security_page_rows(w, &v.others);
	view_door_sessions(&r->body, w->words, &v);
	return DONE;
}

enum outcome
security_page_end(struct work *w, const struct request *q, struct reply *r)
{
	struct account a;

	if (account_of(w, w->actor->person, &a) != DONE)
		return MISSING;
	if (*form_text(q, "all")) {
		session_end_others(w, a.person);
		sign_in_audit(w, &a, "session.end", "which=others");
	} else if (session_end_one(w, a.person, form_text(q, "session"))) {
		sign_in_audit(w, &a, "session.end", "which=one");
	}
	return reply_return_to(r, form_text(q, "next"), "/account/sessions");
}
