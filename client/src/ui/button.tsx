import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends ComponentProps<'button'> {
  tone?: 'plain' | 'primary' | 'danger' | 'quiet';
  small?: boolean;
  icon?: IconName;
}

/** A verb. `primary` at most once in a place. */
export function Button({ tone = 'plain', small = false, icon, className, children, ...rest }: ButtonProps) {
  const classes = [styles.button, tone === 'plain' ? '' : styles[tone], small ? styles.small : '', className ?? ''];
  return (
    <button type="button" className={classes.join(' ')} {...rest}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  icon: IconName;
  /** Read aloud and shown as a hint; may name the key. */
  label: string;
  small?: boolean;
  pressed?: boolean;
}

export function IconButton({ icon, label, small = false, pressed, className, ...rest }: IconButtonProps) {
  const classes = [styles.button, styles.quiet, styles.icon, small ? styles.small : '', className ?? ''];
  return (
    <button
      type="button"
      className={classes.join(' ')}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
