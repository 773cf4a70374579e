import type { QuarantinedFix } from '@xunfang/geo-data/contract';
import { useMemo } from 'react';
import { useMessages } from '../i18n/index.ts';
import { ringsOf } from '../map/index.ts';
import { useBureau } from '../session/index.ts';
import styles from './devices.module.css';
import { deviceMessages } from './messages.ts';

interface QuarantineMapProps {
  fixes: readonly QuarantinedFix[];
  chosenId: number | null;
  onChoose: (id: number) => void;
}
const WIDTH = 320;
const HEIGHT = 220;
/** So much around the bureau is in the picture; what lies beyond stands at its edge as a triangle. */
const AROUND = 0.35;
const EDGE = 10;

/** The outline of the bureau with the places that were refused, as they were sent; drawn small, without the map. */
export function QuarantineMap({ fixes, chosenId, onChoose }: QuarantineMapProps) {
  const t = useMessages(deviceMessages);
  const bureau = useBureau();
  const { outline, project } = useMemo(() => {
    const [west, south, east, north] = bureau.bounds;
    const shrink = Math.cos(((south + north) / 2) * (Math.PI / 180));
    const scale = Math.min(WIDTH / ((east - west) * shrink), HEIGHT / (north - south)) / (1 + 2 * AROUND);
    const at = (lon: number, lat: number): [number, number] => [
      WIDTH / 2 + (lon - (west + east) / 2) * shrink * scale,
      HEIGHT / 2 - (lat - (south + north) / 2) * scale,
    ];
    const path = ringsOf(bureau.boundary)
      .map(
        (ring) =>
          `M${ring
            .map(([lon, lat]) =>
              at(lon, lat)
                .map((px) => px.toFixed(1))
                .join(' '),
            )
            .join('L')}z`,
      )
      .join('');
    return { outline: path, project: at };
  }, [bureau]);
  return (
    <svg className={styles.preview} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('preview')}>
      <path className={styles.outline} d={outline} fillRule="evenodd" />
      {fixes.map(({ id, lon, lat }) => {
        if (lon === null || lat === null) return null;
        const [x, y] = project(lon, lat);
        const inside = x > EDGE && x < WIDTH - EDGE && y > EDGE && y < HEIGHT - EDGE;
        const chosen = id === chosenId;
        const shared = { className: chosen ? styles.chosenPoint : styles.point, onClick: () => onChoose(id) };
        if (inside) return <circle key={id} cx={x} cy={y} r={chosen ? 6 : 3.5} {...shared} />;
        const edgeX = Math.min(WIDTH - EDGE, Math.max(EDGE, x));
        const edgeY = Math.min(HEIGHT - EDGE, Math.max(EDGE, y));
        const degrees = (Math.atan2(y - HEIGHT / 2, x - WIDTH / 2) * 180) / Math.PI + 90;
        return (
          <path
            key={id}
            d={chosen ? 'M0 -9L7 7H-7z' : 'M0 -7L5 5H-5z'}
            transform={`translate(${edgeX.toFixed(1)} ${edgeY.toFixed(1)}) rotate(${degrees.toFixed(0)})`}
            {...shared}
          />
        );
      })}
    </svg>
  );
}
