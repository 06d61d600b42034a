#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts straight from the incident log, without anything of ours: a second opinion.

    incident_log.py FILE       prints "incidents N legs N returns N closed N met N"
    incident_log.py -t FILE    and for each priority the targets that explain the recorded
                               verdicts best: hours of Monday to Friday, opened to closed

A leg is a stay with one group; before the first group is named an incident is with the
desk, and a row that names none says nothing. An incident returns when a leg begins with a
group that had an earlier one. Rows are taken in the order of sys_updated_at, sys_mod_count
and line; the verdict is that of the last one, for incidents that were ever closed.
"""
import csv
import datetime
import sys
import zoneinfo

LONDON = zoneinfo.ZoneInfo("Europe/London")
DAY = datetime.timedelta(1)


def time(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y %H:%M")


def read(path):
    incidents = {}
    with open(path, encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file)):
            key = (time(row["sys_updated_at"]), int(row["sys_mod_count"]), line)
            incidents.setdefault(row["number"], []).append((key, row))
    return [[row for _, row in sorted(rows, key=lambda r: r[0])]
            for rows in incidents.values()]


def legs(rows):
    stays = ["the desk"]
    for row in rows:
        group = row["assignment_group"]
        if group != "?" and group != stays[-1]:
            if row is rows[0]:
                stays = []
            stays.append(group)
    return stays


def instant(local):
    return int(local.replace(tzinfo=LONDON).timestamp())


def working(start, end):
    """Seconds of Monday to Friday between two local times."""
    total, day = 0, start.date()
    while day <= end.date():
        midnight = datetime.datetime.combine(day, datetime.time())
        if day.weekday() < 5:
            total += max(0, min(instant(end), instant(midnight + DAY))
                         - max(instant(start), instant(midnight)))
        day += DAY
    return total


def best(verdicts):
    """(right, from, to): a target in [from, to) is right most often."""
    spent = sorted(verdicts)
    right = sum(not met for _, met in spent)
    found = (right, 0, spent[0][0])
    for i, (seconds, met) in enumerate(spent):
        right += 1 if met else -1
        after = spent[i + 1][0] if i + 1 < len(spent) else seconds + 1
        if after > seconds and right > found[0]:
            found = (right, seconds, after)
    return found


def main():
    incidents = read(sys.argv[-1])
    stays = [legs(rows) for rows in incidents]
    closed = [rows for rows in incidents
              if any(row["incident_state"] == "Closed" for row in rows)]
    print("incidents", len(incidents), "legs", sum(map(len, stays)), "returns",
          sum(len(set(s)) < len(s) for s in stays), "closed", len(closed), "met",
          sum(rows[-1]["made_sla"] == "true" for rows in closed))
    if "-t" not in sys.argv:
        return
    for priority in sorted({rows[-1]["priority"] for rows in closed}):
        verdicts = [(working(time(rows[-1]["opened_at"]), time(rows[-1]["closed_at"])),
                     rows[-1]["made_sla"] == "true")
                    for rows in closed if rows[-1]["priority"] == priority]
        right, low, high = best(verdicts)
        print(f"{priority}: {right} of {len(verdicts)} right"
              f" with {low / 3600:.2f} to {high / 3600:.2f} h")


main()
