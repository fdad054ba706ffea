// A link as it is read on a card.

const longest = 84;

/** Without its scheme, cut where it is longer than a line: the code beside it holds all of it, or the card says where it is. */
export function shownLink(link: string): string {
  const plain = link.replace(/^[a-z]+:\/+/, '');
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1)}…`;
}
