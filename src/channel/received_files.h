/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_RECEIVED_FILES_H
#define CHANNEL_RECEIVED_FILES_H

/* Files that a machine sent with its request, read and named: their kind is found from
 * the bytes. */

#include "http/request.h"
#include "store/contact.h"

struct received_files {
	struct contact_file *at;
	int count;
};

/* INVALID with problems (by the field's name) when one is empty, too large or of a kind
 * that is not taken. */
enum outcome received_files_read(
	struct work *w, const struct request *q, struct received_files *files) must_check;

#endif
