/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/postgres_value.h"

#include <string.h>

/* Type numbers of PostgreSQL's catalogue (pg_type.dat); they never change. */
enum {
	TYPE_BOOL = 16,
	TYPE_BYTEA = 17,
	TYPE_NAME = 19,
	TYPE_INT8 = 20,
	TYPE_INT2 = 21,
	TYPE_INT4 = 23,
	TYPE_TEXT = 25,
	TYPE_JSON = 114,
	TYPE_FLOAT4 = 700,
	TYPE_FLOAT8 = 701,
	TYPE_UNKNOWN = 705,
	TYPE_BPCHAR = 1042,
	TYPE_VARCHAR = 1043,
	TYPE_NUMERIC = 1700,
};

Oid
postgres_value_type(int kind)
{
	static const Oid types[] = {
		[DB_INT] = TYPE_INT8, [DB_TEXT] = TYPE_TEXT, [DB_BYTES] = TYPE_BYTEA};

	return types[kind];
}

static uint64_t
big_endian(const char *at, int bytes)
{
	uint64_t n = 0;

	for (int i = 0; i < bytes; i++)
		n = n << 8 | (unsigned char)at[i];
	return n;
}

/* The whole part of a numeric (sums are): digits to the base of 10,000 behind their
 * count, weight, sign and scale. False when it does not fit. */
static bool
numeric(const char *at, int64_t *out)
{
	int digits = (int16_t)big_endian(at, 2);
	int weight = (int16_t)big_endian(at + 2, 2);
	int sign = (int)big_endian(at + 4, 2);
	__int128 n = 0;

	if (weight > 4 || sign & 0x8000)
		return false;
	for (int i = 0; i <= weight; i++)
		n = n * 10000 + (i < digits ? (int)big_endian(at + 8 + 2 * i, 2) : 0);
	if (sign)
		n = -n;
	*out = (int64_t)n;
	return n >= INT64_MIN && n <= INT64_MAX;
}

static bool
floating(const char *at, Oid type, int64_t *out)
{
	uint64_t eight = big_endian(at, type == TYPE_FLOAT8 ? 8 : 4);
	uint32_t four = (uint32_t)eight;
	float single;
	double n;

	memcpy(&single, &four, sizeof single);
	memcpy(&n, &eight, sizeof n);
	if (type == TYPE_FLOAT4)
		n = (double)single;
	if (!(n > -9.2e18 && n < 9.2e18))
		return false;
	*out = (int64_t)n;
	return true;
}

bool
postgres_value_number(const PGresult *r, int row, int column, int64_t *out)
{
	const char *at = PQgetvalue(r, row, column);
	Oid type = PQftype(r, column);

	switch (type) {
	case TYPE_INT8: *out = (int64_t)big_endian(at, 8); return true;
	case TYPE_INT4: *out = (int32_t)big_endian(at, 4); return true;
	case TYPE_INT2: *out = (int16_t)big_endian(at, 2); return true;
	case TYPE_BOOL: *out = *at != 0; return true;
	case TYPE_NUMERIC: return numeric(at, out);
	case TYPE_FLOAT4:
	case TYPE_FLOAT8: return floating(at, type, out);
	default: return false;
	}
}

enum column
postgres_value_column(const PGresult *r, int row, int column)
{
	int64_t ignored;

	if (PQgetisnull(r, row, column))
		return COLUMN_NULL;
	switch (PQftype(r, column)) {
	case TYPE_TEXT:
	case TYPE_VARCHAR:
	case TYPE_BPCHAR:
	case TYPE_NAME:
	case TYPE_JSON:
	case TYPE_UNKNOWN: return COLUMN_TEXT;
	case TYPE_BYTEA: return COLUMN_BYTES;
	default:
		return postgres_value_number(r, row, column, &ignored) ? COLUMN_INT
								       : COLUMN_OTHER;
	}
}
