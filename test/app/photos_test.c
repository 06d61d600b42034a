/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/photos.h"

#include "format/json.h"
#include "store/publication.h"
#include "store/remote_photo.h"
#include "store/service.h"
#include "testing_door.h"
#include "testing_receiver.h"

#include <string.h>

static struct testing_door *door;
static struct testing_receiver *there;
static const char *key;
static int count;

static enum outcome
add_services(struct work *w, void *context)
{
	struct service s = testing_offer(SOUTHMERE, "SHOWN", door->people.highways);
	struct offer shown = {.code = "SHOWN",
		.type = "realtime",
		.keywords = "",
		.stopper = "",
		.photos = true};

	(void)context;
	s.open311 = true;
	service_save(w, &s, s.code);
	s.code = s.name = "KEPT";
	service_save(w, &s, s.code);
	return publication_save_offer(w, SOUTHMERE, &shown);
}

static const char *
here(const char *path)
{
	return arena_printf(
		testing_arena(), "%s%s", testing_receiver_address(there), path);
}

static struct bytes
picture(const char *name)
{
	return testing_file(arena_printf(testing_arena(), "format/pictures/%s", name));
}

/* The reference of a new report with these parameters more. */
static const char *
report(const char *service, const char *more)
{
	struct testing_answer a = testing_door_ask(door, "POST",
		"/open311/v2/requests.json",
		(struct testing_request){.type = "application/x-www-form-urlencoded",
			.body = arena_printf(testing_arena(),
				"api_key=%s&service_code=%s&description=n%d&%s", key,
				service, count++, more)});
	const char *problem;
	const struct json *v = json_read(testing_arena(), bytes_of(a.body), &problem);

	if (a.status != 201)
		fail_msg("%s", a.body);
	return json_words(json_get(&v->items[0], "service_request_id"));
}

static enum outcome
all_due(struct work *w, void *context)
{
	(void)context;
	db_run(w->db, "update remote_photo set next_at = 0 where state = 'waiting'");
	return DONE;
}

static void
rounds(void)
{
	struct arena *a = arena_new();

	testing_door_write(door, all_due, NULL);
	while (photos_round(&door->house, a) > 0)
		;
	arena_free(a);
}

static int64_t
number(const char *sql, const char *reference)
{
	return testing_door_number(door, arena_printf(testing_arena(),
						 "select count(*) from %s x"
						 " join ticket t on t.org = x.org"
						 " and t.id = x.ticket"
						 " where t.reference = '%s'",
						 sql, reference));
}

static const char *
with_address(const char *address)
{
	return arena_printf(testing_arena(), "media_url=%s", address);
}

static void
a_photograph_is_fetched_after_the_answer(void **state)
{
	const char *id;

	(void)state;
	testing_receiver_forget(there);
	testing_receiver_answer(there, "/a/Hole.JPG",
		(struct testing_saying){.body = picture("secret.jpg"),
			.type = "text/html"}); /* what they call it does not matter */
	testing_receiver_answer(there, "/moved",
		(struct testing_saying){.status = 302, .location = "/b.png"});
	testing_receiver_answer(
		there, "/b.png", (struct testing_saying){.body = picture("secret.png")});
	id = report("KEPT", arena_printf(testing_arena(), "media_url=%s&media_url=%s",
				    here("/a/Hole.JPG"), here("/moved")));
	assert_int_equal(number("attachment", id), 0);
	assert_int_equal(testing_receiver_count(there), 0); /* nobody waited for it */
	rounds();
	assert_int_equal(number("attachment", id), 2);
	assert_int_equal(number("(select * from attachment where seq = 1 and public = 1"
				" and type = 'image/jpeg' and filename = 'Hole.JPG')",
				 id),
		1);
	rounds(); /* once for ever */
	assert_int_equal(number("attachment", id), 2);
}

static void
an_address_may_be_the_picture(void **state)
{
	const char *id = report("KEPT",
		"media_url=data%3Aimage%2Fgif%3Bbase64%2CR0lGODlhAQABAIAAAP%2F%2F%2FwAAA"
		"CwAAAAAAQABAAACAkQBADs%3D");

	(void)state;
	rounds();
	assert_int_equal(number("(select * from attachment where type = 'image/gif'"
				" and filename = 'photo.gif')",
				 id),
		1);
	assert_int_equal(
		number("(select * from contact where fields like '%data:%')", id), 0);
	id = report("KEPT", "media_url=data%3Aimage%2Fgif%2Cplain");
	rounds();
	assert_int_equal(
		number("(select * from remote_photo where state = 'refused')", id), 1);
}

/* The guard of http/outgoing: nothing of the house can be reached by an address. */
static void
nothing_private_is_asked(void **state)
{
	struct network_list allowed = door->config.outgoing.allowed;
	static const char *const addresses[] = {"http://127.0.0.1:1/x",
		"http://[::1]:1/x", "http://169.254.169.254/latest/meta-data/",
		"http://0x7f000001/", "http://localhost/", "ftp://127.0.0.1/x",
		"file:///etc/passwd"};
	const char *id;

	(void)state;
	testing_receiver_forget(there);
	door->config.outgoing.allowed = (struct network_list){NULL, 0};
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
		id = report("KEPT", with_address(addresses[i]));
		rounds();
		assert_int_equal(
			number("(select * from remote_photo where state <> 'refused')",
				id),
			0);
		assert_int_equal(number("attachment", id), 0);
	}
	id = report("KEPT", with_address(here("/in.jpg")));
	rounds();
	door->config.outgoing.allowed = allowed;
	assert_int_equal(testing_receiver_count(there), 0);
	assert_int_equal(number("(select * from event where kind = 'note')", id), 1);
}

static void
what_is_no_picture_is_not_kept(void **state)
{
	const char *id;

	(void)state;
	testing_receiver_forget(there);
	testing_receiver_answer(there, "/x.png",
		(struct testing_saying){.body = bytes_of("<svg onload='alert(1)'/>"),
			.type = "image/png"});
	testing_receiver_answer(
		there, "/x.pdf", (struct testing_saying){.body = bytes_of("%PDF-1.7\n")});
	testing_receiver_answer(
		there, "/x.txt", (struct testing_saying){.body = bytes_of("hello")});
	id = report("KEPT",
		arena_printf(testing_arena(), "media_url=%s&media_url=%s&media_url=%s",
			here("/x.png"), here("/x.pdf"), here("/x.txt")));
	rounds();
	assert_int_equal(number("attachment", id), 0);
	assert_int_equal(number("(select * from event where kind = 'note')", id), 3);
}

static void
what_is_not_there_yet_is_asked_again_until_it_is(void **state)
{
	const char *id, *lost;

	(void)state;
	testing_receiver_forget(there);
	testing_receiver_answer(
		there, "/late.jpg", (struct testing_saying){.status = 503});
	id = report("KEPT", with_address(here("/late.jpg")));
	rounds();
	assert_int_equal(number("(select * from remote_photo where state = 'waiting'"
				" and error = 'HTTP 503' and next_at > 0)",
				 id),
		1);
	testing_receiver_answer(there, "/late.jpg",
		(struct testing_saying){.body = picture("secret.jpg")});
	rounds();
	assert_int_equal(number("attachment", id), 1);

	testing_receiver_answer(
		there, "/never.jpg", (struct testing_saying){.status = 500});
	lost = report("KEPT", with_address(here("/never.jpg")));
	for (int i = 0; i < REMOTE_PHOTO_TRIES + 2; i++)
		rounds();
	assert_int_equal(
		number("(select * from remote_photo where state = 'refused')", lost), 1);
	assert_int_equal(number("(select * from event where kind = 'note')", lost), 1);
}

static struct testing_answer
get(const char *path)
{
	return testing_door_ask(door, "GET", path, (struct testing_request){0});
}

static const struct json *
request(const char *id)
{
	struct testing_answer a = get(arena_printf(
		testing_arena(), "/open311/v2/requests/%s.json?extensions=true", id));
	const char *problem;
	const struct json *v = json_read(testing_arena(), bytes_of(a.body), &problem);

	assert_int_equal(a.status, 200);
	return &v->items[0];
}

static const char *
path_of(const char *url)
{
	assert_int_equal(strncmp(url, door->base, strlen(door->base)), 0);
	return url + strlen(door->base);
}

static void
a_service_may_publish_photographs_and_they_come_bare(void **state)
{
	const char *id, *url;
	struct testing_answer a;

	(void)state;
	testing_receiver_forget(there);
	testing_receiver_answer(
		there, "/s.jpg", (struct testing_saying){.body = picture("secret.jpg")});
	id = report("SHOWN", with_address(here("/s.jpg")));
	assert_null(json_words(json_get(request(id), "media_url")));
	rounds();
	url = json_words(json_get(request(id), "media_url"));
	assert_non_null(url);
	a = get(path_of(url));
	assert_int_equal(a.status, 200);
	assert_string_equal(a.type, "image/jpeg");
	assert_null(memmem(a.raw.at, a.raw.len, "Where", 5));
	assert_non_null(memmem(a.raw.at, a.raw.len, "\xFF\xDA", 2));
	assert_int_equal(
		strncmp(pairs_get(&a.headers, "content-disposition"), "attachment", 10),
		0);
	assert_non_null(
		strstr(pairs_get(&a.headers, "content-security-policy"), "sandbox"));
	assert_string_equal(pairs_get(&a.headers, "x-content-type-options"), "nosniff");
}

static const char *
first_file(const char *id)
{
	struct testing_answer a = testing_door_ask(door, "GET",
		arena_printf(testing_arena(), "/api/v1/tickets/%s/files", id),
		(struct testing_request){.token = key});
	const char *problem;
	const struct json *v = json_read(testing_arena(), bytes_of(a.body), &problem);

	assert_int_equal(json_get(v, "files")->count, 1);
	return json_words(json_get(&json_get(v, "files")->items[0], "id"));
}

static int
publish(const char *id, const char *body)
{
	return testing_door_ask(door, "PUT",
		arena_printf(testing_arena(), "/api/v1/tickets/%s/publication", id),
		(struct testing_request){.token = key, .body = body})
		.status;
}

static void
other_photographs_are_shown_when_somebody_says_so(void **state)
{
	const char *id, *file, *path;

	(void)state;
	testing_receiver_forget(there);
	testing_receiver_answer(
		there, "/k.png", (struct testing_saying){.body = picture("secret.png")});
	id = report("KEPT", with_address(here("/k.png")));
	rounds();
	file = first_file(id);
	path = arena_printf(testing_arena(), "/open311/v2/photos/%s/%s", id, file);
	assert_null(json_words(json_get(request(id), "media_url")));
	assert_int_equal(get(path).status, 404);
	assert_int_equal(publish(id, "{\"public\":true,\"photos\":[\"1\"]}"), 422);
	assert_int_equal(
		publish(id, arena_printf(testing_arena(),
				    "{\"public\":true,\"photos\":[\"%s\"]}", file)),
		204);
	assert_string_equal(
		path_of(json_words(json_get(request(id), "media_url"))), path);
	assert_int_equal(
		json_get(json_get(request(id), "extended_attributes"), "photos")->count,
		1);
	assert_int_equal(get(path).status, 200);
	assert_int_equal(publish(id, "{\"public\":true}"), 204); /* as it was */
	assert_int_equal(get(path).status, 200);
	assert_int_equal(publish(id, "{\"public\":true,\"photos\":[]}"), 204);
	assert_int_equal(get(path).status, 404);
	assert_int_equal(
		publish(id, arena_printf(testing_arena(),
				    "{\"public\":false,\"photos\":[\"%s\"]}", file)),
		204);
	assert_int_equal(get(path).status, 404); /* withdrawn altogether */
}

static int
begin(void **state)
{
	(void)state;
	door = testing_door_open("off");
	there = testing_receiver_start();
	key = testing_door_token(door, ROLE_SYSTEM);
	testing_door_write(door, add_services, NULL);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	testing_receiver_stop(there);
	testing_door_close(door);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_photograph_is_fetched_after_the_answer),
		cmocka_unit_test(an_address_may_be_the_picture),
		cmocka_unit_test(nothing_private_is_asked),
		cmocka_unit_test(what_is_no_picture_is_not_kept),
		cmocka_unit_test(what_is_not_there_yet_is_asked_again_until_it_is),
		cmocka_unit_test(a_service_may_publish_photographs_and_they_come_bare),
		cmocka_unit_test(other_photographs_are_shown_when_somebody_says_so),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
