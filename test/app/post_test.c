/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/post.h"

#include "store/outbox.h"
#include "store/team.h"
#include "testing.h"
#include "testing_db.h"
#include "testing_mail.h"

#include <string.h>
#include <unistd.h>

static struct config config;
static struct house house;

static void
open_house(void)
{
	config = (struct config){
		.db = testing_db_url(),
		.base = "http://127.0.0.1",
		.node = "0",
		.smtp = testing_mail_start(),
		.smtp_user = "",
		.smtp_password = "",
		.key = arena_printf(testing_arena(), "%s/key", testing_folder()),
	};
	assert_true(house_open(&house, &config));
}

static enum outcome
write_letter(struct work *w, void *context)
{
	struct organisation o = {.id = 1,
		.code = "southmere",
		.name = "Southmere Council",
		.kind = "council",
		.language = "en",
		.email = "desk@southmere.example.org",
		.phone = ""};

	team_save_organisation(w, &o, true);
	outbox_insert(w, context);
	return DONE;
}

static void
put(const char *recipient, const char *subject, const char *body)
{
	struct letter l = {.org = 1,
		.kind = "email",
		.recipient = recipient,
		.sender = "desk@southmere.example.org",
		.subject = subject,
		.body = body,
		.automatic = true};

	assert_int_equal(house_write(&house, 1, write_letter, &l), DB_KEPT);
}

static const char *
state_of(const char *recipient)
{
	struct db *db = house_reader(&house);
	const char *state = db_text(db, testing_arena(),
		"select state from outbox where recipient = $1", recipient);

	house_reader_back(&house, db);
	return state;
}

/* The server takes a moment to put a letter it has accepted into the folder. */
static void
wait_for(int letters)
{
	for (int i = 0; i < 1200 && testing_mail_count() < letters; i++)
		usleep(50000);
	assert_int_equal(testing_mail_count(), letters);
}

static void
a_letter_reaches_a_real_mail_server(void **state)
{
	struct post *p;
	const char *letter;

	(void)state;
	open_house();
	p = post_open(&house);
	put("ann@example.org", "[7KM-39Q-XAT] Twll yn y ffordd – Ŵy",
		"Annwyl Ŵyn\n\n.a line that begins with a dot\nend=");
	assert_int_equal(post_round(p), 1);
	assert_string_equal(state_of("ann@example.org"), "sent");
	wait_for(1);
	letter = testing_mail_with("To: <ann@example.org>");
	assert_non_null(strstr(letter, "Subject: =?UTF-8?B?"));
	assert_non_null(strstr(letter, "Auto-Submitted: auto-generated"));
	assert_non_null(strstr(letter, "\n=2Ea line that begins with a dot"));
	assert_non_null(strstr(letter, "Annwyl =C5=B4yn"));
	assert_int_equal(post_round(p), 0);
	post_close(p);
	house_close(&house);
}

static int64_t
count_of(const char *recipient, const char *state)
{
	struct db *db = house_reader(&house);
	int64_t n = db_int(db, -1,
		"select count(*) from outbox where recipient = $1 and state = $2",
		recipient, state);

	house_reader_back(&house, db);
	return n;
}

static void
a_machine_that_answers_letters_gets_twenty_an_hour(void **state)
{
	struct post *p;

	(void)state;
	open_house();
	p = post_open(&house);
	for (int i = 0; i < 23; i++)
		put("robot@example.org", "Thank you", "We have it.");
	put("eve@example.org", "Thank you", "We have it.");
	while (post_round(p) > 0)
		;
	assert_int_equal(count_of("robot@example.org", "sent"), 20);
	assert_int_equal(count_of("robot@example.org", "failed"), 3);
	assert_int_equal(count_of("eve@example.org", "sent"), 1);
	post_close(p);
	house_close(&house);
}

static void
a_refused_letter_fails_for_good_and_its_neighbours_leave(void **state)
{
	struct post *p;
	int before;

	(void)state;
	open_house();
	before = testing_mail_count();
	p = post_open(&house);
	put("refused@example.org", "No", "No");
	put("bob@example.org", "Yes", "Yes");
	put("not an address@example.org", "No", "No");
	assert_int_equal(post_round(p), 3);
	assert_string_equal(state_of("refused@example.org"), "failed");
	assert_string_equal(state_of("not an address@example.org"), "failed");
	assert_string_equal(state_of("bob@example.org"), "sent");
	wait_for(before + 1);
	post_close(p);
	house_close(&house);
}

static void
a_letter_waits_while_the_server_is_away(void **state)
{
	struct post *p;

	(void)state;
	open_house();
	testing_mail_stop();
	p = post_open(&house);
	put("cat@example.org", "Later", "Later");
	assert_int_equal(post_round(p), 1);
	assert_string_equal(state_of("cat@example.org"), "waiting");
	assert_int_equal(post_round(p), 0);
	testing_mail_again();
	post_close(p);
	house_close(&house);
}

static void
a_letter_about_what_is_over_does_not_leave(void **state)
{
	struct letter l = {.org = 1,
		.kind = "email",
		.recipient = "lee@example.org",
		.sender = "desk@southmere.example.org",
		.subject = "Nobody can take it",
		.body = "Nobody can.",
		.about = "unplaced 7",
		.automatic = true};
	struct post *p;
	int before;

	(void)state;
	open_house();
	before = testing_mail_count();
	p = post_open(&house);
	assert_int_equal(house_write(&house, 1, write_letter, &l), DB_KEPT);
	put("dan@example.org", "Yes", "Yes");
	assert_int_equal(post_round(p), 1);
	assert_string_equal(state_of("lee@example.org"), "dropped");
	assert_string_equal(state_of("dan@example.org"), "sent");
	assert_int_equal(post_round(p), 0);
	wait_for(before + 1);
	post_close(p);
	house_close(&house);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_reaches_a_real_mail_server),
		cmocka_unit_test(a_machine_that_answers_letters_gets_twenty_an_hour),
		cmocka_unit_test(
			a_refused_letter_fails_for_good_and_its_neighbours_leave),
		cmocka_unit_test(a_letter_about_what_is_over_does_not_leave),
		cmocka_unit_test(a_letter_waits_while_the_server_is_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
