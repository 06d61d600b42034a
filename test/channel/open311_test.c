/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/open311/open311.h"

#include "base/random.h"
#include "desk/handle.h"
#include "format/json.h"
#include "format/urlencoded.h"
#include "format/xml.h"
#include "http/errors.h"
#include "store/account.h"
#include "store/contact.h"
#include "store/publication.h"
#include "store/service.h"
#include "store/stopper_row.h"
#include "testing_door.h"

#include <string.h>

static struct testing_door *door;
static const char *key;

static const char form_type[] = "application/x-www-form-urlencoded";

static enum outcome
add_service(struct work *w, void *context)
{
	const char *const *s = context;
	struct service made = testing_offer(SOUTHMERE, s[0], door->people.highways);

	made.name = s[1];
	made.note = "A hole & a half";
	made.open311 = true;
	made.restricted = *s[3];
	made.state = *s[4] ? s[4] : NULL;
	made.fields = s[2];
	service_save(w, &made, s[0]);
	return DONE;
}

static enum outcome
offer(struct work *w, void *context)
{
	return publication_save_offer(w, SOUTHMERE, context);
}

static int
begin(void **state)
{
	static const char *services[][5] = {
		{"HOLE", "Report a hole",
			"location:point!|depth:multi(deep;wide;long)!|lane:choice("
			"running "
			"lane;edge)|seen:date|photo:file|details:long",
			"", ""},
		{"TREE", "Report a tree", "location:point", "", ""},
		{"SECRET", "Report a crime", "location:point", "r", ""},
		{"OLD", "Report a horse", "location:point", "", "ended"},
		{"SLOW", "Ask slowly", "", "", ""},
		{"SHUT", "Ask in vain", "", "", ""},
	};
	struct offer slow = {
		.code = "SLOW", .type = "batch", .keywords = "", .stopper = ""};
	struct offer shut = {.code = "SHUT",
		.type = "realtime",
		.keywords = "",
		.stopper = "Ring 999 now."};
	struct offer tree = {.code = "TREE",
		.type = "realtime",
		.keywords = "tree,branch",
		.stopper = "",
		.words = true};

	(void)state;
	door = testing_door_open("off");
	key = testing_door_token(door, ROLE_SYSTEM);
	for (size_t i = 0; i < sizeof services / sizeof *services; i++)
		testing_door_write(door, add_service, services[i]);
	testing_door_write(door, offer, &slow);
	testing_door_write(door, offer, &shut);
	testing_door_write(door, offer, &tree);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	testing_door_close(door);
	return 0;
}

static struct testing_answer
get(const char *path)
{
	return testing_door_ask(door, "GET",
		arena_printf(testing_arena(), "/open311/v2/%s", path),
		(struct testing_request){0});
}

static const struct xml *
get_xml(const char *path, int status)
{
	struct testing_answer a = get(path);
	const char *problem;
	const struct xml *x = xml_read(testing_arena(), bytes_of(a.body), &problem);

	if (a.status != status)
		fail_msg("%s: %d %s", path, a.status, a.body);
	assert_string_equal(a.type, "text/xml; charset=utf-8");
	assert_memory_equal(a.body, "<?xml version=\"1.0\" encoding=\"utf-8\"?>", 38);
	assert_null(problem);
	return x;
}

static const char *
words(const struct xml *v, const char *name)
{
	return xml_words(testing_arena(), v, name);
}

static struct testing_answer
post(const char *body)
{
	return testing_door_ask(door, "POST", "/open311/v2/requests.xml",
		(struct testing_request){.type = form_type,
			.body = arena_printf(
				testing_arena(), "api_key=%s&%s", key, body)});
}

/* The id in the answer to a post that is taken. */
static const char *
posted(const char *body)
{
	struct testing_answer a = post(body);
	const char *problem;
	const struct xml *x = xml_read(testing_arena(), bytes_of(a.body), &problem);
	const char *id;

	if (a.status / 100 != 2)
		fail_msg("%s: %d %s", body, a.status, a.body);
	id = words(xml_child(x, "request"), "service_request_id");
	assert_true(*id);
	return id;
}

static const char *const hole =
	"service_code=HOLE&lat=51.501364&long=-0.14189&attribute[depth]=deep";

/* What the case keeps of an answer. */
static struct pairs
kept(const char *reference)
{
	struct db *db = house_reader(&door->house);
	const char *fields;

	db_begin(db);
	fields = db_text(db, testing_arena(),
		"select c.fields from contact c join ticket t on t.org = c.org"
		" and t.id = c.ticket where t.reference = $1 order by c.id limit 1",
		reference);
	db_rollback(db);
	house_reader_back(&door->house, db);
	return urlencoded_read(testing_arena(), fields);
}

static const char *
told(const char *reference)
{
	struct db *db = house_reader(&door->house);
	const char *text;

	db_begin(db);
	text = db_text(db, testing_arena(),
		"select c.words from contact c join ticket t on t.org = c.org"
		" and t.id = c.ticket where t.reference = $1 order by c.id limit 1",
		reference);
	db_rollback(db);
	house_reader_back(&door->house, db);
	return text;
}

static void
discovery_offers_both_formats(void **state)
{
	const struct xml *x = get_xml("discovery.xml", 200);
	const struct xml *e = xml_child(xml_child(x, "endpoints"), "endpoint");
	const struct xml *f = xml_child(xml_child(e, "formats"), "format");
	struct testing_answer j = get("discovery.json");
	const char *problem;
	const struct json *v = json_read(testing_arena(), bytes_of(j.body), &problem);

	(void)state;
	assert_string_equal(x->name, "discovery");
	assert_string_equal(
		words(e, "specification"), "http://wiki.open311.org/GeoReport_v2");
	assert_string_equal(f->text, "text/xml");
	assert_string_equal(xml_again(f)->text, "application/json");
	assert_string_equal(j.type, "application/json; charset=utf-8");
	assert_int_equal(json_get(v, "endpoints")->count, 1);
}

static const struct xml *
service_in(const struct xml *list, const char *code)
{
	const struct xml *s = xml_child(list, "service");

	while (s && strcmp(words(s, "service_code"), code) != 0)
		s = xml_again(s);
	return s;
}

static void
services_marked_for_it_are_listed(void **state)
{
	const struct xml *x = get_xml("services.xml", 200);
	const struct xml *s = service_in(x, "HOLE");

	(void)state;
	assert_string_equal(words(s, "service_name"), "Report a hole");
	assert_string_equal(words(s, "description"), "A hole & a half");
	assert_string_equal(words(s, "metadata"), "true");
	assert_string_equal(words(s, "type"), "realtime");
	assert_string_equal(words(s, "group"), "Roads");
	assert_string_equal(words(service_in(x, "TREE"), "metadata"), "false");
	assert_string_equal(words(service_in(x, "TREE"), "keywords"), "tree,branch");
	assert_string_equal(words(service_in(x, "OLD"), "keywords"), "inactive");
	assert_string_equal(words(service_in(x, "SLOW"), "type"), "batch");
	assert_null(service_in(x, "SECRET"));
	assert_null(service_in(x, "HW-POTHOLE"));
}

static void
a_definition_shows_the_form(void **state)
{
	const struct xml *x = get_xml("services/HOLE.xml", 200);
	const struct xml *a = xml_child(xml_child(x, "attributes"), "attribute");
	const struct xml *value;
	int order = 1;

	(void)state;
	assert_string_equal(x->name, "service_definition");
	assert_string_equal(words(a, "code"), "depth");
	assert_string_equal(words(a, "datatype"), "multivaluelist");
	assert_string_equal(words(a, "required"), "true");
	assert_string_equal(words(a, "variable"), "true");
	value = xml_child(xml_child(a, "values"), "value");
	assert_string_equal(words(value, "key"), "deep");
	assert_string_equal(words(value, "name"), "Deep");
	for (; a; a = xml_again(a))
		assert_string_equal(
			words(a, "order"), arena_printf(testing_arena(), "%d", order++));
	assert_int_equal(order, 5); /* neither the place nor the photograph */
	get_xml("services/SECRET.xml", 404);
	get_xml("services/NONE.xml", 404);
}

static void
attributes_come_in_every_writing(void **state)
{
	static const char *const forms[] = {
		"attribute[depth]=deep&attribute[depth]=wide",
		"attribute[depth][]=deep&attribute[depth][]=wide",
		"attribute%5Bdepth%5D=deep&attribute%5Bdepth%5D=wide",
		"attribute%5Bdepth%5D%5B%5D=deep&attribute%5bdepth%5d%5b%5d=wide",
	};

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const char *id = posted(arena_printf(testing_arena(),
			"description=w%zu&%s&lane=&attribute[lane]=&long=-0.14189"
			"&attribute[easting]=530000&attribute[fixmystreet_id]=f%zu"
			"&service_code=HOLE&lat=51.501364",
			i, forms[i], i));
		struct pairs fields = kept(id);

		assert_string_equal(pairs_get(&fields, "depth"), "deep;wide");
		assert_string_equal(pairs_get(&fields, "easting"), "530000");
		assert_string_equal(
			pairs_get(&fields, "location"), "51.501364,-0.141890");
		assert_null(pairs_get(&fields, "lane"));
	}
}

static void
descriptions_stay_as_they_were_sent(void **state)
{
	char *most = arena_alloc(testing_arena(), 4001 * 6 + 1);
	const char *id = posted(arena_printf(testing_arena(),
		"%s&description=title:%%20T%%0D%%0A%%0D%%0Adetail:%%20%%3Cb%%3E%%26"
		"%%20%%E2%%80%%9Cx%%E2%%80%%9D%%20Tw%%C5%%B7n&first_name=Ann&last_name=-"
		"&email=Ann@Example.org",
		hole));

	(void)state;
	assert_string_equal(told(id), "title: T\r\n\r\ndetail: <b>& “x” Twŷn");
	for (int i = 0; i < 4000; i++)
		memcpy(most + (size_t)i * 6, "%C3%A9", 6);
	id = posted(arena_printf(testing_arena(), "%s&description=%s", hole, most));
	assert_int_equal(strlen(told(id)), 8000);
	memcpy(most + 4000 * 6, "%C3%A9", 6);
	assert_int_equal(
		post(arena_printf(testing_arena(), "%s&description=%s", hole, most))
			.status,
		400);
}

static const unsigned char dot[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0,
	13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b,
	0x55, '\r', '\n', '-', '-', 'x', 0};

static void
photographs_come_as_parts(void **state)
{
	struct buffer b = buffer_in(testing_arena(), 4096);
	const char *const fields[][2] = {{"api_key", key}, {"service_code", "HOLE"},
		{"lat", "51.5"}, {"long", "-0.1"}, {"attribute[depth]", "deep"},
		{"attribute[depth]", "long"}, {"description", "With a picture"}};
	struct testing_answer a;
	int64_t before = testing_door_number(door, "select count(*) from attachment");

	(void)state;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		buffer_printf(&b,
			"--x\r\nContent-Disposition: form-data; "
			"name=\"%s\"\r\n\r\n%s\r\n",
			fields[i][0], fields[i][1]);
	for (int i = 1; i <= 2; i++) {
		buffer_printf(&b,
			"--x\r\nContent-Disposition: form-data; name=\"photo%d\"; "
			"filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n",
			i);
		buffer_add(&b, dot, 33);
		buffer_text_add(&b, "\r\n");
	}
	buffer_text_add(&b, "--x--\r\n");
	a = testing_door_ask(door, "POST", "/open311/v2/requests.json",
		(struct testing_request){.type = "multipart/form-data; boundary=x",
			.raw = buffer_bytes(&b)});
	if (a.status != 201)
		fail_msg("%s", a.body);
	assert_int_equal(
		testing_door_number(door, "select count(*) from attachment"), before + 2);
}

static void
what_is_missing_is_named(void **state)
{
	static const struct {
		const char *body, *says;
		int status;
	} cases[] = {
		{"lat=51.5&long=-0.1", "service_code was not provided", 400},
		{"service_code=&lat=51.5", "service_code was not provided", 400},
		{"service_code=NONE", "service_code was not found", 404},
		{"service_code=SECRET&lat=51.5&long=-0.1", "not found", 404},
		{"service_code=OLD&lat=51.5&long=-0.1", "ended", 400},
		{"service_code=SHUT", "Ring 999 now.", 400},
		{"service_code=HOLE&attribute[depth]=deep", "lat", 400},
		{"service_code=HOLE&lat=51.5&attribute[depth]=deep", "long", 400},
		{"service_code=HOLE&lat=x&long=y&attribute[depth]=deep", "lat", 400},
		{"service_code=HOLE&lat=40.7&long=-74&attribute[depth]=deep", "lat", 400},
		{"service_code=HOLE&lat=51.5&long=-0.1", "attribute[depth]", 400},
		{"service_code=HOLE&lat=51.5&long=-0.1&attribute[depth]=",
			"attribute[depth]", 400},
		{"service_code=HOLE&lat=51.5&long=-0.1&attribute[depth]=huge",
			"attribute[depth]", 400},
		{"service_code=HOLE&lat=51.5&long=-0.1&attribute[depth]=deep&email=no",
			"email", 400},
		{"service_code=TREE&lat=51.5&long=-0.1&jurisdiction_id=atlantis",
			"jurisdiction_id", 404},
		{"service_code=TREE&lat=51.5&long=-0.1&jurisdiction_id=ict", "api_key",
			403},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct testing_answer a = post(cases[i].body);
		const char *problem;
		const struct xml *x = xml_read(
			testing_arena(), bytes_of(a.body), &problem);
		const struct xml *e = xml_child(x, "error");

		if (a.status != cases[i].status || !e ||
			!strstr(words(e, "description"), cases[i].says))
			fail_msg("%s: %d %s", cases[i].body, a.status, a.body);
		assert_string_equal(
			words(e, "code"), arena_printf(testing_arena(), "%d", a.status));
	}
}

static enum outcome
add_stoppers(struct work *w, void *context)
{
	struct stopper all[] = {
		{.kind = STOPPER_ANSWER,
			.field = "wires",
			.value = "showing",
			.area = "",
			.words = "Ring 105 now."},
		{.kind = STOPPER_INSIDE,
			.field = "",
			.value = "",
			.area = "52.0,-1.0 52.1,-1.0 52.1,-0.9 52.0,-0.9",
			.words = "That road is National Highways'."},
		{.kind = STOPPER_ANSWER,
			.field = "wires",
			.value = "",
			.area = "",
			.words = "Not any more.",
			.until = 1},
	};

	(void)context;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		stopper_row_add(w, SOUTHMERE, "TREE", &all[i]);
	return DONE;
}

/* O25: by the answer and by the place. */
static void
a_stopper_stops_by_answer_and_by_place(void **state)
{
	struct testing_answer a;
	int64_t before = testing_door_number(door, "select count(*) from ticket");

	(void)state;
	testing_door_write(door, add_stoppers, NULL);
	a = post("service_code=TREE&lat=51.5&long=-0.1&attribute[wires]=showing"
		 "&description=stop1");
	assert_int_equal(a.status, 400);
	assert_non_null(strstr(a.body, "Ring 105 now."));
	a = post("service_code=TREE&lat=52.05&long=-0.95&description=stop2");
	assert_int_equal(a.status, 400);
	assert_non_null(strstr(a.body, "National Highways"));
	assert_int_equal(
		testing_door_number(door, "select count(*) from ticket"), before);
	posted("service_code=TREE&lat=52.2&long=-0.95&attribute[wires]=none"
	       "&description=stop3");
}

static void
a_key_is_read_from_three_places(void **state)
{
	const char *body = arena_printf(testing_arena(), "%s&description=keys", hole);
	const char *path = arena_printf(
		testing_arena(), "/open311/v2/requests.xml?api_key=%s", key);
	struct testing_answer a;

	(void)state;
	a = testing_door_ask(door, "POST", path,
		(struct testing_request){.type = form_type, .body = body});
	assert_int_equal(a.status, 201);
	a = testing_door_ask(door, "POST", "/open311/v2/requests.xml",
		(struct testing_request){.type = form_type, .body = body, .token = key});
	assert_int_equal(a.status, 201);
	a = testing_door_ask(door, "POST", "/open311/v2/requests.xml",
		(struct testing_request){.type = form_type, .body = body});
	assert_int_equal(a.status, 403);
	a = testing_door_ask(door, "POST", "/open311/v2/requests.json",
		(struct testing_request){
			.type = form_type, .body = body, .token = "wrong"});
	assert_int_equal(a.status, 403);
	assert_string_equal(a.type, "application/json; charset=utf-8");
	assert_memory_equal(a.body, "[{\"code\":403", 12);
}

static void
the_same_report_twice_is_one(void **state)
{
	const char *a = posted("service_code=TREE&lat=51.5&long=-0.1&description=same"
			       "&attribute[fixmystreet_id]=77");
	const char *b = posted("attribute[fixmystreet_id]=77&lat=51.5&long=-0.1"
			       "&service_code=TREE&description=changed");
	const char *c = posted("service_code=TREE&lat=51.5&long=-0.1&description=same"
			       "&device_id=d1");
	const char *d = posted("service_code=TREE&lat=51.5&long=-0.1&description=same"
			       "&device_id=d1");
	const char *e = posted("service_code=TREE&lat=51.5&long=-0.1&description=same"
			       "&device_id=d2");

	(void)state;
	assert_string_equal(a, b);
	assert_string_equal(c, d);
	assert_string_not_equal(a, c);
	assert_string_not_equal(c, e);
}

static void
a_batch_service_answers_with_a_token(void **state)
{
	struct testing_answer a = post("service_code=SLOW&description=slowly");
	const char *problem;
	const struct xml *x = xml_read(testing_arena(), bytes_of(a.body), &problem);
	const char *token = words(xml_child(x, "request"), "token");
	const char *id;

	(void)state;
	assert_int_equal(a.status, 201);
	assert_true(*token);
	assert_null(xml_child(xml_child(x, "request"), "service_request_id"));
	x = get_xml(arena_printf(testing_arena(), "tokens/%s.xml", token), 200);
	id = words(xml_child(x, "request"), "service_request_id");
	assert_true(*id);
	assert_string_equal(words(xml_child(x, "request"), "token"), token);
	get_xml(arena_printf(testing_arena(), "requests/%s.xml", id), 200);
	get_xml("tokens/nonsense.xml", 404);
}

static int
count_of(const struct xml *list)
{
	int n = 0;

	for (const struct xml *e = list->first; e; e = e->next)
		n++;
	return n;
}

static void
requests_are_found_and_hold_nothing_of_a_person(void **state)
{
	const char *a = posted(
		"service_code=TREE&lat=51.123456&long=-0.1&first_name=Xaver"
		"&last_name=Yzop&email=xaver@example.org&phone=01632960001"
		"&description=A+tree+fell");
	const char *b = posted(arena_printf(
		testing_arena(), "%s&description=Hidden+words&first_name=Xaver", hole));
	struct testing_answer raw = get(arena_printf(testing_arena(),
		"requests.json?service_request_id=%s%%2C%s&extensions=true", a, b));
	const struct xml *x = get_xml(
		arena_printf(testing_arena(), "requests/%s.xml?extensions=true", a), 200);
	const struct xml *one = xml_child(x, "request");

	(void)state;
	assert_string_equal(words(one, "service_request_id"), a);
	assert_string_equal(words(one, "status"), "open");
	assert_string_equal(words(one, "description"), "A tree fell");
	assert_string_equal(words(one, "lat"), "51.123456");
	assert_string_equal(words(one, "long"), "-0.100000");
	assert_true(*words(one, "requested_datetime"));
	assert_true(*words(one, "expected_datetime"));
	assert_string_equal(
		words(xml_child(one, "extended_attributes"), "channel"), "open311");
	assert_null(strstr(raw.body, "Xaver"));
	assert_null(strstr(raw.body, "example.org"));
	assert_null(strstr(raw.body, "960001"));
	assert_null(strstr(raw.body, "Hidden words"));
	x = get_xml(arena_printf(testing_arena(),
			    "requests.xml?service_request_id=%s%%2C%s", a, b),
		200);
	assert_int_equal(count_of(x), 2);
	x = get_xml("requests.xml?service_code=TREE,HOLE&status=open&page_size=1", 200);
	assert_int_equal(count_of(x), 1);
	x = get_xml("requests.xml?service_code=TREE&status=closed", 200);
	assert_int_equal(count_of(x), 0);
	raw = get("requests.xml?start_date=2020-01-01T00:00:00Z&end_date=2020-01-02T00:"
		  "00:00Z");
	assert_non_null(strstr(raw.body, "<service_requests></service_requests>"));
	raw = get("requests.json?start_date=2020-01-01T00:00:00Z&end_date=2020-01-02T00:"
		  "00:00%2B01:00");
	assert_string_equal(raw.body, "[]");
	get_xml("requests.xml?start_date=2020-01-01T00:00:00Z&end_date=2020-05-01T00:00:"
		"00Z",
		400);
	get_xml("requests.xml?start_date=yesterday", 400);
	get_xml("requests.xml?status=perhaps", 400);
}

/* A page of many services at once, as far down as can be asked for. */
static enum outcome
ask_for_much(struct work *w, void *context)
{
	struct request q = {.arena = w->arena,
		.method = GET,
		.path = "/open311/v2/requests.xml",
		.peer = "127.0.0.1"};
	struct reply r = reply_in(w->arena);
	struct actor nobody = {.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};
	struct buffer codes = buffer_in(w->arena, 4096);

	for (int i = 0; i < 500; i++)
		buffer_literal(&codes, "TREE,");
	w->actor = &nobody;
	pairs_add(w->arena, &q.query, "service_code", buffer_text(&codes));
	pairs_add(w->arena, &q.query, "page", "1000");
	assert_int_equal(open311_query(w, &q, &r), DONE);
	assert_int_equal(r.status, 200);
	*(size_t *)context = arena_used(w->arena);
	return DONE;
}

/* What is asked for each of a thousand requests takes room for what there is. */
static enum outcome
ask_for_nothing(struct work *w, void *context)
{
	struct publication p = {.org = SOUTHMERE, .ticket = 1};
	struct publication_photo_list photos;
	struct publication_update_list updates;
	size_t before = arena_used(w->arena);

	publication_photos(w, p.org, p.ticket, &photos);
	publication_updates_of(w, &p, &updates);
	assert_int_equal(photos.count + updates.count, 0);
	*(size_t *)context = arena_used(w->arena) - before;
	return DONE;
}

static void
pages_end_and_cost_what_they_hold(void **state)
{
	const char *a = posted("service_code=TREE&lat=51.5&long=-0.1&description=One");
	const char *b = posted("service_code=TREE&lat=51.6&long=-0.2&description=Two");
	const struct xml *all = get_xml("requests.xml?service_code=TREE", 200);
	const struct xml *x;
	size_t used = 0;

	(void)state;
	x = get_xml("requests.xml?service_code=TREE,TREE,,HOLE-NOT,TREE", 200);
	assert_int_equal(count_of(x), count_of(all));
	x = get_xml("requests.xml?service_code=TREE,&page_size=1&page=1", 200);
	assert_int_equal(count_of(x), 1);
	assert_string_not_equal(words(xml_child(x, "request"), "service_request_id"), a);
	assert_string_equal(words(xml_child(x, "request"), "service_request_id"), b);
	x = get_xml("requests.xml?service_code=TREE&page=1001", 200);
	assert_int_equal(count_of(x), 0);
	x = get_xml("requests.xml?page_size=5000", 200);
	assert_true(count_of(x) >= 2);
	get_xml("requests.xml?page=0", 400);
	get_xml("requests.xml?page=second", 400);
	get_xml("requests.xml?page_size=-1", 400);
	testing_door_write(door, ask_for_much, &used);
	assert_true(used < 2 * 1024 * 1024);
	testing_door_write(door, ask_for_nothing, &used);
	assert_true(used < 2048);
}

static enum outcome
report_by_web(struct work *w, void *context)
{
	*(const char **)context = arena_copy(
		testing_arena(), testing_report(w, "web-1", "Private words."));
	return DONE;
}

static void
other_tickets_do_not_exist(void **state)
{
	const char *reference;

	(void)state;
	testing_door_write(door, report_by_web, &reference);
	get_xml(arena_printf(testing_arena(), "requests/%s.xml", reference), 404);
	get_xml("requests/000-000-000.xml", 404);
	assert_int_equal(
		count_of(get_xml(arena_printf(testing_arena(),
					 "requests.xml?service_request_id=%s", reference),
			200)),
		0);
}

static enum outcome
claim_and_reply(struct work *w, void *context)
{
	struct handle h = {.org = SOUTHMERE, .reference = context};
	struct ticket t;

	testing_act_as(w, SOUTHMERE, door->people.leader);
	assert_int_equal(handle_claim(w, &h, &t), DONE);
	assert_int_equal(handle_reply(w, &h, "Dear Xaver, we come.", &t), DONE);
	return DONE;
}

static enum outcome
resolve(struct work *w, void *context)
{
	struct handle h = {.org = SOUTHMERE, .reference = context};
	struct ticket t;

	testing_act_as(w, SOUTHMERE, door->people.leader);
	assert_int_equal(handle_resolve(w, &h, "Dear Xaver, it is filled.", &t), DONE);
	return DONE;
}

static void
what_is_done_becomes_updates(void **state)
{
	char *id = arena_copy(
		testing_arena(), posted("service_code=TREE&lat=51.2&long=-0.1"
					"&description=updates"));
	static const char *const statuses[] = {"investigating", "investigating", "fixed"};
	const struct xml *x, *u;
	struct testing_answer raw;
	int n = 0;

	(void)state;
	testing_door_write(door, claim_and_reply, id);
	testing_door_write(door, resolve, id);
	x = get_xml("servicerequestupdates.xml", 200);
	assert_string_equal(x->name, "service_request_updates");
	for (u = xml_child(x, "request_update"); u; u = xml_again(u)) {
		if (strcmp(words(u, "service_request_id"), id) != 0)
			continue;
		assert_true(n < 3);
		assert_string_equal(words(u, "status"), statuses[n++]);
		assert_true(*words(u, "update_id"));
		assert_true(*words(u, "description"));
	}
	assert_int_equal(n, 3);
	raw = get("servicerequestupdates.json");
	assert_null(strstr(raw.body, "Xaver"));
	raw = get(arena_printf(
		testing_arena(), "servicerequestupdates.json?api_key=%s", key));
	assert_non_null(strstr(raw.body, "Dear Xaver, it is filled."));
	x = get_xml(arena_printf(testing_arena(), "requests/%s.xml", id), 200);
	assert_string_equal(words(xml_child(x, "request"), "status"), "closed");
}

static struct testing_answer
update(const char *body)
{
	return testing_door_ask(door, "POST", "/open311/v2/servicerequestupdates.xml",
		(struct testing_request){.type = form_type,
			.body = arena_printf(
				testing_arena(), "api_key=%s&%s", key, body)});
}

static int64_t
events_of(const char *id)
{
	return testing_door_number(
		door, arena_printf(testing_arena(),
			      "select events from ticket where reference = '%s'", id));
}

static void
a_posted_update_is_applied_once(void **state)
{
	const char *id = posted("service_code=TREE&lat=51.3&long=-0.1&description=posts");
	int64_t before = events_of(id);
	struct testing_answer a = update(arena_printf(testing_arena(),
		"service_request_id=%s&update_id=u1&status=OPEN&first_name=Ann&last_name="
		"-"
		"&updated_datetime=2026-03-02T09:00:00Z&description=It+grew",
		id));
	struct testing_answer b = update(arena_printf(testing_arena(),
		"service_request_id=%s&update_id=u1&status=OPEN&description=It+grew",
		id));

	(void)state;
	if (a.status != 201)
		fail_msg("%s", a.body);
	assert_int_equal(b.status, 201);
	assert_string_equal(a.body, b.body);
	assert_int_equal(events_of(id), before + 1);
	assert_int_equal(
		update("service_request_id=000-000-000&update_id=u2").status, 404);
	assert_int_equal(update("service_request_id=&update_id=u2").status, 404);
	assert_int_equal(
		update(arena_printf(testing_arena(), "service_request_id=%s", id)).status,
		400);
	assert_int_equal(
		update(arena_printf(testing_arena(),
			       "service_request_id=%s&update_id=u3&status=GLAD", id))
			.status,
		400);
}

/* A wish changes the state only where our flow allows it. */
static void
a_status_from_outside_is_a_wish(void **state)
{
	char *id = arena_copy(
		testing_arena(), posted("service_code=TREE&lat=51.4&long=-0.1"
					"&description=wishes"));
	const char *status = arena_printf(testing_arena(),
		"select case status when 'resolved' then 1 when 'open' then 2 else 0 end"
		" from ticket where reference = '%s'",
		id);

	(void)state;
	update(arena_printf(testing_arena(),
		"service_request_id=%s&update_id=w1&status=FIXED&description=x", id));
	assert_int_equal(testing_door_number(door, status), 0);
	testing_door_write(door, resolve, id);
	update(arena_printf(testing_arena(),
		"service_request_id=%s&update_id=w2&status=FIXED&description=thanks",
		id));
	assert_int_equal(testing_door_number(door, status), 1);
	update(arena_printf(testing_arena(),
		"service_request_id=%s&update_id=w3&status=REOPEN&description=again",
		id));
	assert_int_equal(testing_door_number(door, status), 2);
}

enum { TELLINGS = 400, DAY = 86400 };

struct tellings {
	const char *reference;
	int64_t at[TELLINGS];
	int64_t begin;
};

static enum outcome
tell_at_random(struct work *w, void *context)
{
	struct tellings *all = context;
	struct ticket t = testing_ticket(w, all->reference);

	for (int i = 0; i < TELLINGS; i++) {
		w->now = all->at[i] = all->begin + (int64_t)(random_number() % DAY);
		publication_tell(w, &t, 1, "investigating", "investigating");
	}
	return DONE;
}

/* Section 6 check 4: the union over adjoining periods holds each at least once, always
 * under one id, and none outside its period. */
static void
no_period_loses_an_update(void **state)
{
	struct tellings all = {
		.reference = posted("service_code=TREE&lat=51.6&long=-0.1&description=p"),
	};
	int64_t from, seen = 0, edges = 0;
	struct pairs ids = {NULL, 0};

	(void)state;
	assert_true(times_parse_iso(bytes_of("2026-01-10T00:00:00Z"), &all.begin));
	testing_door_write(door, tell_at_random, &all);
	for (from = all.begin; from < all.begin + DAY;) {
		int64_t to = from + 1 + (int64_t)(random_number() % 5000);
		const struct xml *x = get_xml(
			arena_printf(testing_arena(),
				"servicerequestupdates.xml?start_date=%s&end_date=%s",
				times_iso(testing_arena(), from),
				times_iso(testing_arena(), to)),
			200);

		for (const struct xml *u = x->first; u; u = u->next) {
			const char *id = words(u, "update_id"), *known;
			const char *when = words(u, "updated_datetime");
			int64_t at;

			assert_true(times_parse_iso(bytes_of(when), &at));
			assert_true(at >= from && at <= to);
			known = pairs_get(&ids, id);
			if (known) {
				assert_string_equal(known, when);
				assert_int_equal(at, from);
				edges++;
			} else {
				pairs_add(testing_arena(), &ids, id, when);
				seen++;
			}
		}
		from = to;
	}
	print_message("on an edge: %d\n", (int)edges);
	assert_int_equal(seen, TELLINGS);
}

/* Those raised before routing too (O11). */
static void
every_refusal_is_in_the_format_of_its_address(void **state)
{
	static const int statuses[] = {400, 401, 403, 404, 405, 413, 429, 500, 503};
	struct testing_answer a = testing_door_ask(
		door, "DELETE", "/open311/v2/requests.xml", (struct testing_request){0});
	char *big = arena_alloc(testing_arena(), 400000);

	(void)state;
	assert_int_equal(a.status, 405);
	assert_non_null(strstr(a.body, "<errors><error><code>405</code>"));
	get_xml("nothing.xml", 404);
	get_xml("requests.xml/%2e%2e/x.xml", 400);
	memset(big, 'a', 399999);
	a = post(big);
	assert_int_equal(a.status, 413);
	assert_string_equal(a.type, "text/xml; charset=utf-8");
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		struct request q = {
			.arena = testing_arena(), .path = "/open311/v2/x.xml", .id = ""};
		struct reply r = reply_in(testing_arena());
		const char *problem;

		errors_page(&q, statuses[i], &r);
		assert_string_equal(r.type, "text/xml; charset=utf-8");
		assert_non_null(
			xml_read(testing_arena(), buffer_bytes(&r.body), &problem));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(discovery_offers_both_formats),
		cmocka_unit_test(services_marked_for_it_are_listed),
		cmocka_unit_test(a_definition_shows_the_form),
		cmocka_unit_test(attributes_come_in_every_writing),
		cmocka_unit_test(descriptions_stay_as_they_were_sent),
		cmocka_unit_test(photographs_come_as_parts),
		cmocka_unit_test(what_is_missing_is_named),
		cmocka_unit_test(a_stopper_stops_by_answer_and_by_place),
		cmocka_unit_test(a_key_is_read_from_three_places),
		cmocka_unit_test(the_same_report_twice_is_one),
		cmocka_unit_test(a_batch_service_answers_with_a_token),
		cmocka_unit_test(requests_are_found_and_hold_nothing_of_a_person),
		cmocka_unit_test(pages_end_and_cost_what_they_hold),
		cmocka_unit_test(other_tickets_do_not_exist),
		cmocka_unit_test(what_is_done_becomes_updates),
		cmocka_unit_test(a_posted_update_is_applied_once),
		cmocka_unit_test(a_status_from_outside_is_a_wish),
		cmocka_unit_test(no_period_loses_an_update),
		cmocka_unit_test(every_refusal_is_in_the_format_of_its_address),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
