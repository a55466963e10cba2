import { again, msg, t } from '../../words/words.ts';
import { Segmented } from '../ui/Bits.tsx';
import { InsideDrawer } from './InsideDrawer.tsx';
import { type Game, useGame } from './useGame.ts';
import { Versus } from './Versus.tsx';
import { WriteTask } from './WriteTask.tsx';
import './play.css';

const GAMES = [
  { value: 'versus', text: msg('You against it') },
  { value: 'write', text: msg('Write a task for it') },
] as const satisfies { value: Game; text: string }[];

/** What a visitor does with the reasoner, beside the run. */
export default function PlayView() {
  const { game } = useGame();
  return (
    <section className="panel play" aria-labelledby="play-title">
      <div className="chart-title">
        <h2 id="play-title">{t('Play')}</h2>
        <p>{t('The run does not notice: nothing here trains, until you put a task into the buffer.')}</p>
      </div>
      <div className="play-games">
        <Segmented
          label={t('Game')}
          options={GAMES.map(({ value, text }) => ({ value, text: again(text) }))}
          value={game}
          onChange={(next) => useGame.setState({ game: next })}
        />
      </div>
      {game === 'versus' ? <Versus /> : <WriteTask />}
      <InsideDrawer />
    </section>
  );
}
