/** What the server put into index.html for this answer: without it the CSP refuses style sheets made at run time (antd's). */
export function cspNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;
}
