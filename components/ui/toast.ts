import type { ExternalToast, toast as show } from "sonner";

type Show = typeof show;

let wanted = false;
const watchers = new Set<() => void>();
let stand: (show: Show) => void = () => undefined;
const standing = new Promise<Show>((resolve) => {
  stand = resolve;
});

function say(how: (show: Show) => void): void {
  wanted = true;
  for (const watcher of watchers) watcher();
  void standing.then(how);
}

/** A few words that go away by themselves. What shows them is loaded with the first. */
export const toast = Object.assign((title: string, more?: ExternalToast) => say((show) => void show(title, more)), {
  success: (title: string, more?: ExternalToast) => say((show) => void show.success(title, more)),
  warning: (title: string, more?: ExternalToast) => say((show) => void show.warning(title, more)),
  error: (title: string, more?: ExternalToast) => say((show) => void show.error(title, more)),
});

/** For what shows them: whether there was one yet, and the word that it stands. */
export const toasting = {
  watch(watcher: () => void): () => void {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
  isWanted: () => wanted,
  stands: (show: Show) => stand(show),
};
