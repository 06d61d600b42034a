#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""test/story/kill.py PROGRAM [ROUNDS]: no acknowledged report is lost by kill -9.

Clients report through the API, each under its own key, and keep every reference they are
given. At a random instant the process is killed; after the restart every reference must be
there, and every key that was sent, answered or not, must give one ticket and no second.
At the end `portreeve check` must find nothing wrong.
"""
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = os.path.abspath(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
CLIENTS = 16


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(db, port):
    process = subprocess.Popen(
        [PROGRAM, "serve", "--db", db, "--listen", f"127.0.0.1:{port}", "--limits", "off"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = process.stdout.readline()
    assert line.startswith("listening on"), f"serve did not start: {line!r}"
    return process


def body(key):
    return json.dumps({"service": "HW-POTHOLE", "subject": key, "description": "A hole.",
                       "customer": {"name": key, "email": f"{key}@example.org"}})


def post(connection, token, key):
    connection.request("POST", "/api/v1/tickets", body(key), {
        "Authorization": f"Bearer {token}", "Idempotency-Key": key,
        "Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    assert answer.status == 201, f"{answer.status}: {text[:200]}"
    return json.loads(text)["reference"]


class Client(threading.Thread):
    def __init__(self, port, token, name):
        super().__init__()
        self.port, self.token, self.name_ = port, token, name
        self.acknowledged, self.sent = {}, []

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            for i in range(1_000_000):
                key = f"{self.name_}-{i}"
                self.sent.append(key)
                self.acknowledged[key] = post(connection, self.token, key)
        except (OSError, http.client.HTTPException):
            pass  # killed


def main():
    folder = tempfile.mkdtemp(prefix="portreeve-kill-")
    db = os.environ.get("PORTREEVE_KILL_DB", f"sqlite:{folder}/desk.db")
    credentials = f"{folder}/credentials.json"
    subprocess.run([PROGRAM, "demo", "--db", db, "--credentials", credentials], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env={**os.environ, "PORTREEVE_DATA": "none"})
    token = next(t["token"] for t in json.load(open(credentials))["tokens"]
                 if "ouncil" in t["organisation"])
    total = resent = 0
    for round_ in range(ROUNDS):
        port = free_port()
        process = start(db, port)
        clients = [Client(port, token, f"r{round_}c{n}") for n in range(CLIENTS)]
        for client in clients:
            client.start()
        time.sleep(random.uniform(0.3, 1.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for client in clients:
            client.join()
        process = start(db, port)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for client in clients:
            for key in client.sent:
                reference = post(connection, token, key)
                known = client.acknowledged.get(key)
                assert known in (None, reference), f"{key}: {known} became {reference}"
                total += known is not None
                resent += known is None
        process.terminate()
        assert process.wait() == 0, "serve did not drain"
    subprocess.run([PROGRAM, "check", "--db", db], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["rm", "-rf", folder], check=True)
    print(f"{ROUNDS} rounds: {total} acknowledged, none lost; "
          f"{resent} without an answer, sent again, none doubled")


main()
