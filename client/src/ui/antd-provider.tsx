import { App, ConfigProvider, theme as antdTheme } from 'antd';
import english from 'antd/locale/en_GB';
import chinese from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { useLanguage } from '../i18n/index.ts';
import { useDisplay } from './display.ts';
import { cspNonce } from './nonce.ts';
import { token } from './tokens.ts';

/** antd with our tokens, language and nonce. For lazily loaded pages only: the frame itself needs no antd. */
export function AntdProvider({ children }: { children: ReactNode }) {
  const theme = useDisplay((state) => state.theme);
  const scale = useDisplay((state) => state.scale);
  const language = useLanguage();
  return (
    <ConfigProvider
      csp={{ nonce: cspNonce() }}
      locale={language === 'zh' ? chinese : english}
      theme={{
        algorithm: [theme === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm, antdTheme.compactAlgorithm],
        token: {
          colorPrimary: token('select'),
          colorLink: token('select'),
          colorError: token('act'),
          colorWarning: token('warn'),
          colorSuccess: token('done'),
          colorBgBase: token('surface0'),
          colorBgContainer: token('surface1'),
          colorBgElevated: token('surface2'),
          colorBorder: token('lineStrong'),
          colorBorderSecondary: token('line'),
          colorText: token('text1'),
          colorTextSecondary: token('text2'),
          colorTextTertiary: token('text3'),
          colorTextPlaceholder: token('text3'),
          colorTextLightSolid: token('onSelect'),
          fontFamily: 'var(--font)',
          fontSize: Math.round(13 * scale),
          controlHeight: Math.round(28 * scale),
          borderRadius: 4,
          wireframe: false,
          motion: false,
        },
      }}
    >
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}
