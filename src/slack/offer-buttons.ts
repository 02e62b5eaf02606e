import { attachOffered, declareOffered, ignoreOffered } from '../actions/decide-offer.ts';
import type { Gesture, Reply } from './gesture.ts';

interface Pressed {
  number: number;
  part: string;
}

/** The buttons under an offered alert. `part` is the offer, `number` the incident to attach it to. */
export async function declareAlert(gesture: Gesture, pressed: Pressed): Promise<Reply> {
  return { text: await declareOffered(gesture.core, pressOf(gesture, pressed)) };
}

export async function attachAlert(gesture: Gesture, pressed: Pressed): Promise<Reply> {
  const press = { ...pressOf(gesture, pressed), incident: pressed.number };
  return { text: await attachOffered(gesture.core, press) };
}

export async function ignoreAlert(gesture: Gesture, pressed: Pressed): Promise<Reply> {
  return { text: await ignoreOffered(gesture.core, pressOf(gesture, pressed)) };
}

function pressOf({ person, delivery }: Gesture, { part }: Pressed) {
  return { offer: Number(part) || 0, person, delivery };
}
