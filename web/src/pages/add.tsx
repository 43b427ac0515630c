import { useRef, useState } from "preact/hooks";
import { ApiError, forgetSeen, hasToken } from "../api/client";
import { addAddress, addFile, addText, type Ingested } from "../api/writing";
import { forgetLists } from "../api/paged_rows";
import { useTitle } from "../parts/page";
import { WithToken } from "../parts/with_token";
import { count } from "../text/numbers";

/** One thing to read: what came of it, or that it is still to come. */
interface Task {
  name: string;
  run: () => Promise<Ingested>;
  state: "waiting" | "reading" | "done" | "failed";
  result?: Ingested;
  error?: ApiError;
}

type Way = "text" | "files" | "address";

export function AddPage() {
  useTitle("Add articles");
  return (
    <>
      <header class="page-head">
        <h1>Add articles</h1>
        <p class="lead">Pages, feeds, archives or text. They are read here and kept in the record; nothing leaves this machine, except to fetch an address that you give.</p>
      </header>
      {hasToken() ? <Add /> : <WithToken what="Adding articles" />}
    </>
  );
}

function Add() {
  const [way, setWay] = useState<Way>("text");
  const [tasks, setTasks] = useState<Task[]>([]);
  const queue = useRef<Task[]>([]);
  const running = useRef(false);

  const show = (): void => setTasks([...queue.current]);
  const work = async (): Promise<void> => {
    if (running.current) return;
    running.current = true;
    for (let task = queue.current.find((one) => one.state === "waiting"); task; task = queue.current.find((one) => one.state === "waiting")) {
      task.state = "reading";
      show();
      try {
        task.result = await task.run();
        task.state = "done";
        forgetSeen();
        forgetLists();
      } catch (error) {
        task.error = error instanceof ApiError ? error : new ApiError(0, "page", String(error));
        task.state = "failed";
      }
      show();
    }
    running.current = false;
  };
  const add = (name: string, run: () => Promise<Ingested>): void => {
    queue.current.push({ name, run, state: "waiting" });
    show();
    void work();
  };

  return (
    <div class="add">
      <div class="tabs" role="group" aria-label="How">
        {([["text", "Paste text"], ["files", "Drop files"], ["address", "Fetch an address"]] as const).map(([name, label]) => (
          <button key={name} type="button" class="tab" aria-pressed={way === name} onClick={() => setWay(name)}>{label}</button>
        ))}
      </div>
      {way === "text" && <PasteText add={add} />}
      {way === "files" && <DropFiles add={add} />}
      {way === "address" && <FetchAddress add={add} />}
      {tasks.length > 0 && <Progress tasks={tasks} />}
    </div>
  );
}

type AddTask = (name: string, run: () => Promise<Ingested>) => void;

function PasteText({ add }: { add: AddTask }) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]).filter(([, value]) => value));
    add(values["title"] || values["text"]!.slice(0, 60), () => addText(values as { text: string }));
    form.reset();
  };
  const field = (name: string, label: string, placeholder: string, more: Record<string, string> = {}) => (
    <label class="add-field"><span>{label}</span><input class="field" name={name} placeholder={placeholder} autoComplete="off" {...more} /></label>
  );
  return (
    <form class="add-form" onSubmit={submit}>
      <label class="add-field add-wide"><span>Text</span><textarea class="field serif" name="text" rows={10} required placeholder="The article as it was printed" /></label>
      {field("outlet", "Outlet", "who published it")}
      {field("published", "Published", "2026-03-01, or as much as is known", { pattern: "\\d{4}(-\\d\\d(-\\d\\d(T.*)?)?)?" })}
      {field("title", "Title", "")}
      {field("url", "Address", "https://…", { type: "url" })}
      <p class="small quiet add-wide">What is left empty stays unknown: “on Friday” is no date while nobody says when the article appeared.</p>
      <p class="add-wide"><button class="button button-main" type="submit">Read it</button></p>
    </form>
  );
}

function DropFiles({ add }: { add: AddTask }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null | undefined): void => {
    for (const file of files ?? []) add(file.name, () => addFile(file));
  };
  return (
    <div class={over ? "drop drop-over" : "drop"}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer?.files); }}>
      <p class="drop-text">Drop pages, texts, JSON Lines or archives here</p>
      <input ref={input} class="heard" id="files" type="file" multiple tabIndex={-1} aria-label="Files" onChange={(event) => { take(event.currentTarget.files); event.currentTarget.value = ""; }} />
      <button type="button" class="button" onClick={() => input.current?.click()}>Choose files</button>
    </div>
  );
}

function FetchAddress({ add }: { add: AddTask }) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const url = String(new FormData(form).get("url") ?? "").trim();
    add(url, () => addAddress(url));
    form.reset();
  };
  return (
    <form class="add-form" onSubmit={submit}>
      <label class="add-field add-wide"><span>Address</span><input class="field" name="url" type="url" required pattern="https?://.+" placeholder="https://…" autoComplete="off" /></label>
      <p class="small quiet add-wide">This asks the outlet’s server for the page, once. Public addresses only.</p>
      <p class="add-wide"><button class="button button-main" type="submit">Fetch and read it</button></p>
    </form>
  );
}

const states = { waiting: "waiting", reading: "reading …", done: "read", failed: "not read" };

function Progress({ tasks }: { tasks: Task[] }) {
  const done = tasks.filter((task) => task.state === "done" || task.state === "failed").length;
  return (
    <section class="section" aria-label="Progress">
      <div class="section-head"><h2><span role="status">{done} of {count(tasks.length, "document")}</span></h2><span class="how">in the order you gave them</span>
        <progress class="more" max={tasks.length} value={done} aria-label="Documents read" /></div>
      <ol>
        {tasks.map((task, i) => (
          <li key={i} class="task">
            <span class="task-name"><bdi>{task.name}</bdi></span>
            <span class={task.state === "failed" ? "task-bad" : "quiet"}>{task.result ? outcome(task.result) : states[task.state]}</span>
            {task.error && <span class="task-why">{task.error.message}{task.error.hint && ` ${task.error.hint}`}</span>}
            {task.result?.rejected_documents.map((one, k) => <span key={k} class="task-why"><bdi>{one.path}</bdi>: {one.message}</span>)}
            {task.result?.added.map((one) => <a key={one.article} class="task-why" href={`/article/${one.article}`} data-item><bdi>{one.title ?? "Read the article"}</bdi></a>)}
          </li>
        ))}
      </ol>
    </section>
  );
}

function outcome(result: Ingested): string {
  const parts = [];
  if (result.new_articles) parts.push(count(result.new_articles, "new article"));
  if (result.new_versions) parts.push(count(result.new_versions, "new version"));
  if (result.known) parts.push(`${result.known} known already`);
  if (result.removed) parts.push(`${result.removed} removed before, not taken again`);
  if (result.rejected) parts.push(`${result.rejected} rejected`);
  if (result.quotations) parts.push(count(result.quotations, "quotation"));
  return parts.join(", ") || "nothing new";
}
