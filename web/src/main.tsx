import { render } from "preact";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/parts.css";
import "./styles/pages.css";
import "./styles/print.css";
import { takeTokenFromAddress } from "./api/client";
import { App } from "./app";
import { startRouter } from "./router";

takeTokenFromAddress();
startRouter();
render(<App />, document.getElementById("app")!);
