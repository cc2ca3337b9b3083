import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { linter, lintGutter, type Diagnostic } from "@codemirror/lint";
import { EditorState, StateEffect, type Extension, type Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import type { Finding, Mend } from "./protocol.ts";

export interface EditorOptions {
  readonly parent: HTMLElement;
  /** What screen readers call the editor. */
  readonly label: string;
  /** What is wrong in a text; asked a moment after each edit, and of each {@link Editor.refresh}. */
  readonly check: (text: string) => Promise<readonly Finding[]>;
  readonly onEdit: (text: string) => void;
}

export interface Editor {
  readonly text: string;
  /** Shows another file. */
  open(name: string, text: string): void;
  /** Something else has changed that findings depend on. */
  refresh(): void;
  /** Puts a mend into the text, unless the text is no longer the one that it was made for. */
  apply(mend: Mend): void;
  /** Puts the cursor where a finding begins. */
  show(finding: Finding): void;
  destroy(): void;
}

const stale = StateEffect.define();
const DELAY = 300;

/** An editor of CodeMirror that shows findings as you type. */
export function createEditor({ parent, label, check, onEdit }: EditorOptions): Editor {
  let checked: Text | undefined;

  const apply = (view: EditorView, mend: Mend): void => {
    if (checked === undefined || !view.state.doc.eq(checked)) return;
    view.dispatch({ changes: { from: mend.from, to: mend.to, insert: mend.text }, scrollIntoView: false, userEvent: "input.mend" });
    view.focus();
  };

  const extensions = (name: string): Extension => [
    basicSetup,
    languageOf(name),
    syntaxHighlighting(HIGHLIGHTS),
    lintGutter(),
    linter(
      async (view) => {
        const { doc } = view.state;
        const findings = await check(doc.toString());
        checked = doc;
        return findings.map((finding): Diagnostic => ({
          from: finding.from,
          to: finding.to,
          severity: "error",
          message: finding.message,
          ...(finding.rule === undefined ? {} : { source: `upstash/${finding.rule}` }),
          actions: finding.mends.map((mend) => ({ name: mend.title, apply: (at) => apply(at, mend) })),
        }));
      },
      { delay: DELAY, needsRefresh: ({ transactions }) => transactions.some(({ effects }) => effects.some((effect) => effect.is(stale))) },
    ),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onEdit(update.state.doc.toString());
    }),
    EditorView.contentAttributes.of({ "aria-label": label }),
    THEME,
  ];

  const view = new EditorView({ parent });
  return {
    get text() {
      return view.state.doc.toString();
    },
    open: (name, text) => view.setState(EditorState.create({ doc: text, extensions: extensions(name) })),
    refresh: () => view.dispatch({ effects: stale.of(null) }),
    apply: (mend) => apply(view, mend),
    show({ from }) {
      view.dispatch({ selection: { anchor: Math.min(from, view.state.doc.length) }, scrollIntoView: true });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

function languageOf(name: string): Extension {
  if (/\.jsonc?$/u.test(name)) return json();
  return javascript({ typescript: /\.[mc]?tsx?$/u.test(name), jsx: /\.(?:[jt]sx|[mc]?js)$/u.test(name) });
}

/* Colours are variables of the site, so that light and dark need nothing here. */
const HIGHLIGHTS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.controlKeyword], color: "var(--live-keyword)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--live-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--live-constant)" },
  { tag: [tags.comment], color: "var(--live-comment)", fontStyle: "italic" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--live-function)" },
  { tag: [tags.typeName, tags.className, tags.tagName], color: "var(--live-type)" },
  { tag: [tags.propertyName, tags.attributeName], color: "var(--live-property)" },
]);

const THEME = EditorView.theme({
  "&": { fontSize: "var(--vp-code-font-size)", color: "var(--vp-c-text-1)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--vp-font-family-mono)", lineHeight: "1.6" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--vp-c-text-1)" },
  ".cm-gutters": { backgroundColor: "transparent", border: "none", color: "var(--vp-c-text-3)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--live-active)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--live-selection)",
  },
  ".cm-cursor": { borderLeftColor: "var(--vp-c-text-1)" },
  ".cm-tooltip": {
    backgroundColor: "var(--vp-c-bg-elv)",
    border: "1px solid var(--vp-c-divider)",
    borderRadius: "6px",
    boxShadow: "var(--vp-shadow-3)",
    maxWidth: "min(560px, 90vw)",
    overflow: "hidden",
  },
  ".cm-diagnostic": { padding: "8px 12px", fontFamily: "var(--vp-font-family-base)", fontSize: "13px", lineHeight: "1.5" },
  ".cm-diagnosticSource": { fontSize: "12px", opacity: "1", color: "var(--vp-c-text-2)" },
  ".cm-diagnosticAction": {
    display: "block",
    margin: "6px 0 0",
    padding: "3px 8px",
    textAlign: "left",
    font: "inherit",
    color: "var(--vp-button-brand-text)",
    backgroundColor: "var(--vp-button-brand-bg)",
    borderRadius: "4px",
  },
  ".cm-panels": { backgroundColor: "var(--vp-c-bg-soft)", color: "var(--vp-c-text-1)" },
});
