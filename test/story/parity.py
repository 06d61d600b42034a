#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""test/story/parity.py PROGRAM: what a page can do, the API can do.

Holds test/story/parity.txt (which says how it is to be read) against the addresses that
`portreeve routes` prints and against the contract of the API:

- every page has a line, and every line a page;
- the routes that a line names are there;
- the contract describes every route of the API, and no other;
- what changes something says in the contract that it may be repeated under a key;
- no answer that carries JSON is without a schema;
- every route of the API asks a token that has scopes for one of some, which the contract
  names too (x-scopes), but for what every token may read.
"""
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CONTRACT = f"{HERE}/../../src/channel/api/openapi.json"
# What any token may read: what it is, and what is on offer to everybody.
UNSCOPED = {"/api/v1/me", "/api/v1/openapi.json", "/api/v1/services", "/api/v1/services/:code",
            "/api/v1/services/:code/open311"}
KINDS = ("api", "none", "open")
failures = []


def complain(text):
    failures.append(text)
    print("parity:", text, file=sys.stderr)


def printed(program):
    lines = subprocess.run([program, "routes"], check=True, capture_output=True,
                           text=True).stdout.splitlines()
    return {tuple(line.split("\t")[:2]): line.split("\t") for line in lines}


def table():
    for line in open(f"{HERE}/parity.txt", encoding="utf-8"):
        if not line.startswith("#"):
            method, pattern, kind, what = line.rstrip("\n").split("\t")
            yield (method, pattern), kind, what


def check_pages(pages, api):
    counts = dict.fromkeys(KINDS, 0)
    seen = set()
    for page, kind, what in table():
        if page in seen or page not in pages:
            complain(f"{' '.join(page)} stands there twice or is no page")
        seen.add(page)
        if kind not in KINDS or not what:
            complain(f"{' '.join(page)} says neither what does the same nor why nothing does")
            continue
        counts[kind] += 1
        for named in what.split("; ") if kind == "api" else ():
            if tuple(named.split(" ", 1)) not in api:
                complain(f"{' '.join(page)} names {named}, which is not there")
        if kind == "open":
            print(f"parity: open: {' '.join(page)}: {what}", file=sys.stderr)
    for page in sorted(pages - seen):
        complain(f"{' '.join(page)} is a page without a line: what does the same for a machine?")
    return counts


def operations(contract):
    for path, methods in contract["paths"].items():
        shared = methods.get("parameters", [])
        for method, said in methods.items():
            if method != "parameters":
                yield method.upper(), re.sub(r"\{(\w+)\}", r":\1", path), said, shared


def check_contract(contract, api):
    described = set()
    for method, path, said, shared in operations(contract):
        described.add((method, path))
        scopes = api.get((method, path), [""] * 5)[4].replace("-", "")
        if scopes != " ".join(said.get("x-scopes", [])):
            complain(f"{method} {path}: its scopes are '{scopes}', its contract says "
                     f"{said.get('x-scopes')}")
        if not scopes and (method != "GET" or path not in UNSCOPED):
            complain(f"{method} {path} is open to every token, whatever it was made for")
        names = [p.get("name") or p["$ref"].rsplit("/", 1)[1]
                 for p in shared + said.get("parameters", [])]
        if method in ("POST", "PATCH", "PUT") and "IdempotencyKey" not in names:
            complain(f"{method} {path}: its contract does not take an Idempotency-Key")
        for status, answer in said["responses"].items():
            for kind, body in answer.get("content", {}).items():
                if "json" in kind and not body.get("schema"):
                    complain(f"{method} {path}: its answer {status} has no schema")
    for lost in sorted(set(api) - described):
        complain(f"{' '.join(lost)} is not in the contract")
    for lost in sorted(described - set(api)):
        complain(f"{' '.join(lost)} is in the contract and is not there")


def main():
    routes = printed(os.path.abspath(sys.argv[1]))
    api = {r: routes[r] for r in routes if r[1].startswith("/api/")}
    pages = {r for r in routes if not r[1].startswith(("/api/", "/open311/"))}
    counts = check_pages(pages, api)
    check_contract(json.load(open(CONTRACT, encoding="utf-8")), api)
    print(f"parity: {len(pages)} pages ({counts['api']} by the API, {counts['none']} not for "
          f"machines, {counts['open']} open), {len(api)} routes of the API, "
          f"{len(failures)} failures", file=sys.stderr)
    return 1 if failures else 0


sys.exit(main())
