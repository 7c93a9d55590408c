/** What cannot be read, does not verify, or cannot be opened. The message names the defect and never holds key material. */
export class CryptoError extends Error {
  override readonly name: string = "CryptoError";

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
  }
}

/** A digest, cipher, key or signature algorithm this server does not take. */
export class UnsupportedAlgorithmError extends CryptoError {
  override readonly name = "UnsupportedAlgorithmError";
}
