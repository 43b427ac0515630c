#!/usr/bin/env python3
"""Holds docs/openapi.json against the running server: every address that is described answers as its schema says, every
family of addresses that the server knows is described, and errors look as described.

usage: check_openapi.py PATH/TO/onrecord
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

import jsonschema

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
DOC = json.loads((SOURCE / "docs/openapi.json").read_text(encoding="utf8"))
# What must be told for an address that cannot be asked without it.
NEEDED = {"/changes": {"since": "2020-01-01"}}
wrong = []
checked = 0


def validate(body, schema, where):
    global checked
    checked += 1
    found = sorted(jsonschema.Draft202012Validator({**schema, "components": DOC["components"]}).iter_errors(body),
                   key=lambda error: len(error.absolute_path), reverse=True)
    if found:
        wrong.append(f"{where}: {found[0].json_path}: {found[0].message[:300]}")


class Server:
    def __init__(self, program, record):
        self.process = subprocess.Popen([program, "serve", "--record", record, "--port", "0", "--write", "--reading", "plain"],
                                        stdout=subprocess.PIPE, text=True)
        address, self.token = self.process.stdout.readline().strip().split("#token=")
        self.root = address + "api/v1"

    def ask(self, path, query=None, body=None, headers=None):
        """The status, the type and the bytes of an answer."""
        address = self.root + urllib.parse.quote(path) + ("?" + urllib.parse.urlencode(query) if query else "")
        request = urllib.request.Request(address, data=body, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get_content_type(), error.read()

    def get(self, path, query=None, refused=False):
        operation = DOC["paths"][re.sub(r"/[aqspt][0-9a-z]{12}", "/{id}", path)]["get"]
        status, kind, body = self.ask(path, query)
        where = f"GET {path} {query or ''}"
        told = operation["responses"].get(str(status))
        if refused != (status == 400):
            wrong.append(f"{where}: answered {status}")
        if told is None or kind not in told["content"]:
            wrong.append(f"{where}: {status} {kind} is not described: {body[:200]}")
            return None
        if kind != "application/json":
            return body
        value = json.loads(body)
        validate(value, told["content"][kind]["schema"], where)
        return value

    def post(self, path, value, token=True):
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = "Bearer " + self.token
        status, kind, body = self.ask(path, None, json.dumps(value).encode(), headers)
        told = DOC["paths"][path]["post"]["responses"].get(str(status))
        if told is None:
            wrong.append(f"POST {path}: {status} is not described: {body[:200]}")
            return None
        answer = json.loads(body)
        validate(answer, told["content"][kind]["schema"], f"POST {path} {status}")
        return answer


def check_reading(server):
    lists = {}
    for path, operations in DOC["paths"].items():
        if "{" not in path and "get" in operations:
            lists[path] = server.get(path, NEEDED.get(path))
    for family, key in [("quotations", "id"), ("statements", "id"), ("articles", "article"), ("speakers", "id"), ("stories", "id")]:
        query = {"articles": "1"} if family == "stories" else None
        items = server.get("/" + family, query)["items"]
        if not items:
            wrong.append(f"/{family}: the test needs rows")
        for item in items[:10]:
            one = server.get(f"/{family}/{item[key]}")
            if family == "articles":
                for version in one["versions"]:
                    server.get(f"/articles/{one['id']}/diff", {"from": version["id"], "to": one["version"]})
    return lists


def check_parameters(server):
    """A value that each parameter's schema allows is taken; one that it does not is refused as described."""
    samples = {"q": "bridge", "since": "2026", "until": "2026-12", "new_since": "2020-01-01", "kind": "direct,mixed", "mode": "all",
               "speaker-kind": "person", "limit": "3", "cursor": "1"}
    for path, operations in DOC["paths"].items():
        if "{" in path or "get" not in operations:
            continue
        for parameter in operations["get"]["parameters"]:
            values = parameter["schema"].get("enum") or [samples[parameter["name"]]] if parameter["name"] in samples or "enum" in parameter["schema"] else []
            for value in values:
                server.get(path, {**NEEDED.get(path, {}), parameter["name"]: value})
            if parameter["name"] == "limit":
                server.get(path, {**NEEDED.get(path, {}), "limit": "501"}, refused=True)
            if parameter["name"] in ("since", "until"):
                server.get(path, {parameter["name"]: "yesterday"}, refused=True)


def check_writing(server):
    draft = server.post("/check", {"text": "“The bridge will reopen to cars after the summer holidays,” he said. “Nobody ever said this at all.”"}, False)
    if draft and not draft["items"]:
        wrong.append("/check: found no quotation in the draft")
    added = server.post("/articles", {"text": "“The kiosk stays open,” Oda Fernhollow said.", "outlet": "Sandling Post", "published": "2031-05-01"})
    server.post("/articles", {"text": "x"}, False)
    server.post("/articles", {"fetch": "http://127.0.0.1/"})
    quotation = server.get("/quotations", {"article": added["added"][0]["article"]})["items"][0]["id"]
    made = server.post("/corrections", {"kind": "speaker", "quotation": quotation, "value": None, "note": "nobody can tell"})
    server.post("/corrections", {"undo": made["id"]})
    server.post("/corrections", {"kind": "speaker", "quotation": "q000000000000", "value": "x"})
    other = server.get("/quotations", {"q": "bridge"})["items"][0]["id"]
    made = server.post("/decisions", {"kind": "other-statement", "first": quotation, "second": other, "note": ""})
    server.post("/decisions", {"undo": made["id"]})


def check_whole():
    """What the server takes apart is what is described."""
    code = (SOURCE / "src/serve/api.cpp").read_text(encoding="utf8")
    known = set(re.findall(r'family == "([a-z]+)"', code))
    for names in re.findall(r"is_one_of\(family, \{([^}]*)\}", code):
        known.update(re.findall(r'"([a-z]+)"', names))
    described = {path.split("/")[1].split(".")[0] for path in DOC["paths"]}
    for family in sorted(known ^ described):
        wrong.append(f"/{family}: {'not described' if family in known else 'described, and not there'}")
    for path, operations in DOC["paths"].items():
        for method, operation in operations.items():
            for status in ("403", "421"):
                if status not in operation["responses"]:
                    wrong.append(f"{method} {path}: {status} is answered everywhere, and not described here")


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        record = folder + "/served.db"
        subprocess.run([program, "ingest", str(SOURCE / "samples/articles"), "--record", record, "--reading", "plain"], check=True,
                       stdout=subprocess.DEVNULL)
        server = Server(program, record)
        try:
            check_reading(server)
            check_parameters(server)
            check_writing(server)
            check_whole()
        finally:
            server.process.terminate()
            if server.process.wait(30) != 0:
                wrong.append(f"the server ended with {server.process.returncode} on SIGTERM")
    print("\n".join(wrong) or f"{checked} answers are as docs/openapi.json says")
    return bool(wrong) or checked == 0


sys.exit(main())
