import type { DeviceDetail } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import { CopyButton } from '../ui/index.ts';
import { useProtocolName } from './device-words.ts';
import styles from './devices.module.css';
import { deviceMessages } from './messages.ts';

/** The newest message as it came: text, never markup. */
export function LastMessage({ message }: { message: DeviceDetail['lastMessage'] }) {
  const t = useMessages(deviceMessages);
  const protocolName = useProtocolName();
  return (
    <section className={styles.card} aria-label={t('lastMessage')}>
      <h3>{t('lastMessage')}</h3>
      {message === null ? (
        <p className={styles.note}>{t('noMessage')}</p>
      ) : (
        <>
          <pre className={styles.raw}>{message.text}</pre>
          <div className={styles.actions}>
            <span className={styles.note}>{protocolName(message.protocol)}</span>
            <CopyButton small text={message.text} />
          </div>
        </>
      )}
      <p className={styles.note}>{t('messageLogged')}</p>
    </section>
  );
}
