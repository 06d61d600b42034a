/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/sharing_form.h"

#include "desk/agreement.h"
#include "store/service.h"
#include "store/team.h"
#include "web/moment.h"
#include "web/say.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *
word_of(struct work *w, const char *kind, const char *key)
{
	return say(w, words_find(arena_printf(w->arena, "sharing.%s.%s", kind, key)));
}

static void
join(struct buffer *b, const char *text)
{
	buffer_text_add(b, b->len ? ", " : "");
	buffer_text_add(b, text);
}

const char *
sharing_form_details(struct work *w, unsigned details)
{
	struct buffer b = buffer_in(w->arena, 64);

	for (enum detail d = 0; d < DETAIL_COUNT; d++)
		if (details >> d & 1)
			join(&b, word_of(w, "detail", access_detail_name(d)));
	return b.len ? buffer_text(&b) : say(w, WORD_sharing_detail_none);
}

const char *
sharing_form_rights(struct work *w, uint64_t rights)
{
	struct buffer b = buffer_in(w->arena, 64);

	for (enum right r = RIGHT_NONE + 1; r < RIGHT_COUNT; r++)
		if (rights & RIGHT_BIT(r))
			join(&b, word_of(w, "right", access_right_name(r)));
	return buffer_text(&b);
}

const char *
sharing_form_services(struct work *w, const struct sharing *s)
{
	struct buffer b = buffer_in(w->arena, 128);
	struct bytes rest = bytes_of(s->services);

	while (rest.len > 0) {
		struct bytes code = bytes_cut(&rest, ' ');
		const char *text = arena_text(w->arena, code.at, code.len);
		struct service found;

		join(&b, service_find(w, s->org, text, &found) == DONE ? found.name
								       : text);
	}
	return buffer_text(&b);
}

const char *
sharing_form_basis(struct work *w, const char *key)
{
	return word_of(w, "basis", key);
}

/* The first instant of a date, or 0 with a problem. */
static int64_t
read_day(struct work *w, const struct request *q, const char *field, bool behind)
{
	int64_t from, to;
	struct date d;

	if (!times_parse_date(bytes_of(form_text(q, field)), &d) ||
		!zone_day_ends(
			moment_zone(w, w->actor->org), times_days(d), &from, &to)) {
		(void)work_problem(w, field, "problem.sharing.day");
		return 0;
	}
	return behind ? to : from;
}

/* All that were ticked, with blanks between. */
static const char *
ticked(struct work *w, const struct request *q, const char *name)
{
	struct buffer b = buffer_in(w->arena, 64);

	for (int i = 0; i < q->form.count; i++) {
		const char *value = q->form.at[i].value;

		if (strcmp(q->form.at[i].name, name) != 0 || strchr(value, ' '))
			continue;
		buffer_text_add(&b, b.len ? " " : "");
		buffer_text_add(&b, value);
	}
	return buffer_text(&b);
}

static unsigned
ticked_details(struct work *w, const struct request *q)
{
	struct bytes rest = bytes_of(ticked(w, q, "details"));
	unsigned details = 0;

	while (rest.len > 0) {
		struct bytes word = bytes_cut(&rest, ' ');
		enum detail d = access_detail_named(
			arena_text(w->arena, word.at, word.len));

		details |= d == DETAIL_COUNT ? 0 : 1u << d;
	}
	return details;
}

void
sharing_form_read(struct work *w, const struct request *q, struct sharing *s)
{
	s->org = w->actor->org;
	s->name = form_text(q, "name");
	s->taker = form_int(q, "taker");
	s->team = form_int(q, "team");
	s->purpose = form_text(q, "purpose");
	s->basis = form_text(q, "basis");
	s->services = ticked(w, q, "services");
	s->details = ticked_details(w, q);
	s->rights = access_rights_of(ticked(w, q, "rights"));
	s->restricted = *form_text(q, "restricted") != 0;
	s->starts = read_day(w, q, "starts", false);
	s->ends = read_day(w, q, "ends", true);
	s->signed_for_org = form_text(q, "signed_for_org");
	s->signed_for_taker = form_text(q, "signed_for_taker");
	s->note = form_text(q, "note");
}

static void
ask_text(struct work *w, struct ledger_form *f, const char *name, enum word label,
	const char *value)
{
	ledger_input(w, f, name, label)->value = value ? value : "";
}

static void
ask_area(struct work *w, struct ledger_form *f, const char *name, enum word label,
	const char *value)
{
	struct part_input *input = ledger_input(w, f, name, label);

	input->kind = PART_AREA;
	input->rows = 3;
	input->value = value ? value : "";
}

static void
ask_day(struct work *w, struct ledger_form *f, const char *name, enum word label,
	int64_t instant)
{
	struct part_input *input = ledger_input(w, f, name, label);
	struct date d = moment_date(moment_zone(w, w->actor->org), instant);

	input->type = "date";
	input->class = "govuk-input--width-10";
	if (instant > 0)
		input->value = arena_printf(
			w->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* Which other body, and which team of one if not all its staff. */
static void
ask_parties(struct work *w, struct ledger_form *f, const struct sharing *s)
{
	struct part_input *taker = ledger_input(w, f, "taker", WORD_sharing_taker);
	struct part_input *team;
	struct organisation_list orgs;
	struct part_choice *at;
	int count = 0, teams = 1;

	team_organisations(w, &orgs);
	taker->kind = PART_SELECT;
	at = ledger_choices(w, taker, orgs.count);
	for (int i = 0; i < orgs.count; i++)
		if (orgs.at[i].id != s->org)
			at[count++] = (struct part_choice){
				.value = arena_printf(
					w->arena, "%" PRId64, orgs.at[i].id),
				.label = orgs.at[i].name,
				.chosen = orgs.at[i].id == s->taker,
			};
	taker->choices.count = count;
	team = ledger_input(w, f, "team", WORD_sharing_team);
	team->kind = PART_SELECT;
	team->hint = say(w, WORD_sharing_team_hint);
	at = ledger_choices(w, team, 1000);
	at[0] = (struct part_choice){
		.value = "0", .label = say(w, WORD_sharing_team_any)};
	for (int i = 0; i < orgs.count; i++) {
		struct team_list list = {.count = 0};

		if (orgs.at[i].id != s->org)
			team_list(w, orgs.at[i].id, &list);
		for (int t = 0; t < list.count && teams < 1000; t++)
			at[teams++] = (struct part_choice){
				.value = arena_printf(
					w->arena, "%" PRId64, list.at[t].id),
				.label = arena_printf(w->arena, "%s: %s", orgs.at[i].name,
					list.at[t].name),
				.chosen = list.at[t].id == s->team,
			};
	}
	team->choices.count = teams;
}

static bool
names(const char *words, const char *word)
{
	struct bytes rest = bytes_of(words ? words : "");
	size_t n = strlen(word);

	while (rest.len > 0) {
		struct bytes one = bytes_cut(&rest, ' ');

		if (one.len == n && memcmp(one.at, word, n) == 0)
			return true;
	}
	return false;
}

static void
ask_services(struct work *w, struct ledger_form *f, const struct sharing *s)
{
	struct part_input *input = ledger_input(w, f, "services", WORD_sharing_services);
	struct service_list list;
	struct part_choice *at;

	service_list(w, s->org, &list);
	input->kind = PART_CHECKBOXES;
	input->small = true;
	at = ledger_choices(w, input, list.count);
	for (int i = 0; i < list.count; i++)
		at[i] = (struct part_choice){
			.value = list.at[i].code,
			.label = list.at[i].restricted
					 ? words_text(w->arena, w->words,
						   WORD_sharing_service_restricted,
						   words_values(word_value(
							   "name", list.at[i].name)))
					 : list.at[i].name,
			.chosen = names(s->services, list.at[i].code),
		};
}

static void
ask_what(struct work *w, struct ledger_form *f, const struct sharing *s)
{
	struct part_input *details = ledger_input(w, f, "details", WORD_sharing_details);
	struct part_input *rights, *restricted;
	struct part_choice *at = ledger_choices(w, details, DETAIL_COUNT);
	int count = 0;

	details->kind = PART_CHECKBOXES;
	details->small = true;
	details->hint = say(w, WORD_sharing_details_hint);
	for (enum detail d = 0; d < DETAIL_COUNT; d++)
		at[d] = (struct part_choice){
			.value = access_detail_name(d),
			.label = word_of(w, "detail", access_detail_name(d)),
			.chosen = s->details >> d & 1,
		};
	rights = ledger_input(w, f, "rights", WORD_sharing_rights);
	rights->kind = PART_CHECKBOXES;
	rights->small = true;
	at = ledger_choices(w, rights, RIGHT_COUNT);
	for (enum right r = RIGHT_SEE + 1; r < RIGHT_COUNT; r++)
		if (sharing_grantable() & RIGHT_BIT(r))
			at[count++] = (struct part_choice){
				.value = access_right_name(r),
				.label = word_of(w, "right", access_right_name(r)),
				.chosen = (s->rights & RIGHT_BIT(r)) != 0,
			};
	rights->choices.count = count;
	restricted = ledger_input(w, f, "restricted", WORD_sharing_restricted);
	restricted->kind = PART_CHECKBOXES;
	restricted->small = true;
	at = ledger_choices(w, restricted, 1);
	at[0] = (struct part_choice){
		.value = "yes",
		.label = say(w, WORD_sharing_restricted_yes),
		.chosen = s->restricted,
	};
}

void
sharing_form_ask(struct work *w, struct ledger_view *v, struct ledger_form *f,
	const struct sharing *s)
{
	struct part_input *basis;
	struct part_choice *at;
	int count = 0;

	(void)v;
	ask_text(w, f, "name", WORD_sharing_name, s->name);
	ask_parties(w, f, s);
	ask_area(w, f, "purpose", WORD_sharing_purpose, s->purpose);
	basis = ledger_input(w, f, "basis", WORD_sharing_basis);
	basis->kind = PART_SELECT;
	while (agreement_bases[count])
		count++;
	at = ledger_choices(w, basis, count);
	for (int i = 0; i < count; i++)
		at[i] = (struct part_choice){
			.value = agreement_bases[i],
			.label = sharing_form_basis(w, agreement_bases[i]),
			.chosen = s->basis && strcmp(s->basis, agreement_bases[i]) == 0,
		};
	ask_services(w, f, s);
	ask_what(w, f, s);
	ask_day(w, f, "starts", WORD_sharing_starts, s->starts);
	ask_day(w, f, "ends", WORD_sharing_ends, s->ends > 0 ? s->ends - 1 : 0);
	ask_text(w, f, "signed_for_org", WORD_sharing_signed_for_org, s->signed_for_org);
	ask_text(w, f, "signed_for_taker", WORD_sharing_signed_for_taker,
		s->signed_for_taker);
	if (s->id)
		ask_area(w, f, "note", WORD_sharing_note, s->note);
}
