import { useState } from 'react';
import { useMessages } from '../i18n/index.ts';
import { Button } from './button.tsx';
import { uiMessages } from './messages.ts';

/** Copies a text; not there where the browser gives pages no clipboard (plain HTTP): the text can be selected. */
export function CopyButton({ text, small = false }: { text: string; small?: boolean }) {
  const t = useMessages(uiMessages);
  const [copied, setCopied] = useState('');
  if (!navigator.clipboard) return null;
  return (
    <Button
      small={small}
      icon="copy"
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(text))}
    >
      {copied === text ? t('copied') : t('copy')}
    </Button>
  );
}
