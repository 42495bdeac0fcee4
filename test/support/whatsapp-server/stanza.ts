import { getBinaryNodeChild, getBinaryNodeChildren, type BinaryNode } from '@whiskeysockets/baileys';

export const SERVER = 's.whatsapp.net';

export function node(
  tag: string,
  attrs: Record<string, string> = {},
  content?: BinaryNode[] | Uint8Array | string,
): BinaryNode {
  return content === undefined ? { tag, attrs } : { tag, attrs, content };
}

export function child(parent: BinaryNode | undefined, tag: string): BinaryNode | undefined {
  return parent && getBinaryNodeChild(parent, tag);
}

export function children(parent: BinaryNode | undefined, tag: string): BinaryNode[] {
  return parent ? getBinaryNodeChildren(parent, tag) : [];
}

export function firstChild(parent: BinaryNode): BinaryNode | undefined {
  return Array.isArray(parent.content) ? parent.content[0] : undefined;
}

export function bytesOf(from: BinaryNode | undefined): Buffer {
  const content = from?.content;
  if (content === undefined || Array.isArray(content)) throw new Error(`no bytes in <${from?.tag ?? '?'}>`);
  return Buffer.from(content);
}

export function numberIn(from: BinaryNode | undefined): number {
  const bytes = bytesOf(from);
  return bytes.readUIntBE(0, bytes.length);
}

export function seconds(at: Date): string {
  return String(Math.floor(at.getTime() / 1000));
}
