import { chatgptUnsigned } from './chatgpt-unsigned.ts';
import { chatgpt } from './chatgpt.ts';
import { claudeCodeDesktop } from './claude-code-desktop.ts';
import { claudeCodeDynamic } from './claude-code-dynamic.ts';
import { claudeCode } from './claude-code.ts';
import { claudeWebDocument } from './claude-web-document.ts';
import { claudeWeb } from './claude-web.ts';
import type { ClientShape } from './client-shape.ts';
import { codexSecret } from './codex-secret.ts';
import { codex } from './codex.ts';
import { copilotCli } from './copilot-cli.ts';
import { cursor } from './cursor.ts';
import { geminiCli } from './gemini-cli.ts';
import { inspectorBrowser } from './inspector-browser.ts';
import { kiro } from './kiro.ts';
import { mcpRemote } from './mcp-remote.ts';
import { typescriptSdk } from './typescript-sdk.ts';
import { vsCode } from './vs-code.ts';

/** The rows of docs/clients.md. A client is one file more, and one line here. */
export const allClients: readonly ClientShape[] = [
  claudeWeb,
  claudeWebDocument,
  claudeCode,
  claudeCodeDynamic,
  claudeCodeDesktop,
  chatgpt,
  chatgptUnsigned,
  cursor,
  vsCode,
  copilotCli,
  codex,
  codexSecret,
  geminiCli,
  kiro,
  mcpRemote,
  inspectorBrowser,
  typescriptSdk,
];
