/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/question.h"

#include "format/words.h"
#include "rule/form.h"
#include "store/account.h"
#include "store/attachment.h"
#include "store/contact.h"
#include "testing.h"
#include "testing_catalogue.h"
#include "testing_desk.h"
#include "testing_html.h"
#include "testing_page.h"

#include <string.h>

#define PNG "\x89PNG\r\n\x1A\n and so on"

static const struct testing_file picture = {
	.filename = "C:\\photos\\hole.png",
	.data = {(const unsigned char *)PNG, sizeof PNG - 1},
};

static const struct testing_file program = {
	.filename = "hole.png",
	.data = {(const unsigned char *)"MZ\0\0", 4},
};

/* --- walking through any form ------------------------------------------------------ */

/* What a form sends for a right answer to each type; NAME is the field's name. */
static const char *const fitting[FIELD_TYPES] = {
	[FIELD_POINT] = "NAME-place=Outside+12+Elm+Road",
	[FIELD_ADDRESS] = "NAME-line1=1+High+Street&NAME-line2=&NAME-town=Southmere"
			  "&NAME-postcode=ss2+6er",
	[FIELD_UPRN] = "NAME-line1=1+High+Street&NAME-postcode=SS26ER&NAME=",
	[FIELD_TEXT] = "NAME=some+words",
	[FIELD_LONG] = "NAME=more+words%0D%0Aon+two+lines",
	[FIELD_DATE] = "NAME-day=2&NAME-month=3&NAME-year=2026",
	[FIELD_DATETIME] = "NAME-day=2&NAME-month=March&NAME-year=2026&NAME-time=2.30pm",
	[FIELD_NUMBER] = "NAME=3",
	[FIELD_MONEY] = "NAME=%C2%A39.50",
	[FIELD_PHONE] = "NAME=0161+496+0000",
	[FIELD_EMAIL] = "NAME=bob%40example.org",
	[FIELD_NAME] = "NAME=Bob+Lee",
	[FIELD_YESNO] = "NAME=no",
	[FIELD_REG] = "NAME=ab12+cde",
	[FIELD_NINO] = "NAME=ab+12+34+56+c",
	[FIELD_DOB] = "NAME-day=1&NAME-month=1&NAME-year=1970",
	[FIELD_DECL] = "NAME=yes",
	[FIELD_FILE] = "NAME-remove=99",
};

static void
add_named(struct buffer *b, const char *pattern, const char *name)
{
	const char *at;

	while ((at = strstr(pattern, "NAME"))) {
		buffer_add(b, pattern, (size_t)(at - pattern));
		buffer_text_add(b, name);
		pattern = at + 4;
	}
	buffer_text_add(b, pattern);
}

/* Everything that the page asks, answered from the names of its inputs alone, as somebody
 * would who sees only the page. */
static const char *
answers_to(const struct form *form, const char *page)
{
	struct html_tokens tokens = testing_html(testing_arena(), page);
	struct buffer b = buffer_in(testing_arena(), 0);
	const char *last = "";

	for (int i = 0; i < tokens.count; i++) {
		const struct html_token *t = &tokens.at[i];
		const char *name = NULL, *value = NULL;

		for (int k = 0; t->kind == HTML_START && k < t->attribute_count; k++) {
			if (strcmp(t->attributes[k].name, "name") == 0)
				name = t->attributes[k].value;
			if (strcmp(t->attributes[k].name, "value") == 0)
				value = t->attributes[k].value;
		}
		(void)value;
		if (!name || strncmp(name, "contact-", 8) == 0)
			continue;
		for (int f = 0; f < form->count; f++) {
			const struct field *field = &form->fields[f];
			size_t n = strlen(field->name);

			if (strncmp(name, field->name, n) != 0 ||
				(name[n] && name[n] != '-') ||
				strcmp(last, field->name) == 0)
				continue;
			last = field->name;
			if (b.len)
				buffer_char(&b, '&');
			if (field->choice_count || field->list) {
				const char *choice = field->choice_count
							     ? field->choices[0]
							     : "anything";

				if (field->list &&
					strcmp(field->list, "service list") == 0)
					choice = value ? value : "Report fly-tipping";
				if (field->type == FIELD_MULTI && field->list)
					buffer_printf(&b, "%s-lines=", field->name);
				else
					buffer_printf(&b, "%s=", field->name);
				for (const char *c = choice; *c; c++)
					buffer_char(&b, *c == ' ' ? '+' : *c);
			} else {
				add_named(&b, fitting[field->type], field->name);
			}
		}
	}
	if (strstr(page, "name=\"contact-name\""))
		buffer_literal(&b, "contact-name=Ann+Fisher"
				   "&contact-email=ann%40example.org&contact-phone=");
	return buffer_text(&b);
}

/* The name of the page's file input, or NULL. */
static const char *
file_input(const struct form *form, const char *page)
{
	for (int i = 0; i < form->count; i++)
		if (form->fields[i].type == FIELD_FILE &&
			strstr(page,
				arena_printf(testing_arena(), "id=\"%s\" name=\"%s\"",
					form->fields[i].name, form->fields[i].name)))
			return form->fields[i].name;
	return NULL;
}

/* From the start page to the confirmation; its address. Counts the pages seen. */
static struct visit
walk(struct work *w, const struct service *s, int *pages)
{
	const char *at = arena_printf(w->arena, "/services/%s", s->code);
	struct visit page = testing_get(w, at);
	struct form_error e;
	struct form form;

	assert_true(form_parse(w->arena, s->fields, &form, &e));
	assert_int_equal(page.status, 200);
	testing_is_page(&page);
	*pages = 1;
	page = testing_post(w, arena_printf(w->arena, "%s/start", at), "");
	for (;;) {
		struct testing_file file = picture;
		const char *answers;

		if (page.status != 303)
			fail_msg("%s at %s: %s", s->code, at, page.body);
		at = page.location;
		page = testing_get(w, at);
		if (page.end != DONE || page.status != 200)
			fail_msg("%s: %s is %d", s->code, at, page.status);
		testing_is_page(&page);
		++*pages;
		assert_true(*pages < 30);
		if (strstr(at, "/sent/"))
			return page;
		answers = answers_to(&form, page.body);
		file.field = file_input(&form, page.body);
		page = testing_post_file(w, at, answers, file.field ? &file : NULL);
	}
}

static struct ticket
ticket_of(struct work *w, const char *confirmation)
{
	const char *at = strstr(confirmation, "<strong>");

	assert_non_null(at);
	return testing_ticket(w, arena_text(w->arena, at + 8, 11));
}

/* Does the ticket's contact hold a value for each field that was asked? */
static void
check_fields(struct work *w, const struct service *s, const struct ticket *t)
{
	struct pairs answers = contact_fields(w, t);
	struct form_error e;
	struct form form;

	assert_true(form_parse(w->arena, s->fields, &form, &e));
	for (int i = 0; i < form.count; i++)
		if (!pairs_get(&answers, form.fields[i].name))
			fail_msg("%s: no answer to %s", s->code, form.fields[i].name);
}

static void
every_service_of_the_catalogue_can_be_asked_for(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct service_list all = testing_catalogue(w);
	struct actor signed_in = *w->actor;

	(void)state;
	assert_int_equal(all.count, 118);
	signed_in = (struct actor){.kind = ACTOR_CUSTOMER,
		.org = SOUTHMERE,
		.person = people.ann,
		.name = "Ann"};
	account_grants(w, people.ann, SOUTHMERE, &signed_in);
	w->actor = &signed_in;
	for (int i = 0; i < all.count; i++) {
		int pages;
		struct visit sent = walk(w, &all.at[i], &pages);
		struct ticket t = ticket_of(w, sent.body);

		assert_string_equal(t.service, all.at[i].code);
		assert_int_equal(t.customer, people.ann);
		check_fields(w, &all.at[i], &t);
	}
}

static void
a_pothole_is_reported_in_eight_pages(void **state)
{
	struct work *w = testing_desk(NULL);
	struct service_list all = testing_catalogue(w);
	struct actor nobody = {.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};

	(void)state;
	w->actor = &nobody;
	for (int i = 0; i < all.count; i++) {
		int pages;

		if (strcmp(all.at[i].code, "HW-POTHOLE") != 0)
			continue;
		walk(w, &all.at[i], &pages);
		assert_int_equal(pages, 8);
		return;
	}
	fail();
}

/* --- what happens to answers ------------------------------------------------------- */

/* A resident without an account who has begun this form. */
static struct work *
begun(const char *fields)
{
	static const struct actor nobody = {
		.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};
	struct work *w = testing_desk(NULL);
	struct visit v;

	testing_service(w, "TE-ST", "anyone", fields);
	w->actor = &nobody;
	v = testing_post(w, "/services/TE-ST/start", "");
	assert_int_equal(v.status, 303);
	assert_non_null(strstr(v.cookie, "portreeve="));
	return w;
}

static const char contacts[] = "contact-name=Ann+Fisher&contact-email=ann%40example.org"
			       "&contact-phone=";

struct wrong {
	const char *fields, *sent;
	const char *says; /* the problem */
	const char *link; /* where the summary leads */
};

static const struct wrong wrongs[] = {
	{"place:point!", "place-place=", "Describe where it is", "#place-place"},
	{"place:point!", "place-place=&place=somewhere", "Enter a place as latitude",
		"#place"},
	{"place:point!", "place=40.7,-74", "Choose a place in the United Kingdom",
		"#place"},
	{"home:address!", "home-postcode=SS2+6ER", "Enter the first line of the address",
		"#home-line1"},
	{"home:address!", "home-line1=1+High+St&home-postcode=nowhere",
		"Enter a full UK postcode", "#home-postcode"},
	{"house:uprn!", "", "Enter the first line of the address", "#house-line1"},
	{"house:uprn!", "house=12x", "Enter a property reference", "#house"},
	{"shop:text!", "shop=+", "Enter shop", "#shop"},
	{"details:long!", "details=", "Enter details", "#details"},
	{"size:choice(a;b)!", "", "Select size", "#size"},
	{"size:choice(a;b)!", "size=c", "Select one of the options", "#size"},
	{"days:multi(a;b)!", "", "Select days", "#days"},
	{"seen:yesno!", "", "Select yes or no", "#seen"},
	{"date:date!", "date-day=&date-month=2&date-year=2026",
		"The date must include a day", "#date-day"},
	{"date:date!", "date-day=30&date-month=2&date-year=2026", "Enter a real date",
		"#date-day"},
	{"date:date!", "date-day=3&date-month=2&date-year=",
		"The date must include a year", "#date-year"},
	{"slot:datetime!", "slot-day=3&slot-month=2&slot-year=2026&slot-time=soon",
		"Enter a real time", "#slot-time"},
	{"dob:dob!", "dob-day=3&dob-month=2&dob-year=2036",
		"The date of birth must be today or in the past", "#dob-day"},
	{"how_many:number!", "how_many=few", "Enter a number", "#how_many"},
	{"amount:money!", "amount=1.234", "at most two digits for pence", "#amount"},
	{"phone:phone!", "phone=12", "Enter a phone number", "#phone"},
	{"email:email!", "email=ann", "Enter an email address in the correct format",
		"#email"},
	{"registration:reg!", "registration=!!", "Enter a vehicle registration number",
		"#registration"},
	{"nino:nino!", "nino=AB", "Enter a National Insurance number", "#nino"},
	{"photo:file!", "", "Upload photo", "#photo"},
};

static void
a_wrong_answer_comes_back_with_what_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
		struct work *w = begun(wrongs[i].fields);
		const char *name = arena_text(
			w->arena, wrongs[i].fields, strcspn(wrongs[i].fields, ":"));
		struct visit v = testing_post(w,
			arena_printf(w->arena, "/services/TE-ST/q/%s", name),
			wrongs[i].sent);

		if (v.end != DONE || v.status != 422)
			fail_msg("%s: %d", wrongs[i].sent, v.status);
		testing_is_page(&v);
		if (!testing_says(&v, wrongs[i].says))
			fail_msg("%s does not say: %s", wrongs[i].fields, wrongs[i].says);
		if (!strstr(v.body,
			    arena_printf(w->arena, "<a href=\"%s\">", wrongs[i].link)))
			fail_msg("%s does not lead to %s", wrongs[i].fields,
				wrongs[i].link);
		assert_non_null(strstr(v.body, "<title>Error: "));
		assert_non_null(strstr(v.body, "govuk-error-message"));
	}
}

static void
what_was_typed_is_kept_though_it_is_wrong(void **state)
{
	struct work *w = begun("date:date!|amount:money!");
	struct visit v;

	(void)state;
	testing_post(
		w, "/services/TE-ST/q/date", "date-day=31&date-month=Juni&date-year=26");
	v = testing_get(w, "/services/TE-ST/q/date");
	assert_int_equal(v.status, 200);
	assert_non_null(strstr(v.body, "value=\"31\""));
	assert_non_null(strstr(v.body, "value=\"Juni\""));
	assert_non_null(strstr(v.body, "value=\"26\""));
	v = testing_post(w, "/services/TE-ST/q/amount", "amount=about+%C2%A35");
	assert_non_null(strstr(v.body, "value=\"about £5\""));
}

static void
nothing_typed_becomes_markup(void **state)
{
	struct work *w = begun("shop:text!|details:long!|trader:text");
	static const char hostile[] = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%27";
	struct visit v;

	(void)state;
	testing_post(
		w, "/services/TE-ST/q/shop", arena_printf(w->arena, "shop=%s", hostile));
	testing_post(w, "/services/TE-ST/q/details",
		arena_printf(w->arena, "details=%s", hostile));
	testing_post(
		w, "/services/TE-ST/more", arena_printf(w->arena, "trader=%s", hostile));
	testing_post(w, "/services/TE-ST/contact",
		arena_printf(w->arena,
			"contact-name=%s&contact-email=%s&contact-phone=%s", hostile,
			hostile, hostile));
	static const char *const pages[] = {"q/shop", "q/details", "more", "contact"};
	for (size_t i = 0; i < 4; i++) {
		v = testing_get(
			w, arena_printf(w->arena, "/services/TE-ST/%s", pages[i]));
		assert_null(strstr(v.body, "<script>alert"));
		testing_is_page(&v);
		assert_true(testing_says(&v, "\"><script>alert(1)</script>'"));
	}
	testing_post(w, "/services/TE-ST/contact", contacts);
	v = testing_get(w, "/services/TE-ST/check");
	assert_null(strstr(v.body, "<script>alert"));
	assert_true(testing_says(&v, "\"><script>alert(1)</script>'"));
	v = testing_get(w, "/services?q=%22%3E%3Cscript%3Ealert(1)");
	assert_null(strstr(v.body, "<script>alert"));
}

static void
the_check_leads_to_what_is_missing(void **state)
{
	struct work *w = begun("shop:text!|size:choice(a;b)!");
	struct visit v = testing_get(w, "/services/TE-ST/check");

	(void)state;
	assert_string_equal(v.location, "/services/TE-ST/q/shop?change=1");
	testing_post(w, "/services/TE-ST/q/shop", "shop=Tesco");
	v = testing_post(w, "/services/TE-ST/check", "");
	assert_string_equal(v.location, "/services/TE-ST/q/size?change=1");
	testing_post(w, "/services/TE-ST/q/size", "size=b");
	v = testing_get(w, "/services/TE-ST/check");
	assert_string_equal(v.location, "/services/TE-ST/contact");
	testing_post(w, "/services/TE-ST/contact", contacts);
	v = testing_get(w, "/services/TE-ST/check");
	assert_int_equal(v.status, 200);
	assert_true(testing_says(&v, "Tesco"));
	assert_true(testing_says(&v, "Ann Fisher"));
}

static void
a_changed_answer_leads_back_to_the_check(void **state)
{
	struct work *w = begun("shop:text!|size:choice(a;b)!");
	struct visit v;

	(void)state;
	testing_post(w, "/services/TE-ST/q/shop", "shop=Tesco");
	testing_post(w, "/services/TE-ST/q/size", "size=b");
	testing_post(w, "/services/TE-ST/contact", contacts);
	v = testing_get(w, "/services/TE-ST/q/shop?change=1");
	assert_non_null(strstr(v.body, "action=\"/services/TE-ST/q/shop?change=1\""));
	assert_non_null(
		strstr(v.body, "href=\"/services/TE-ST/check\" class=\"govuk-back"));
	v = testing_post(w, "/services/TE-ST/q/shop?change=1", "shop=Aldi");
	assert_string_equal(v.location, "/services/TE-ST/check");
	v = testing_get(w, "/services/TE-ST/check");
	assert_true(testing_says(&v, "Aldi"));
	assert_false(testing_says(&v, "Tesco"));
}

static void
sending_twice_gives_one_ticket_and_one_confirmation(void **state)
{
	struct work *w = begun("shop:text!");
	struct visit first, second, back;

	(void)state;
	testing_post(w, "/services/TE-ST/q/shop", "shop=Tesco");
	testing_post(w, "/services/TE-ST/contact", contacts);
	first = testing_post(w, "/services/TE-ST/check", "");
	assert_int_equal(first.status, 303);
	second = testing_post(w, "/services/TE-ST/check", "");
	assert_string_equal(second.location, first.location);
	back = testing_get(w, "/services/TE-ST/check");
	assert_string_equal(back.location, first.location);
	assert_int_equal(db_int(w->db, 0, "select count(*) from ticket"), 1);
	assert_int_equal(
		db_int(w->db, 0, "select count(*) from draft where answers <> ''"), 0);
	second = testing_get(w, first.location);
	assert_true(testing_says(&second, "Wednesday 4 March 2026"));
	assert_true(testing_says(&second, "Highways"));
}

static void
a_confirmation_is_for_who_sent_it(void **state)
{
	struct work *w = begun("shop:text!");
	struct visit sent;

	(void)state;
	testing_post(w, "/services/TE-ST/q/shop", "shop=Tesco");
	testing_post(w, "/services/TE-ST/contact", contacts);
	sent = testing_post(w, "/services/TE-ST/check", "");
	testing_session(w);
	sent = testing_get(w, sent.location);
	assert_int_equal(sent.status, 303);
	assert_non_null(strstr(sent.location, "/track/"));
}

static void
after_sending_the_form_can_be_begun_again(void **state)
{
	struct work *w = begun("shop:text!");
	struct visit v;

	(void)state;
	testing_post(w, "/services/TE-ST/q/shop", "shop=Tesco");
	testing_post(w, "/services/TE-ST/contact", contacts);
	testing_post(w, "/services/TE-ST/check", "");
	v = testing_get(w, "/services/TE-ST/q/shop");
	assert_string_equal(v.location, "/services/TE-ST");
	testing_post(w, "/services/TE-ST/start", "");
	v = testing_get(w, "/services/TE-ST/q/shop");
	assert_int_equal(v.status, 200);
	assert_false(testing_says(&v, "Tesco"));
	testing_post(w, "/services/TE-ST/q/shop", "shop=Aldi");
	testing_post(w, "/services/TE-ST/contact", contacts);
	testing_post(w, "/services/TE-ST/check", "");
	assert_int_equal(db_int(w->db, 0, "select count(*) from ticket"), 2);
}

static void
who_comes_back_goes_on_or_starts_again(void **state)
{
	struct work *w = begun("shop:text!|size:choice(a;b)!");
	struct visit v;

	(void)state;
	testing_post(w, "/services/TE-ST/q/shop", "shop=Tesco");
	v = testing_get(w, "/services/TE-ST");
	assert_true(testing_says(&v, "You have begun this before"));
	v = testing_post(w, "/services/TE-ST/start", "");
	assert_string_equal(v.location, "/services/TE-ST/q/size");
	v = testing_post(w, "/services/TE-ST/start", "again=yes");
	assert_string_equal(v.location, "/services/TE-ST/q/shop");
	v = testing_get(w, "/services/TE-ST/q/shop");
	assert_false(testing_says(&v, "Tesco"));
}

static void
a_form_that_changes_half_way_keeps_the_answers(void **state)
{
	struct work *w = begun("shop:text!");
	struct visit v;

	(void)state;
	testing_post(w, "/services/TE-ST/q/shop", "shop=Tesco");
	testing_service(w, "TE-ST", "anyone", "size:choice(a;b)!|shop:text!");
	v = testing_post(w, "/services/TE-ST/start", "");
	assert_string_equal(v.location, "/services/TE-ST/q/size");
	v = testing_get(w, "/services/TE-ST/q/shop");
	assert_true(testing_says(&v, "Tesco"));
}

/* --- files -------------------------------------------------------------------------- */

static struct visit
send_file(struct work *w, const char *at, const struct testing_file *what)
{
	struct testing_file file = *what;

	file.field = "photo";
	return testing_post_file(w, at, "", &file);
}

static void
files_come_with_the_ticket(void **state)
{
	struct work *w = begun("photo:file!");
	struct attachment_list files;
	struct attachment one;
	struct ticket t;
	struct bytes data;
	struct visit v;

	(void)state;
	v = send_file(w, "/services/TE-ST/q/photo", &picture);
	assert_int_equal(v.status, 303);
	v = testing_get(w, "/services/TE-ST/q/photo");
	assert_true(testing_says(&v, "hole.png"));
	assert_false(testing_says(&v, "photos"));
	send_file(w, "/services/TE-ST/q/photo", &picture);
	testing_post(w, "/services/TE-ST/contact", contacts);
	v = testing_post(w, "/services/TE-ST/check", "");
	v = testing_get(w, v.location);
	t = ticket_of(w, v.body);
	attachment_read(w, &t, &files);
	assert_int_equal(files.count, 2);
	assert_string_equal(files.at[0].filename, "hole.png");
	assert_string_equal(files.at[0].type, "image/png");
	assert_int_equal(attachment_get(w, &t, files.at[1].id, &one, &data), DONE);
	assert_true(bytes_equal(data, picture.data));
}

static void
a_file_can_be_taken_away_again(void **state)
{
	struct work *w = begun("photo:file!|details:long");
	struct visit v;

	(void)state;
	send_file(w, "/services/TE-ST/q/photo", &picture);
	send_file(w, "/services/TE-ST/q/photo", &picture);
	v = testing_post(w, "/services/TE-ST/q/photo", "photo-remove=1");
	assert_int_equal(v.status, 303);
	assert_int_equal(db_int(w->db, 0, "select count(*) from draft_file"), 1);
	v = testing_post(w, "/services/TE-ST/q/photo", "photo-remove=2");
	assert_int_equal(v.status, 422);
	assert_true(testing_says(&v, "Upload photo"));
	assert_int_equal(db_int(w->db, 0, "select count(*) from draft_file"), 0);
}

/* In drafts that are begun again and again. */
static void
a_network_cannot_fill_the_disk_with_drafts(void **state)
{
	struct work *w = begun("photo:file!");
	struct visit v = {.status = 303};
	int sent = 0;

	(void)state;
	while (v.status == 303 && sent < 1000) {
		v = send_file(w, "/services/TE-ST/q/photo", &picture);
		db_run(w->db, "delete from draft_file");
		sent += v.status == 303;
	}
	assert_int_equal(sent, 120);
	assert_int_equal(v.status, 422);
	assert_true(testing_says(&v, "without hole.png"));
	w->now += 3600;
	v = send_file(w, "/services/TE-ST/q/photo", &picture);
	assert_int_equal(v.status, 303);
}

static void
a_program_that_says_it_is_a_picture_is_refused(void **state)
{
	struct work *w = begun("photo:file!");
	struct visit v = send_file(w, "/services/TE-ST/q/photo", &program);

	(void)state;
	assert_int_equal(v.status, 422);
	assert_true(testing_says(&v, "hole.png must be a photo"));
	assert_false(testing_says(&v, "Upload photo"));
	assert_int_equal(db_int(w->db, 0, "select count(*) from draft_file"), 0);
}

static void
a_file_of_more_than_ten_megabytes_is_refused(void **state)
{
	struct work *w = begun("photo:file!");
	size_t size = ATTACHMENT_LARGEST + 1;
	unsigned char *at = arena_alloc(w->arena, size);
	struct testing_file large = {.filename = "film.png", .data = {at, size}};
	struct visit v;

	(void)state;
	memcpy(at, PNG, 8);
	v = send_file(w, "/services/TE-ST/q/photo", &large);
	assert_int_equal(v.status, 422);
	assert_true(testing_says(&v, "film.png must be smaller than 10MB"));
	large.data.len--;
	v = send_file(w, "/services/TE-ST/q/photo", &large);
	assert_int_equal(v.status, 303);
}

static void
the_other_answers_of_a_page_stay_when_a_file_is_refused(void **state)
{
	struct work *w = begun("photo:file|details:long|shop:text");
	struct testing_file file = program;
	struct visit v;

	(void)state;
	file.field = "photo";
	v = testing_post_file(
		w, "/services/TE-ST/more", "details=deep&shop=Tesco", &file);
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "deep"));
	assert_true(testing_says(&v, "Tesco"));
	v = testing_get(w, "/services/TE-ST/more");
	assert_true(testing_says(&v, "deep"));
}

/* --- who asks ----------------------------------------------------------------------- */

static void
how_to_reach_somebody_is_checked(void **state)
{
	struct work *w = begun("shop:text!");
	struct visit v = testing_post(w, "/services/TE-ST/contact",
		"contact-name=&contact-email=ann&contact-phone=1");

	(void)state;
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Enter your full name"));
	assert_true(testing_says(&v, "Enter an email address in the correct format"));
	assert_true(testing_says(&v, "Enter a phone number"));
}

static void
what_the_form_knows_is_not_asked_again(void **state)
{
	struct work *w = begun("name:name!|phone:phone!");
	struct visit v;

	(void)state;
	testing_post(w, "/services/TE-ST/q/name", "name=Bob+Lee");
	testing_post(w, "/services/TE-ST/q/phone", "phone=0161+496+0000");
	v = testing_get(w, "/services/TE-ST/contact");
	assert_non_null(strstr(v.body, "value=\"Bob Lee\""));
	assert_non_null(strstr(v.body, "value=\"+441614960000\""));
}

static void
some_things_may_be_told_without_a_name(void **state)
{
	static const struct actor nobody = {
		.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};
	struct work *w = testing_desk(NULL);
	struct visit v;

	(void)state;
	testing_service(w, "TE-ST", "anonymous ok", "what:long!");
	w->actor = &nobody;
	testing_post(w, "/services/TE-ST/start", "");
	testing_post(w, "/services/TE-ST/q/what", "what=He+has+three+jobs");
	v = testing_post(w, "/services/TE-ST/contact",
		"contact-name=&contact-email=&contact-phone=");
	assert_string_equal(v.location, "/services/TE-ST/check");
	v = testing_post(w, "/services/TE-ST/check", "");
	v = testing_get(w, v.location);
	assert_true(testing_says(&v, "You gave no e-mail address"));
	assert_int_equal(ticket_of(w, v.body).customer, 0);
}

static void
a_service_for_accounts_asks_to_sign_in_first(void **state)
{
	static const struct actor nobody = {
		.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};
	struct work *w = testing_desk(NULL);
	struct visit v;

	(void)state;
	testing_service(w, "TE-ST", "account", "what:long!");
	w->actor = &nobody;
	v = testing_get(w, "/services/TE-ST");
	testing_is_page(&v);
	assert_non_null(strstr(v.body, "/account/sign-in?next=%2Fservices%2FTE-ST"));
	v = testing_post(w, "/services/TE-ST/start", "");
	assert_non_null(strstr(v.location, "/account/sign-in?next="));
	assert_int_equal(db_int(w->db, 0, "select count(*) from draft"), 0);
}

static void
a_declaration_must_be_made(void **state)
{
	struct work *w = begun("shop:text!|decl:decl!");
	struct visit v;

	(void)state;
	testing_post(w, "/services/TE-ST/q/shop", "shop=Tesco");
	testing_post(w, "/services/TE-ST/contact", contacts);
	v = testing_post(w, "/services/TE-ST/check", "");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Tick the box"));
	v = testing_post(w, "/services/TE-ST/check", "decl=yes");
	assert_int_equal(v.status, 303);
}

static void
without_a_begun_form_questions_lead_to_its_start(void **state)
{
	struct work *w = testing_desk(NULL);
	struct visit v = testing_get(w, "/services/HW-POTHOLE/q/location");

	(void)state;
	assert_string_equal(v.location, "/services/HW-POTHOLE");
	v = testing_post(w, "/services/HW-POTHOLE/q/location", "location-place=here");
	assert_string_equal(v.location, "/services/HW-POTHOLE");
	assert_int_equal(testing_get(w, "/services/HW-POTHOLE/q/nothing").end, MISSING);
	assert_int_equal(testing_get(w, "/services/XX-NONE").end, MISSING);
}

/* --- what the ticket says ----------------------------------------------------------- */

static void
a_place_is_kept_exactly_and_in_words(void **state)
{
	struct work *w = begun("location:point!|details:long");
	struct pairs fields;
	struct ticket t;
	struct visit v;

	(void)state;
	testing_post(w, "/services/TE-ST/q/location",
		"location-place=Outside+12+Elm+Road&location=51.543,+0.7115");
	testing_post(w, "/services/TE-ST/more", "details=Deep.");
	testing_post(w, "/services/TE-ST/contact", contacts);
	v = testing_post(w, "/services/TE-ST/check", "");
	v = testing_get(w, v.location);
	t = ticket_of(w, v.body);
	fields = contact_fields(w, &t);
	assert_int_equal(fields.count, 3);
	assert_string_equal(fields.at[0].value, "51.543000,0.711500");
	assert_string_equal(fields.at[1].name, "location");
	assert_string_equal(fields.at[1].value, "Outside 12 Elm Road");
	assert_string_equal(t.place, "51.543000,0.711500");
	assert_string_equal(t.subject, "Ask for TE-ST: Outside 12 Elm Road");
}

static void
forms_are_asked_in_welsh(void **state)
{
	struct work *w = begun("location:point!|size:choice(a;b)!|details:long");
	struct visit v;

	(void)state;
	w->words = words_of("cy");
	v = testing_get(w, "/services/TE-ST/q/location");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Ble mae?"));
	v = testing_post(w, "/services/TE-ST/q/location", "");
	assert_true(testing_says(&v, "Disgrifiwch ble mae"));
	v = testing_get(w, "/services/TE-ST/more");
	assert_true(testing_says(&v, "(dewisol)"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_service_of_the_catalogue_can_be_asked_for),
		cmocka_unit_test(a_pothole_is_reported_in_eight_pages),
		cmocka_unit_test(a_wrong_answer_comes_back_with_what_is_wrong),
		cmocka_unit_test(what_was_typed_is_kept_though_it_is_wrong),
		cmocka_unit_test(nothing_typed_becomes_markup),
		cmocka_unit_test(the_check_leads_to_what_is_missing),
		cmocka_unit_test(a_changed_answer_leads_back_to_the_check),
		cmocka_unit_test(sending_twice_gives_one_ticket_and_one_confirmation),
		cmocka_unit_test(a_confirmation_is_for_who_sent_it),
		cmocka_unit_test(after_sending_the_form_can_be_begun_again),
		cmocka_unit_test(who_comes_back_goes_on_or_starts_again),
		cmocka_unit_test(a_form_that_changes_half_way_keeps_the_answers),
		cmocka_unit_test(files_come_with_the_ticket),
		cmocka_unit_test(a_file_can_be_taken_away_again),
		cmocka_unit_test(a_network_cannot_fill_the_disk_with_drafts),
		cmocka_unit_test(a_program_that_says_it_is_a_picture_is_refused),
		cmocka_unit_test(a_file_of_more_than_ten_megabytes_is_refused),
		cmocka_unit_test(the_other_answers_of_a_page_stay_when_a_file_is_refused),
		cmocka_unit_test(how_to_reach_somebody_is_checked),
		cmocka_unit_test(what_the_form_knows_is_not_asked_again),
		cmocka_unit_test(some_things_may_be_told_without_a_name),
		cmocka_unit_test(a_service_for_accounts_asks_to_sign_in_first),
		cmocka_unit_test(a_declaration_must_be_made),
		cmocka_unit_test(without_a_begun_form_questions_lead_to_its_start),
		cmocka_unit_test(a_place_is_kept_exactly_and_in_words),
		cmocka_unit_test(forms_are_asked_in_welsh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
