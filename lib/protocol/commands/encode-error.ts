/** A bad place; `pointer` is a JSON pointer (RFC 6901). */
export interface EncodeError {
  pointer: string;
  detail: string;
}
