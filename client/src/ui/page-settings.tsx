import { setLanguage, useLanguage, useMessages } from '../i18n/index.ts';
import { Button, IconButton } from './button.tsx';
import { setTheme, useDisplay } from './display.ts';
import { uiMessages } from './messages.ts';

/** Names the language it switches to, in that language. */
export function LanguageButton() {
  const language = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button tone="quiet" lang={other} onClick={() => setLanguage(other)}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}

export function ThemeButton() {
  const t = useMessages(uiMessages);
  const theme = useDisplay((state) => state.theme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <IconButton
      icon={other === 'light' ? 'sun' : 'moon'}
      label={other === 'light' ? t('lightTheme') : t('darkTheme')}
      onClick={() => setTheme(other)}
    />
  );
}
