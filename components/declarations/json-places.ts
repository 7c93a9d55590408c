/** Where each value of a JSON text begins, by JSON pointer (RFC 6901). A text that is not JSON gives what comes before the fault. */
export function jsonPlaces(text: string): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  let at = 0;

  const space = (): void => {
    while (/\s/.test(text.charAt(at))) at++;
  };
  const string = (): string => {
    const start = at++;
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at++;
    try {
      return String(JSON.parse(text.slice(start, at)));
    } catch {
      return "";
    }
  };
  const members = (pointer: string, close: string): void => {
    at++;
    for (let index = 0; at < text.length; index++) {
      space();
      if (text[at] === close) break;
      const start = at;
      const key = close === "}" ? string().replaceAll("~", "~0").replaceAll("/", "~1") : String(index);
      if (close === "}") {
        space();
        if (text[at] !== ":") return;
        at++;
      }
      value(`${pointer}/${key}`, start);
      space();
      if (text[at] !== ",") break;
      at++;
    }
    at++;
  };
  function value(pointer: string, start: number | null): void {
    space();
    places.set(pointer, start ?? at);
    const first = text[at];
    if (first === "{") members(pointer, "}");
    else if (first === "[") members(pointer, "]");
    else if (first === '"') string();
    else while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at++;
  }

  value("", null);
  return places;
}

/** The line of an offset, counted from one. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** The place a pointer means, or of the nearest thing around it: a key that is missing has no place of its own. */
export function placeOf(places: ReadonlyMap<string, number>, pointer: string): number {
  for (let path = pointer; path !== ""; path = path.slice(0, path.lastIndexOf("/"))) {
    const place = places.get(path);
    if (place !== undefined) return place;
  }
  return places.get("") ?? 0;
}
