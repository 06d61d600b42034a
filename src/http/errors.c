/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/errors.h"

#include <string.h>

struct wording {
	int status;
	const char *title;
	const char *sentence;
};

static const struct wording wordings[] = {
	{400, "Bad Request", "The request could not be understood."},
	{401, "Unauthorized", "You need to sign in first."},
	{403, "Forbidden", "You may not do this."},
	{404, "Not Found", "There is no page at this address."},
	{405, "Method Not Allowed", "This address does not take requests of that kind."},
	{409, "Conflict", "Somebody else changed this first."},
	{411, "Length Required", "The request did not say how long it is."},
	{412, "Precondition Failed", "This was changed since you last saw it."},
	{413, "Content Too Large", "What you sent is larger than this address takes."},
	{415, "Unsupported Media Type", "What you sent is of a kind not taken here."},
	{417, "Expectation Failed", "The request expects something not offered here."},
	{422, "Unprocessable Content", "Something in what you sent is wrong."},
	{429, "Too Many Requests", "Too many requests came at once. Try again shortly."},
	{431, "Request Header Fields Too Large", "The head of the request is too long."},
	{500, "Internal Server Error", "Something went wrong on our side."},
	{501, "Not Implemented", "The request uses something not offered here."},
	{503, "Service Unavailable", "The service is busy. Try again in a moment."},
};

static const struct wording *
wording_of(int status)
{
	static const struct wording other = {
		0, "Error", "The request could not be answered."};

	for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++)
		if (wordings[i].status == status)
			return &wordings[i];
	return &other;
}

const char *
errors_title(int status)
{
	return wording_of(status)->title;
}

static bool
begins(const char *path, const char *front)
{
	return strncmp(path, front, strlen(front)) == 0;
}

static bool
ends(const char *path, const char *back)
{
	size_t n = strlen(path), m = strlen(back);

	return n >= m && strcmp(path + n - m, back) == 0;
}

static void
write_problem(const struct wording *w, int status, const char *id, struct reply *r)
{
	r->type = "application/problem+json";
	buffer_printf(&r->body,
		"{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,"
		"\"detail\":\"%s\",\"instance\":\"urn:request:%s\"}\n",
		w->title, status, w->sentence, id);
}

static void
write_open311_xml(const struct wording *w, int status, struct reply *r)
{
	r->type = "text/xml; charset=utf-8";
	buffer_printf(&r->body,
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		"<errors><error><code>%d</code><description>%s</description>"
		"</error></errors>\n",
		status, w->sentence);
}

static void
write_open311_json(const struct wording *w, int status, struct reply *r)
{
	r->type = "application/json; charset=utf-8";
	buffer_printf(&r->body, "[{\"code\":%d,\"description\":\"%s\"}]\n", status,
		w->sentence);
}

static void
write_page(const struct wording *w, const char *id, struct reply *r)
{
	r->type = "text/html; charset=utf-8";
	buffer_printf(&r->body,
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
		"\n<title>%s</title>\n</head>\n<body>\n<main>\n<h1>%s</h1>\n<p>%s</p>\n"
		"<p>If you report this, give the code %s.</p>\n"
		"<p><a href=\"/\">Go to the start page</a></p>\n"
		"</main>\n</body>\n</html>\n",
		w->title, w->title, w->sentence, id);
}

static void
write(const struct request *q, const struct wording *w, int status, struct reply *r)
{
	r->status = status;
	r->body.len = 0;
	if (begins(q->path, "/api/"))
		write_problem(w, status, q->id, r);
	else if (begins(q->path, "/open311/") && ends(q->path, ".xml"))
		write_open311_xml(w, status, r);
	else if (begins(q->path, "/open311/"))
		write_open311_json(w, status, r);
	else
		write_page(w, q->id, r);
}

void
errors_page(const struct request *q, int status, struct reply *r)
{
	write(q, wording_of(status), status, r);
}

void
errors_say(const struct request *q, int status, const char *sentence, struct reply *r)
{
	struct wording w = *wording_of(status);

	w.sentence = sentence;
	write(q, &w, status, r);
}
