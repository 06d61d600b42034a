/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TOOLS_TOOLBOX_H
#define TOOLS_TOOLBOX_H

/*
 * What the build programs share: whole files in and out, complaints in the form that
 * editors understand ("file:line: what is wrong"), and C literals.
 */

#include "base/arena.h"
#include "base/buffer.h"
#include "base/bytes.h"

/* The whole file, followed by a NUL that is not counted. Ends the program with a
 * complaint when it cannot be read. */
struct bytes toolbox_read(struct arena *a, const char *path);

/* Writes the whole file, or ends the program with a complaint. */
void toolbox_write(const char *path, const struct buffer *b);

/* The part of the path behind the last '/'. */
const char *toolbox_name(const char *path);

/* The bytes as one C string literal, a source line for each line of text, each begun
 * with a tab. Any byte may be in it. */
void toolbox_literal(struct buffer *out, struct bytes b);

/* The first line of every generated file. */
void toolbox_heading(struct buffer *out, const char *by);

#endif
