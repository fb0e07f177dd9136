package io.github.lotaprestage.report.html;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// How the page looks, on screens in light and dark and on paper.
final class Style {

  static final String SHEET =
      """

      :root {
        color-scheme: light dark;
        --paper: #fff; --card: #f6f7f8; --text: #1b1f24; --quiet: #59636e; --line: #dde1e6;
        --blue: #2563a8; --wash: #2563a826; --good: #1a7f45; --partly: #8f5f00; --bad: #b3261e;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --paper: #14171b; --card: #1c2026; --text: #e3e7eb; --quiet: #9aa4af; --line: #2f353c;
          --blue: #7ab5f2; --wash: #7ab5f233; --good: #5fc98a; --partly: #dca63c; --bad: #f2857c;
        }
      }
      * { box-sizing: border-box; }
      body {
        margin: 0 auto; padding: 2.5rem 1.5rem; max-width: 62rem; background: var(--paper);
        color: var(--text); font: 15px/1.55 system-ui, "Segoe UI", "DejaVu Sans", sans-serif;
        font-variant-numeric: tabular-nums;
      }
      h1 { margin: 0 0 .4rem; font-size: 1.65rem; line-height: 1.25; font-weight: 650; }
      h2 { margin: 0 0 .8rem; font-size: 1.05rem; font-weight: 650; }
      h3 { margin: 1.2rem 0 .4rem; font-size: .95rem; font-weight: 600; }
      p { margin: 0 0 .6rem; }
      p, li, h3 { overflow-wrap: anywhere; }
      section { margin: 2.4rem 0 0; }
      header { padding-left: 1rem; border-left: 4px solid var(--good); }
      header.partly { border-color: var(--partly); }
      header.bad { border-color: var(--bad); }
      .quiet, header p, footer { color: var(--quiet); }
      header p { margin: 0; }
      header p.next { margin-top: .6rem; color: var(--text); }
      code {
        font: .87em/1.5 ui-monospace, "SFMono-Regular", "DejaVu Sans Mono", monospace;
        overflow-wrap: anywhere; unicode-bidi: isolate;
      }
      dl.figures {
        display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); margin: 2rem 0 0;
        background: var(--card); border: 1px solid var(--line); border-radius: 6px; overflow: hidden;
      }
      .figures div { padding: .7rem .9rem; box-shadow: 1px 1px 0 var(--line); }
      dt { color: var(--quiet); font-size: .82rem; }
      dd { margin: 0; font-size: 1.2rem; font-weight: 600; }
      dd.bad { color: var(--bad); }
      dd.partly { color: var(--partly); }
      figure { margin: 0; }
      .panel { margin: 0 0 1rem; }
      .label, .axis { display: flex; justify-content: space-between; margin: 0 0 .25rem; font-size: .85rem; }
      .label span, .axis { color: var(--quiet); }
      svg { display: block; width: 100%; height: 6rem; overflow: visible; }
      path { fill: none; stroke: none; vector-effect: non-scaling-stroke; }
      path.grid { stroke: var(--line); stroke-dasharray: 2 3; }
      path.base { stroke: var(--quiet); }
      path.area, path.line { fill: var(--wash); stroke: var(--blue); stroke-width: 1.5; }
      path.line { fill: none; }
      path.warn { fill: var(--partly); }
      path.fail { fill: var(--bad); }
      .scroll { overflow-x: auto; }
      table { width: 100%; border-collapse: collapse; font-size: .92rem; }
      th, td { padding: .34rem .9rem .34rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
      th { color: var(--quiet); font-size: .82rem; font-weight: 500; white-space: nowrap; }
      th:last-child, td:last-child { padding-right: 0; }
      th.n, td.n { text-align: right; white-space: nowrap; }
      td.name { min-width: 14rem; width: 100%; }
      td.key { white-space: nowrap; }
      .cause { margin: 0 0 1rem; padding: .8rem 1rem; background: var(--card); border-left: 3px solid var(--bad); border-radius: 0 6px 6px 0; }
      .cause h3 { margin: 0 0 .2rem; }
      .cause ul { margin: .5rem 0 0; padding: 0; list-style: none; }
      .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1.2rem 2.5rem; }
      .columns > :last-child { grid-column: 1 / -1; }
      footer { margin: 2.8rem 0 0; padding-top: .8rem; border-top: 1px solid var(--line); font-size: .85rem; }
      @media (max-width: 36rem) {
        body { padding: 1.5rem 1rem; }
        h1 { font-size: 1.35rem; }
        dl.figures { grid-template-columns: 1fr 1fr; }
        .columns { grid-template-columns: 1fr; }
        table { font-size: .82rem; }
        th, td { padding-right: .5rem; }
        th { font-size: .78rem; }
        td.name { min-width: 5rem; }
        td.key:last-child { white-space: normal; }
      }
      @media print {
        :root {
          color-scheme: light;
          --paper: #fff; --card: #fff; --text: #000; --quiet: #444; --line: #bbb;
          --blue: #1f4f86; --wash: #1f4f8622; --good: #14602f; --partly: #6d4900; --bad: #8f1d17;
        }
        body { max-width: none; padding: 0; font-size: 10pt; }
        h2, h3 { break-after: avoid; }
        tr, .cause, .panel, .figures div { break-inside: avoid; }
        .scroll { overflow: visible; }
        svg { print-color-adjust: exact; }
      }
      """;

  private Style() {}

  /// Allows this style and nothing else: no script, no image, no request.
  static String contentSecurityPolicy() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(SHEET.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; style-src 'sha256-"
          + Base64.getEncoder().encodeToString(hash)
          + "'; base-uri 'none'; form-action 'none'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
