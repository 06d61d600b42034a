#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""test/story/access.py PROGRAM: every address as everybody.

The demonstration is loaded and served. Each address that `portreeve routes` prints is asked
for by nobody, by every role of both organisations, and by their tokens, and the answers are
held against test/story/routes.txt and the roles below, which were written from the documents:

- who may not ask is refused, whatever the address names;
- no answer holds a reference, or words, of a ticket that its reader may not see, by a
  computation over the rows of the database that knows nothing of the program;
- what exists but is denied and what does not exist answer alike: status, headers, body;
- and in the same time (rank test);
- a role that is taken ends the live pages of who had it, before anything else is told;
- and no administrator gives what is not theirs to give, or leaves nobody behind.

An address that routes.txt lacks, or has too much, is a failure.
"""
import http.client
import json
import os
import random
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

PROGRAM = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
REFERENCE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3,4}\b")

# What each role does (SPEC section 1 and I1; clock.md section 8). "see": all unrestricted
# tickets of its organisation; "see-team": those of its teams; "restricted": also restricted ones.
ANSWERS = "see see-team own create reply note claim resolve people shared"
GIVES = "assign"
OUTSIDE = "see-team own note claim reply"
FIGURES = "figures"
ROLES = {
    "resident": "own", "internal-customer": "own", "vip": "own",
    "apprentice": "see see-team own create reply note claim people shared",
    "analyst": f"{ANSWERS} {GIVES}", "agent": f"{ANSWERS} {GIVES}",
    "specialist": f"{ANSWERS} {GIVES} priority",
    "leader": f"{ANSWERS} {GIVES} priority amend {FIGURES} restricted explain",
    "service-owner": f"{ANSWERS} {GIVES} priority amend {FIGURES}",
    "supplier": f"{OUTSIDE} resolve", "partner": OUTSIDE,
    "field-officer": f"{OUTSIDE} resolve", "counter-officer": ANSWERS,
    "hub-caller": f"{OUTSIDE} create people",  # calls people at risk (resident.md section 9, H4)
    "volunteer-coordinator": f"{OUTSIDE} create",
    "manager": f"see own {FIGURES}", "cabinet-member": f"own {FIGURES}",
    "governance-officer": f"see own note people restricted register audit explain {FIGURES}",
    "administrator": "own admin sharing register explain simulate",
    "system": f"{ANSWERS} {GIVES} priority",
}
CUSTOMERS = ("resident", "internal-customer", "vip")
failures = []
asked = 0


def complain(text):
    failures.append(text)
    if len(failures) <= 40:
        print("access:", text, file=sys.stderr)


class Person:
    """Somebody with a connection of their own."""

    def __init__(self, port, role, org, email=None, token=None):
        self.role, self.org, self.email, self.bearer = role, org, email, token
        self.name = f"{role}@{org}" + (" (token)" if token else "") if role else "nobody"
        self.does = set(ROLES.get(role, "").split())
        self.staff = bool(role) and role not in CUSTOMERS and not token
        self.port, self.cookies, self.form_token = port, {}, ""
        self.wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.person = None  # row id
        self.origin = None  # ours

    def ask(self, method, path, form=None, stream=False):
        global asked
        asked += 1
        headers = {"Origin": self.origin or f"http://127.0.0.1:{self.port}"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if self.bearer:
            headers["Authorization"] = f"Bearer {self.bearer}"
        body = None
        if method != "GET":
            if path.startswith("/api/"):
                body, headers["Content-Type"] = "{}", "application/json"
            else:
                form = {"token": self.form_token, **(form or {})}
                body = urllib.parse.urlencode(form, doseq=True)
                headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.wire.request(method, path, body, headers)
        answer = self.wire.getresponse()
        if stream and answer.status == 200:
            self.wire.close()
            return answer.status, {}, ""
        text = answer.read().decode("utf-8", "replace")
        for value in answer.headers.get_all("Set-Cookie") or []:
            name, rest = value.split("=", 1)
            self.cookies[name] = rest.split(";", 1)[0]
        return answer.status, dict(answer.headers), text

    def sign_in(self, password):
        at = "/staff/sign-in" if self.staff else "/account/sign-in"
        page = self.ask("GET", at)[2]
        found = re.search(r'name="token" value="([^"]+)"', page)
        self.form_token = found[1] if found else ""
        status, headers, _ = self.ask("POST", at, {"email": self.email, "password": password})
        assert status == 303, f"{self.name} cannot sign in: {status}"
        page = self.ask("GET", "/staff/me" if self.staff else "/account")[2]
        found = re.search(r'name="token" value="([^"]+)"', page)
        assert found, f"{self.name} is not signed in"
        self.form_token = found[1]


class World:
    """The rows of the database, and who may see which of them."""

    def __init__(self, path):
        db = sqlite3.connect(path)
        db.row_factory = sqlite3.Row
        self.db = db
        self.tickets = [dict(r) for r in db.execute("select * from ticket")]
        self.words = {}
        for row in db.execute("select org, ticket, words from contact where length(words) > 25"):
            self.words.setdefault((row["org"], row["ticket"]), row["words"])
        self.published = {tuple(r) for r in db.execute(
            "select org, code from service where open311 = 1 and restricted = 0")}
        self.teams = {}
        for row in db.execute("select org, team, person from member"):
            self.teams.setdefault(row["person"], set()).add((row["org"], row["team"]))
        now = int(time.time())
        self.shared = [dict(r) for r in db.execute(
            "select * from sharing s where starts <= ? and ends > ? and version ="
            " (select max(version) from sharing v where v.org = s.org and v.id = s.id)",
            (now, now))]

    def in_team(self, p, t):
        return (t["org"], t["team"]) in self.teams.get(p.person, ())

    def by_role(self, p, t):
        if t["org"] != p.org:
            return False
        return ("see" in p.does and (not t["restricted"] or "restricted" in p.does)) or (
            "see-team" in p.does and self.in_team(p, t))

    def by_agreement(self, p, t):
        return "shared" in p.does and any(
            s["org"] == t["org"] and s["taker"] == p.org and t["service"] in s["services"].split()
            and (s["restricted"] or not t["restricted"]) and s["team"] == 0
            for s in self.shared)

    def sees(self, p, t):
        own = "own" in p.does and t["customer"] == p.person and t["org"] == p.org
        return own or self.by_role(p, t) or self.by_agreement(p, t)

    def is_public(self, t):
        """What Open311 publishes: unrestricted requests of services that are published."""
        return not t["restricted"] and (t["org"], t["service"]) in self.published

    def reads(self, p, t):
        """Its words, before any reason was given."""
        own = "own" in p.does and t["customer"] == p.person and t["org"] == p.org
        opened = not t["restricted"] or self.in_team(p, t) or t["assignee"] == p.person
        return own or (opened and self.sees(p, t))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def matrix():
    lines = [l.rstrip("\n").split("\t") for l in open(f"{HERE}/routes.txt") if not l.startswith("#")]
    return {(l[0], l[1]): (l[2], set(l[3].split()) if len(l) > 3 else set()) for l in lines}


def may_ask(p, who, needs):
    if who in ("anyone", "machine"):
        return True
    if who == "token":
        return p.bearer is not None and (not needs or bool(needs & p.does))
    if p.bearer:
        return False
    if who == "person":
        return p.role is not None
    if who == "admin":
        return p.staff and "admin" in p.does
    return p.staff and (not needs or bool(needs & p.does))


def plain(answer, name):
    """What may not differ: without what is random, and without the name asked for."""
    status, headers, text = answer
    for one in (name, urllib.parse.quote(name), name.replace("-", "")):
        text = text.replace(one, "NAME")
    text = re.sub(r'value="[A-Za-z0-9_-]{40,}"', "TOKEN", text)
    kept = {k: v.replace(name, "NAME") for k, v in headers.items()
            if k.lower() not in ("date", "content-length", "set-cookie", "x-request-id",
                                 "ratelimit", "etag", "connection", "keep-alive")}
    return status, kept, text


def refused(p, who, method, status, headers):
    """Nobody is sent to sign in, a machine hears 401, who is known hears 403."""
    if p.role is None and who == "token":
        return status == 401
    if p.role is None and method == "GET":
        return status == 303 and "/sign-in" in headers.get("Location", "")
    return status == 403


def check_leaks(world, p, path, text, typed=""):
    published = path.startswith("/open311/")
    for found in set(REFERENCE.findall(text)) - {typed}:
        t = world.by_reference.get(found)
        if t and not world.sees(p, t) and not (published and world.is_public(t)):
            complain(f"{p.name} reads {found} of {t['org']} at {path}")
    if p.role is None or p.staff or p.bearer:
        for t, words in world.said:
            if words in text and not world.reads(p, t) and not (
                    published and world.is_public(t)):
                complain(f"{p.name} reads the words of {t['reference']} at {path}")


# How an address is made of its pattern; what names no ticket or person of anybody's.
SAMPLES = {":code": "HW-LIGHT", ":field": "location", ":table": "priority", ":token": "x" * 40,
           ":version": "1", ":role": "analyst", ":kind": "response", "*path": "none.css", ":id": "1"}


def fill(pattern, **parts):
    for name, value in {**SAMPLES, **{f":{k}": v for k, v in parts.items()}}.items():
        pattern = pattern.replace(name, value)
    return pattern


def objects(world, p, method, pattern):
    """(denied, missing) parts for an address that names something of somebody's."""
    gone = world.gone
    hidden = [t for t in world.tickets if not world.sees(p, t) and t["reference"] != gone["reference"]]
    if pattern.endswith("/access"):  # who explains need not see, in their own organisation
        hidden = [t for t in hidden if t["org"] != p.org]
    hidden.sort(key=lambda t: (t["org"] == p.org, t["id"]))
    if ":ref" in pattern and not pattern.startswith(("/track", "/services")):
        for t in (hidden[:1] + [t for t in hidden if t["org"] == p.org][:1]):
            yield {"ref": t["reference"], "id": str(world.file_of.get(t["id"], 5))}, {
                "ref": gone["reference"], "id": "5"}, "ref"
    elif pattern == "/staff/people/:id":
        yield {"id": str(world.other_person[p.org])}, {"id": "77"}, "id"
    elif pattern.startswith("/admin/accounts/:id"):
        yield {"id": str(world.other_account[p.org])}, {"id": "77"}, "id"
    elif pattern.startswith("/admin/sharing/:id"):
        yield {"id": str(world.other_agreement)}, {"id": "77"}, "id"
    elif pattern == "/admin/letters/:id/retry":
        yield {"id": str(world.other_letter[p.org])}, {"id": "77"}, "id"


def walk(world, people, routes):
    for (method, pattern), (who, needs) in sorted(routes.items()):
        stream = pattern == "/events"
        for p in people:
            allowed = may_ask(p, who, needs)
            if not allowed:
                path = fill(pattern, ref=world.tickets[0]["reference"])
                status, headers, text = p.ask(method, path)
                if not refused(p, who, method, status, headers):
                    complain(f"{p.name} {method} {path}: {status} instead of a refusal")
                check_leaks(world, p, path, text, world.tickets[0]["reference"])
            elif method == "GET":
                path = fill(pattern, ref=world.gone["reference"])
                status, headers, text = p.ask(method, path, stream=stream)
                if status in (401, 403) or (status == 303 and who != "anyone" and
                                            "/sign-in" in headers.get("Location", "")):
                    complain(f"{p.name} {method} {path}: refused with {status}")
                if status >= 500:
                    complain(f"{p.name} {method} {path}: {status}")
                check_leaks(world, p, path, text)
            if allowed and who not in ("anyone", "machine"):
                for denied, missing, name in objects(world, p, method, pattern):
                    a = p.ask(method, fill(pattern, **denied), {"reason": "because of this"})
                    b = p.ask(method, fill(pattern, **missing), {"reason": "because of this"})
                    if plain(a, denied[name]) != plain(b, missing[name]):
                        complain(f"{p.name} {method} {pattern}: denied {a[0]} is not like "
                                 f"missing {b[0]}")
                    check_leaks(world, p, pattern, a[2], denied["ref"] if name == "ref" else "")


def look_around(world, people):
    """The pages with lists, by all their ways."""
    names = [r[0] for r in world.db.execute("select distinct name from person where org = 1 limit 3")]
    pages = ["/staff/queue?view=all", "/staff/queue?view=mine", "/staff/queue?view=team",
             "/staff/shared", "/staff/wallboard", "/staff/reports", "/staff", "/account"]
    pages += [f"/staff/queue?view=team&team={r[0]}" for r in world.db.execute("select id from team limit 6")]
    pages += [f"/staff/search?q={urllib.parse.quote(n)}" for n in names]
    pages += [f"/staff/people/{r[0]}" for r in world.db.execute(
        "select customer from ticket where customer > 0 group by customer limit 4")]
    machine = ["/api/v1/tickets?limit=200", "/api/v1/tickets?organisation=1&limit=200",
               "/api/v1/tickets?organisation=2&limit=200", "/api/v1/tickets?queue=all",
               f"/api/v1/people?q={urllib.parse.quote(names[0])}", "/open311/v2/requests.json"]
    for p in people:
        for path in machine if p.bearer else pages if p.role else ["/", "/open311/v2/requests.json"]:
            status, _, text = p.ask("GET", path)
            if status >= 500:
                complain(f"{p.name} {path}: {status}")
            check_leaks(world, p, path, text, "")
        own = [t for t in world.tickets if world.sees(p, t)][:4] if p.staff or p.bearer else []
        for t in own:
            base = "/api/v1/tickets/" if p.bearer else "/staff/tickets/"
            status, _, text = p.ask("GET", base + t["reference"])
            sealed = not world.reads(p, t)
            if status != (403 if sealed and p.bearer else 200):
                complain(f"{p.name} {t['reference']}: {status}")
            check_leaks(world, p, base, text, t["reference"])


def look_closely(world, p):
    """A restricted ticket of another team: asks why, and is in the audit before it is shown."""
    t = next(t for t in world.tickets if world.sees(p, t) and not world.reads(p, t))
    path, subject = f"/staff/tickets/{t['reference']}", f"ticket {t['reference']}"
    count = lambda action: world.db.execute(
        "select count(*) from audit where org = ? and action = ? and subject = ? and actor = ?",
        (t["org"], action, subject, p.person)).fetchone()[0]
    if p.ask("POST", f"{path}/look", {"reason": "x"})[0] != 422:
        complain(f"{p.name} opens {t['reference']} without a reason")
    if p.ask("POST", f"{path}/look", {"reason": "The customer is on the phone"})[0] != 303:
        complain(f"{p.name} cannot say why they open {t['reference']}")
    if count("look") != 1:
        complain(f"the reason of {p.name} is not in the audit")
    for seen in range(1, 6):
        status, _, text = p.ask("GET", path)
        if count("view") != seen:  # at once: the row comes before the answer
            complain(f"view {seen} of {t['reference']} by {p.name} is not in the audit")
        words = world.words.get((t["org"], t["id"]))
        if status != 200 or (words and words not in text):
            complain(f"{p.name} cannot read {t['reference']} after saying why")


def stream(p):
    """Their live page: what comes is read by `heard`."""
    s = socket.create_connection(("127.0.0.1", p.port), timeout=10)
    s.sendall(("GET /events HTTP/1.1\r\nHost: x\r\nCookie: "
               + "; ".join(f"{k}={v}" for k, v in p.cookies.items()) + "\r\n\r\n").encode())
    seen = b""
    while b"retry:" not in seen:
        got = s.recv(4096)
        assert got, f"{p.name} has no live page: {seen}"
        seen += got
    return s


def heard(s, wanted=None):
    """What came until that was there, or the end; and whether the stream ended."""
    seen, until = b"", time.time() + 60
    while time.time() < until and not seen.endswith(b"0\r\n\r\n") and not (wanted and wanted.encode() in seen):
        s.settimeout(max(0.01, until - time.time()))
        try:
            got = s.recv(4096)
        except TimeoutError:
            break
        if not got:
            return seen.decode(), True
        seen += got
    return seen.decode(), seen.endswith(b"0\r\n\r\n")


def take_away(world, people, password):
    """Live pages end with the role, the team, the account and the session; nothing is told after."""
    boss, teller, victim = (next(p for p in people if p.role == r and p.org == 1 and p.staff)
                            for r in ("administrator", "leader", "specialist"))
    at = f"/admin/accounts/{victim.person}"
    team = world.db.execute("select team from member where org = 1 and person = ?",
                            (victim.person,)).fetchone()[0]
    ticket = next(t["reference"] for t in world.tickets if t["org"] == 1 and not t["restricted"]
                  and t["open"] and world.by_role(victim, t))
    deeds = [
        ("take", {"role": "specialist"}, ("give", {"role": "specialist"})),
        ("leave", {"team": str(team)}, ("join", {"team": str(team)})),
        ("sign-out", {}, None),
        ("disable", {}, ("enable", {})),
        ("itself", {}, None),
    ]

    def change(words):
        status = teller.ask("POST", f"/staff/tickets/{ticket}/answer", {"do": "note", "words": words, "body": words})[0]
        assert status == 303, f"{teller.name} cannot note: {status}"

    for deed, form, back in deeds:
        if deed in ("disable", "itself"):
            victim.cookies = {}
            victim.sign_in(password)
        s = stream(victim)
        change(f"before {deed}")
        told, ended = heard(s, ticket)
        if ticket not in told or ended:
            complain(f"a live page is told nothing before {deed}: {told!r}")
        if deed == "itself":
            status = victim.ask("POST", "/staff/sign-out")[0]
        else:
            status = boss.ask("POST", f"{at}/{deed}", {**form, "reason": "They have left"})[0]
        if status != 303:
            complain(f"{deed} is answered with {status}")
        if deed != "itself" and boss.ask("GET", f"{at}?done=1")[0] != 200:
            complain(f"there is no page after {deed}")
        change(f"after {deed}")
        told, ended = heard(s)
        if ticket in told or not ended:
            complain(f"a live page goes on after {deed}: {told!r}")
        if deed == "take" and victim.ask("GET", f"/staff/tickets/{ticket}")[0] == 200:
            complain("a role that was taken still opens a ticket")
        if back and boss.ask("POST", f"{at}/{back[0]}", {**back[1], "reason": "And back"})[0] != 303:
            complain(f"{back[0]} is refused")
        s.close()
    rows = world.db.execute("select action, detail from audit where subject = ? and actor = ? order by id",
                            (victim.email, boss.person)).fetchall()
    if [r[0] for r in rows] != ["role.take", "role.give", "team.leave", "team.join", "session.end",
                                "account.disable", "account.enable"]:
        complain(f"the audit has of it {[r[0] for r in rows]}")
    if any("reason=" not in r[1] for r in rows):
        complain("the audit lacks the reason")
    # By a command, while the server runs.
    victim.cookies = {}
    victim.sign_in(password)
    s = stream(victim)
    subprocess.run([PROGRAM, "user", "disable", victim.email, "--db", f"sqlite:{world.path}"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not heard(s)[1]:
        complain("a live page goes on after the command `user disable`")


def limits(people):
    """What an administrator cannot do with roles."""
    boss = next(p for p in people if p.role == "administrator" and p.org == 1 and p.staff)
    other = next(p for p in people if p.role == "analyst" and p.org == 1 and p.staff)
    why = {"reason": "For the test"}
    for path, form, problem in (
            (f"/admin/accounts/{boss.person}/give", {"role": "leader"}, "yourself"),
            (f"/admin/accounts/{other.person}/give", {"role": "governance-officer"}, "hand on"),
            (f"/admin/accounts/{boss.person}/take", {"role": "administrator"}, "Nobody would be left"),
            (f"/admin/accounts/{boss.person}/disable", {}, "Nobody would be left"),
            ("/admin/roles/administrator/change", {"rights": "see-own"}, "Nobody would be left"),
            ("/admin/roles/administrator/change", {"rights": "admin see"}, "yourself"),
            ("/admin/roles/governance-officer/change", {"rights": "see"}, "hand on"),
            (f"/admin/accounts/{other.person}/give", {"role": "leader", "reason": ""}, "Say why"),
            ("/admin/roles/analyst/remove", {}, "cannot be removed")):
        if "rights" in form and " " in form["rights"]:
            form = {**form, "rights": form["rights"].split()}
        status, _, text = boss.ask("POST", path, {**why, **form})
        if status != 422 or problem not in text:
            complain(f"{path} {form}: {status} does not say {problem!r}")


def forge(p):
    """A form that is not ours: without its token, and from another site."""
    token, p.form_token = p.form_token, "nonsense"
    if p.ask("POST", "/staff/organisation", {"org": str(p.org)})[0] != 403:
        complain(f"{p.name} is moved by a form without its token")
    p.form_token, p.origin = token, "https://evil.example.org"
    if p.ask("POST", "/staff/organisation", {"org": str(p.org)})[0] != 403:
        complain(f"{p.name} is moved by a form of another site")
    p.origin = None
    if p.ask("POST", "/staff/organisation", {"org": str(p.org)})[0] != 303:
        complain(f"{p.name} is not moved by a form of ours")


def rank(world, p):
    """Area under the curve of the times of denied against missing."""
    hidden = next(t for t in world.tickets if not world.sees(p, t))["reference"]
    times = []
    order = [i % 2 for i in range(600)]
    random.Random(1).shuffle(order)
    for denied in order:
        name = hidden if denied else world.gone["reference"]
        began = time.perf_counter()
        p.ask("GET", f"/staff/tickets/{name}")
        times.append((time.perf_counter() - began, denied))
    times.sort()
    ranks = sum(i for i, (_, denied) in enumerate(times, 1) if denied)
    n = len(times) // 2
    return (ranks - n * (n + 1) / 2) / (n * n)


def prepare(path):
    """A ticket that is no more; a third organisation with an agreement of its own."""
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    gone = dict(db.execute("select * from ticket where open = 0 and org = 1 limit 1").fetchone())
    for table in ("event", "decision", "contact", "attachment", "outbox", "survey"):
        db.execute(f"delete from {table} where org = ? and ticket = ?", (gone["org"], gone["id"]))
    db.execute("delete from ticket where org = ? and id = ?", (gone["org"], gone["id"]))
    db.execute("insert into organisation (id, code, name, kind) values (3, 'third', 'Third', 'council'),"
               " (4, 'fourth', 'Fourth', 'council')")
    db.execute("insert into sharing (org, id, version, taker, name, purpose, basis, services, details,"
               " rights, restricted, starts, ends, signed_for_org, signed_for_taker, made, author)"
               " values (3, 4711, 1, 4, 'Other', 'p', 'consent', 'X', '', 'see', 0, 0, 9999999999,"
               " 'a', 'b', 0, 0)")
    db.commit()
    world = World(path)
    world.path = path
    world.gone = gone
    world.by_reference = {t["reference"]: t for t in world.tickets}
    world.by_id = {(t["org"], t["id"]): t for t in world.tickets}
    world.said = [(world.by_id[k], w) for k, w in world.words.items() if k in world.by_id]
    world.file_of = {r[0]: r[1] for r in db.execute("select ticket, id from attachment")}
    world.other_agreement = 4711
    world.other_person = {o: db.execute("select id from person where org = ? limit 1",
                                        (3 - o,)).fetchone()[0] for o in (1, 2)}
    world.other_account = {o: db.execute(
        "select person from account where org = ? and person not in"
        " (select person from role_grant where org = ?) limit 1", (3 - o, o)).fetchone()[0] for o in (1, 2)}
    world.other_letter = {o: (db.execute("select id from outbox where org = ? limit 1", (3 - o,))
                              .fetchone() or [78])[0] for o in (1, 2)}
    return world


def main():
    folder = tempfile.mkdtemp(prefix="portreeve-access-")
    db, credentials = f"{folder}/desk.db", f"{folder}/credentials.json"
    subprocess.run([PROGRAM, "demo", "--db", f"sqlite:{db}", "--credentials", credentials],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env={**os.environ, "PORTREEVE_DATA": "none"})
    world = prepare(db)
    routes = matrix()
    printed = {tuple(l.split("\t")[:2]) for l in subprocess.run(
        [PROGRAM, "routes"], check=True, capture_output=True, text=True).stdout.splitlines()}
    for lost in printed - set(routes):
        complain(f"{' '.join(lost)} is not in test/story/routes.txt: write who may use it")
    for lost in set(routes) - printed:
        complain(f"{' '.join(lost)} is in test/story/routes.txt and is not there")

    port = free_port()
    process = subprocess.Popen(
        [PROGRAM, "serve", "--db", f"sqlite:{db}", "--listen", f"127.0.0.1:{port}",
         "--base", f"http://127.0.0.1:{port}", "--limits", "off"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout.readline().startswith("listening on")
        papers = json.load(open(credentials))
        orgs = {r["name"]: r["id"] for r in world.db.execute("select id, name from organisation")}
        people = [Person(port, None, 0)]
        for one in papers["people"]:
            p = Person(port, one["role"], orgs[one["organisation"]], one["email"])
            p.person = world.db.execute("select person from account where email = ?",
                                        (one["email"],)).fetchone()[0]
            p.sign_in(one["password"])
            people.append(p)
        for one in papers["tokens"]:
            p = Person(port, one["role"], orgs[one["organisation"]], token=one["token"])
            p.person = world.db.execute("select person from api_token where org = ? and expires > ?",
                                        (p.org, int(time.time()))).fetchone()[0]
            people.append(p)
        walk(world, people, {k: v for k, v in routes.items() if k in printed})
        look_around(world, people)
        look_closely(world, next(p for p in people if p.role == "leader"))
        forge(next(p for p in people if p.role == "agent"))
        limits(people)
        password = {one["email"]: one["password"] for one in papers["people"]}
        take_away(world, people, next(password[p.email] for p in people
                                      if p.role == "specialist" and p.org == 1 and p.staff))
        areas = [rank(world, p) for p in people if p.role == "agent" and p.staff]
        if any(not 0.35 < a < 0.65 for a in areas):
            complain(f"denied and missing differ in time: {areas}")
    finally:
        process.terminate()
        process.wait()
    print(f"access: {asked} requests, {len(printed)} addresses, {len(people)} people, "
          f"{len(failures)} failures; time of denied against missing: "
          f"{', '.join(f'{a:.2f}' for a in areas)}", file=sys.stderr)
    return 1 if failures else 0


sys.exit(main())
