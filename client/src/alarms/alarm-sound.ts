import { create } from 'zustand';
import { readPreference, writePreference } from '../ui/index.ts';

/** Off until somebody wants it; `sounding`: the browser lets us, which takes a click or a key on the page. */
export const useAlarmSound = create<{ wanted: boolean; sounding: boolean }>(() => ({
  wanted: readPreference('alarmSound', false),
  sounding: false,
}));

const REPEAT_MS = 3000;
/** Two tones, the second higher: heard through talk, and unlike a telephone. */
const TONES_HZ = [660, 880] as const;
const TONE_SECONDS = 0.18;
const LOUDNESS = 0.25;

let context: AudioContext | null = null;

/** A click is what the browser asks for, so this is the moment to begin. */
export function setAlarmSound(wanted: boolean): void {
  writePreference('alarmSound', wanted);
  useAlarmSound.setState({ wanted });
  if (wanted) void allow();
}

async function allow(): Promise<void> {
  context ??= new AudioContext();
  await context.resume().catch(() => {});
  useAlarmSound.setState({ sounding: context.state === 'running' });
}

/** Sounds every few seconds until it is stopped. */
export function soundAlarm(): () => void {
  const touched = () => void allow();
  window.addEventListener('pointerdown', touched);
  window.addEventListener('keydown', touched);
  void allow();
  sound();
  const timer = window.setInterval(sound, REPEAT_MS);
  return () => {
    window.clearInterval(timer);
    window.removeEventListener('pointerdown', touched);
    window.removeEventListener('keydown', touched);
  };
}

function sound(): void {
  if (context?.state !== 'running') return;
  const gain = new GainNode(context, { gain: LOUDNESS });
  gain.connect(context.destination);
  for (const [i, frequency] of TONES_HZ.entries()) {
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(gain);
    const startsAt = context.currentTime + i * (TONE_SECONDS + 0.05);
    tone.start(startsAt);
    tone.stop(startsAt + TONE_SECONDS);
  }
}
