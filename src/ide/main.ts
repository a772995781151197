import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { Page } from "./page.js";

const root = document.getElementById("page");
if (root !== null) createRoot(root).render(createElement(Page));
