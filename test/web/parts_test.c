/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Our parts print what govuk-frontend prints: its own fixtures, {name, options, html},
 * go in as structs and come out as the same markup. Fixtures with options that our
 * structs do not have are passed over and counted. */
#include "testing.h"

#include "base/buffer.h"
#include "format/words.h"
#include "testing_html.h"
#include "views.h"
#include "web/parts.h"

#include <jansson.h>
#include <string.h>

static const char COMPONENTS[] = PROJECT_ROOT
	"/node_modules/govuk-frontend/dist/govuk/components";

static const char *
text_of(const json_t *options, const char *name)
{
	const json_t *value = json_object_get(options, name);

	if (json_is_integer(value))
		return arena_printf(
			testing_arena(), "%d", (int)json_integer_value(value));
	return json_string_value(value);
}

/* The text of {"hint": {"text": ...}}. */
static const char *
inner_text(const json_t *options, const char *name)
{
	return text_of(json_object_get(options, name), "text");
}

static bool
is_true(const json_t *options, const char *name)
{
	return json_is_true(json_object_get(options, name));
}

/* Whether all members are among the words of the list, and texts where texts go. */
static bool
knows(const json_t *options, const char *list)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)options, key, value)
	{
		if (!strstr(list, arena_printf(testing_arena(), " %s ", key)))
			return false;
		if (json_is_null(value))
			return false;
		if (json_is_object(value) && strcmp(key, "fieldset") != 0 &&
			strcmp(key, "label") != 0 && strcmp(key, "legend") != 0 &&
			!knows(value, " text "))
			return false;
	}
	return true;
}

static bool
read_question(const json_t *options, struct part_input *in)
{
	const json_t *label = json_object_get(options, "label");
	const json_t *fieldset = json_object_get(options, "fieldset");

	if (fieldset) {
		label = json_object_get(fieldset, "legend");
		if (!label || !knows(fieldset, " legend "))
			return false;
	}
	in->name = text_of(options, "name");
	in->id = text_of(options, "id");
	if (!in->id)
		in->id = text_of(options, "idPrefix");
	if (!in->id)
		in->id = in->name;
	in->label = text_of(label, "text");
	in->label_class = text_of(label, "classes");
	in->heading = is_true(label, "isPageHeading");
	in->hint = inner_text(options, "hint");
	in->error = inner_text(options, "errorMessage");
	in->class = text_of(options, "classes");
	in->describedby = text_of(options, "describedBy");
	in->value = text_of(options, "value");
	return in->id && (!label || in->label) &&
	       (!label || knows(label, " text classes isPageHeading ")) &&
	       (!in->heading || in->label_class);
}

static bool
read_choices(const json_t *options, struct part_input *in)
{
	const json_t *items = json_object_get(options, "items");
	size_t n = json_array_size(items);
	struct part_choice *at = arena_array(testing_arena(), n, sizeof *at);

	for (size_t i = 0; i < n; i++) {
		const json_t *item = json_array_get(items, i);
		const char *divider = text_of(item, "divider");

		if (!json_is_object(item) ||
			!knows(item, " value text hint checked selected disabled divider "
				     "behaviour "))
			return false;
		at[i] = (struct part_choice){
			.value = text_of(item, "value"),
			.label = divider ? divider : text_of(item, "text"),
			.hint = inner_text(item, "hint"),
			.disabled = is_true(item, "disabled"),
			.divider = divider != NULL,
			.exclusive = text_of(item, "behaviour") != NULL,
		};
		at[i].chosen = is_true(item, "checked") || is_true(item, "selected") ||
			       (at[i].value && in->value &&
				       strcmp(at[i].value, in->value) == 0 &&
				       !json_is_false(json_object_get(item, "checked")) &&
				       !json_is_false(json_object_get(item, "selected")));
		if (!divider && (!at[i].value || !at[i].label))
			return false;
	}
	in->value = NULL;
	in->choices = (struct part_choices){at, (int)n};
	return n > 0;
}

static const char *
print_input(const struct part_input *in)
{
	struct buffer out = buffer_in(testing_arena(), 0);

	part_input(&out, words_of("en"), in);
	return buffer_text(&out);
}

static const char *
make_input(const json_t *o)
{
	struct part_input in = {.kind = PART_TEXT};
	const json_t *spelling = json_object_get(o, "spellcheck");

	if (!knows(o, " id name label hint errorMessage value classes type autocomplete "
		      "inputmode spellcheck prefix suffix describedBy ") ||
		json_is_true(spelling) || !read_question(o, &in))
		return NULL;
	in.type = text_of(o, "type");
	in.autocomplete = text_of(o, "autocomplete");
	in.inputmode = text_of(o, "inputmode");
	in.no_spelling = json_is_false(spelling);
	in.prefix = inner_text(o, "prefix");
	in.suffix = inner_text(o, "suffix");
	return print_input(&in);
}

static const char *
make_area(const json_t *o)
{
	struct part_input in = {.kind = PART_AREA};
	const json_t *spelling = json_object_get(o, "spellcheck");

	if (!knows(o, " id name label hint errorMessage value classes autocomplete "
		      "spellcheck "
		      "describedBy ") ||
		json_is_true(spelling) || !read_question(o, &in))
		return NULL;
	in.autocomplete = text_of(o, "autocomplete");
	in.no_spelling = json_is_false(spelling);
	return print_input(&in);
}

static const char *
make_chosen(const json_t *o, enum part_kind kind)
{
	struct part_input in = {.kind = kind};

	if (!knows(o, " id idPrefix name label hint errorMessage value classes items "
		      "fieldset "
		      "describedBy ") ||
		!read_question(o, &in) || !read_choices(o, &in))
		return NULL;
	return print_input(&in);
}

static const char *
make_radios(const json_t *o)
{
	return make_chosen(o, PART_RADIOS);
}

static const char *
make_checkboxes(const json_t *o)
{
	return make_chosen(o, PART_CHECKBOXES);
}

static const char *
make_select(const json_t *o)
{
	return make_chosen(o, PART_SELECT);
}

/* The options of one box: {"day": {...}} or an item of that name. */
static const json_t *
box_of(const json_t *o, const char *name)
{
	const json_t *items = json_object_get(o, "items");
	const json_t *box = json_object_get(o, name);

	for (size_t i = 0; i < json_array_size(items); i++)
		if (strcmp(text_of(json_array_get(items, i), "name"), name) == 0)
			box = json_array_get(items, i);
	return box;
}

/* The fixtures without a prefix call their boxes "day"; ours always have one. */
static const char *
without_prefix(const char *html, const char *prefix)
{
	struct buffer out = buffer_in(testing_arena(), 0);
	const char *mark = arena_printf(testing_arena(), "name=\"%s-", prefix);
	const char *hit;

	for (; (hit = strstr(html, mark)) != NULL; html = hit + strlen(mark)) {
		buffer_add(&out, html, (size_t)(hit - html));
		buffer_literal(&out, "name=\"");
	}
	buffer_text_add(&out, html);
	return buffer_text(&out);
}

static const char *
make_date(const json_t *o)
{
	static const char *const names[] = {"day", "month", "year"};
	struct part_input in = {.kind = PART_DATE};
	const char **values[] = {&in.day, &in.month, &in.year};
	const json_t *items = json_object_get(o, "items");

	if (!knows(o, " id namePrefix hint errorMessage fieldset day month year items "
		      "classes ") ||
		!read_question(o, &in) || (items && json_array_size(items) != 3))
		return NULL;
	in.name = text_of(o, "namePrefix");
	for (int i = 0; i < 3; i++) {
		const json_t *box = box_of(o, names[i]);
		const char *class = text_of(box, "classes");

		/* a date without one of the boxes, or with others */
		if (json_is_boolean(box) || (items && !text_of(box, "name")))
			return NULL;
		if (box && !knows(box, " name classes error value autocomplete "))
			return NULL;
		if (class && strncmp(class, "govuk-input--", 13) != 0)
			return NULL;
		if (is_true(box, "error") || (class && strstr(class, "--error"))) {
			if (!in.error || in.wrong)
				return NULL;
			in.wrong = (enum part_wrong)(i + 1);
		} else if (json_is_false(json_object_get(box, "error"))) {
			return NULL;
		}
		in.birthday = text_of(box, "autocomplete") != NULL;
		*values[i] = text_of(box, "value");
	}
	return in.name ? print_input(&in) : without_prefix(print_input(&in), in.id);
}

static const char *
make_file(const json_t *o)
{
	struct part_input in = {.kind = PART_FILE};

	if (!knows(o, " id name label hint errorMessage classes multiple describedBy ") ||
		!read_question(o, &in))
		return NULL;
	in.multiple = is_true(o, "multiple");
	return print_input(&in);
}

static const char *
make_problems(const json_t *o)
{
	const json_t *list = json_object_get(o, "errorList");
	size_t n = json_array_size(list);
	struct part_problem *at = arena_array(testing_arena(), n, sizeof *at);
	struct buffer out = buffer_in(testing_arena(), 0);

	if (!knows(o, " titleText errorList ") || n == 0 ||
		strcmp(text_of(o, "titleText"), "There is a problem") != 0)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		const json_t *item = json_array_get(list, i);
		const char *href = text_of(item, "href");

		if (!knows(item, " text href ") || (href && href[0] != '#'))
			return NULL;
		at[i] = (struct part_problem){
			text_of(item, "text"), href ? href + 1 : NULL};
	}
	part_problems(&out, words_of("en"), &(struct part_problems){at, (int)n});
	return buffer_text(&out);
}

static const char *
make_button(const json_t *o)
{
	const char *class = text_of(o, "classes");
	struct buffer out = buffer_in(testing_arena(), 0);
	struct part_button b = {
		.text = text_of(o, "text"),
		.href = text_of(o, "href"),
		.id = text_of(o, "id"),
		.name = text_of(o, "name"),
		.value = text_of(o, "value"),
	};

	if (!knows(o, " text href id name value classes isStartButton "))
		return NULL;
	if (is_true(o, "isStartButton"))
		b.kind = BUTTON_START;
	else if (class && strcmp(class, "govuk-button--secondary") == 0)
		b.kind = BUTTON_SECONDARY;
	else if (class && strcmp(class, "govuk-button--warning") == 0)
		b.kind = BUTTON_WARNING;
	else if (class)
		return NULL;
	part_button(&out, words_of("en"), &b);
	return buffer_text(&out);
}

static bool
read_row(const json_t *row, struct part_row *into)
{
	const json_t *actions = json_object_get(json_object_get(row, "actions"), "items");
	const json_t *action = json_array_get(actions, 0);

	into->key = inner_text(row, "key");
	into->value = inner_text(row, "value");
	into->href = text_of(action, "href");
	into->action = text_of(action, "text");
	into->hidden = text_of(action, "visuallyHiddenText");
	return json_is_object(row) && into->key && into->value &&
	       !json_object_get(row, "classes") && json_array_size(actions) <= 1 &&
	       (!action || knows(action, " href text visuallyHiddenText ")) &&
	       json_object_size(json_object_get(row, "key")) == 1 &&
	       json_object_size(json_object_get(row, "value")) == 1 &&
	       json_object_size(json_object_get(row, "actions")) <= 1;
}

static const char *
make_summary(const json_t *o)
{
	const json_t *rows = json_object_get(o, "rows");
	size_t n = json_array_size(rows);
	struct part_row *at = arena_array(testing_arena(), n, sizeof *at);
	struct part_summary s = {at, (int)n, false};
	struct buffer out = buffer_in(testing_arena(), 0);

	if (json_object_size(o) != 1 || n == 0)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (!read_row(json_array_get(rows, i), &at[i]))
			return NULL;
		s.mixed = s.mixed || at[i].href;
	}
	part_summary(&out, words_of("en"), &s);
	return buffer_text(&out);
}

/* Runs the fixtures of a component; at least `least` of them must be ours to print. */
static void
compare(const char *component, const char *(*make)(const json_t *options), int least)
{
	struct arena *a = testing_arena();
	json_t *file = json_load_file(
		arena_printf(a, "%s/%s/fixtures.json", COMPONENTS, component), 0, NULL);
	json_t *fixture;
	size_t i;
	int same = 0;

	assert_non_null(file);
	json_array_foreach(json_object_get(file, "fixtures"), i, fixture)
	{
		const char *ours = make(json_object_get(fixture, "options"));
		const char *theirs = text_of(fixture, "html");

		if (!ours)
			continue;
		ours = testing_html_normal(a, ours);
		theirs = testing_html_normal(a, theirs);
		if (strcmp(ours, theirs) != 0)
			fail_msg("%s, %s:\n--- ours\n%s--- theirs\n%s", component,
				text_of(fixture, "name"), ours, theirs);
		same++;
	}
	print_message("%s: %d of %zu fixtures\n", component, same,
		json_array_size(json_object_get(file, "fixtures")));
	json_decref(file);
	assert_true(same >= least);
}

static void
text_inputs_are_those_of_govuk_frontend(void **state)
{
	(void)state;
	compare("input", make_input, 15);
}

static void
text_areas_are_those_of_govuk_frontend(void **state)
{
	(void)state;
	compare("textarea", make_area, 8);
}

static void
radios_are_those_of_govuk_frontend(void **state)
{
	(void)state;
	compare("radios", make_radios, 10);
}

static void
checkboxes_are_those_of_govuk_frontend(void **state)
{
	(void)state;
	compare("checkboxes", make_checkboxes, 8);
}

static void
selects_are_those_of_govuk_frontend(void **state)
{
	(void)state;
	compare("select", make_select, 8);
}

static void
dates_are_those_of_govuk_frontend(void **state)
{
	(void)state;
	compare("date-input", make_date, 12);
}

static void
files_are_those_of_govuk_frontend(void **state)
{
	(void)state;
	compare("file-upload", make_file, 4);
}

static void
error_summaries_are_those_of_govuk_frontend(void **state)
{
	(void)state;
	compare("error-summary", make_problems, 2);
}

static void
buttons_are_those_of_govuk_frontend(void **state)
{
	(void)state;
	compare("button", make_button, 8);
}

static void
summary_lists_are_those_of_govuk_frontend(void **state)
{
	(void)state;
	compare("summary-list", make_summary, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_inputs_are_those_of_govuk_frontend),
		cmocka_unit_test(text_areas_are_those_of_govuk_frontend),
		cmocka_unit_test(radios_are_those_of_govuk_frontend),
		cmocka_unit_test(checkboxes_are_those_of_govuk_frontend),
		cmocka_unit_test(selects_are_those_of_govuk_frontend),
		cmocka_unit_test(dates_are_those_of_govuk_frontend),
		cmocka_unit_test(files_are_those_of_govuk_frontend),
		cmocka_unit_test(error_summaries_are_those_of_govuk_frontend),
		cmocka_unit_test(buttons_are_those_of_govuk_frontend),
		cmocka_unit_test(summary_lists_are_those_of_govuk_frontend),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
