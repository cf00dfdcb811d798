/** Counts the writes that a server has accepted and of which no read has told yet: the most of them at once. */
export function countUnread() {
  const unread = new Map();
  let most = 0;
  return {
    /** The write of a campaign was answered with 200. */
    accepted(campaignId, write) {
      unread.set(campaignId, write);
      most = Math.max(most, unread.size);
    },
    /** A read was answered that shows this write; a read that was under way before it shows an earlier one. */
    shown(campaignId, write) {
      if (unread.get(campaignId) === write) unread.delete(campaignId);
    },
    most: () => most,
  };
}
