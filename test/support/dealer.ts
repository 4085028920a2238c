/** Deals these like cards, shuffled anew when all are out: in no order, and each as often as it is among them, whatever chance brings. */
export function dealer<Card>(random: () => number, cards: readonly Card[]): () => Card {
  let left = [...cards];
  return () => {
    if (left.length === 0) left = [...cards];
    return left.splice(Math.floor(random() * left.length), 1)[0]!;
  };
}
