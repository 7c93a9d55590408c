import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import ipaddr from "ipaddr.js";
import { config } from "@/lib/config/config";
import { processWide } from "@/lib/config/process-wide";
import { readForwardedCertificate } from "./forwarded-certificate";

/** What we know of the peer of a request. It never travels in a header, so no client can forge it. */
export interface Connection {
  /** The peer, or the client that trusted proxies name. */
  remoteAddress: string;
  /** DER of the client certificate, not yet verified; null when there is none. */
  clientCertificate: Buffer | null;
}

/** Filled by the server around every request; empty means that nothing is known of the peer. */
export const connectionStore = processWide("connection", () => new AsyncLocalStorage<Connection>());

/** Where the request in hand came from, for limits and the log. */
export function peerAddress(): string {
  return connectionStore.getStore()?.remoteAddress ?? "unknown";
}

/** Which peers may speak for others, and by which header. */
export interface ProxyTrust {
  /** CIDRs or plain addresses. */
  trustedProxies: readonly string[];
  /** Lower case; null when proxies forward no certificate. */
  clientCertHeader: string | null;
}

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

const peers = new WeakMap<object, Connection>();
const networks = new WeakMap<readonly string[], Network[]>();

/** The connection a request came by. Headers count only when the immediate peer is a trusted proxy. */
export function connectionOf(request: IncomingMessage, trust: ProxyTrust = config()): Connection {
  const peer = peerOf(request.socket);
  if (trust.trustedProxies.length === 0 || !isTrusted(peer.remoteAddress, trust)) return peer;
  return {
    remoteAddress: forwardedAddress(request.headers["x-forwarded-for"], trust) ?? peer.remoteAddress,
    clientCertificate: forwardedCertificate(request, trust) ?? peer.clientCertificate,
  };
}

/** Read once for a socket: its address and its certificate stay. */
function peerOf(socket: IncomingMessage["socket"]): Connection {
  const known = peers.get(socket);
  if (known !== undefined) return known;
  const peer = {
    remoteAddress: plainAddress(socket.remoteAddress ?? ""),
    // The chain is verified by us, not by TLS: a device CA is no authority of the web.
    clientCertificate: socket instanceof TLSSocket ? (socket.getPeerX509Certificate()?.raw ?? null) : null,
  };
  peers.set(socket, peer);
  return peer;
}

function forwardedCertificate(request: IncomingMessage, trust: ProxyTrust): Buffer | null {
  const value = trust.clientCertHeader === null ? undefined : request.headers[trust.clientCertHeader];
  return typeof value === "string" ? readForwardedCertificate(value) : null;
}

/**
 * The right-most hop that is not one of our proxies: everything left of it is the client's own word.
 * Null when a hop is no address, for then nothing in the list can be believed.
 */
function forwardedAddress(header: string | string[] | undefined, trust: ProxyTrust): string | null {
  const hops = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",").map((hop) => hop.trim());
  let address: string | null = null;
  for (const hop of hops.reverse()) {
    const candidate = plainAddress(withoutPort(hop));
    if (!ipaddr.isValid(candidate)) return address;
    address = candidate;
    if (!isTrusted(candidate, trust)) return address;
  }
  return address;
}

/** Some proxies append the port: `192.0.2.1:443`, `[2001:db8::1]:443`. */
function withoutPort(hop: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(hop);
  if (bracketed?.[1] !== undefined) return bracketed[1];
  return /^[\d.]+:\d+$/.test(hop) ? hop.slice(0, hop.indexOf(":")) : hop;
}

/** Dual-stack sockets show IPv4 peers as `::ffff:192.0.2.1`. */
function plainAddress(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}

function isTrusted(address: string, trust: ProxyTrust): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return networksOf(trust.trustedProxies).some(
    ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
  );
}

function networksOf(cidrs: readonly string[]): Network[] {
  const known = networks.get(cidrs);
  if (known !== undefined) return known;
  const parsed = cidrs.map((cidr): Network => {
    if (cidr.includes("/")) return ipaddr.parseCIDR(cidr);
    const address = ipaddr.parse(cidr);
    return [address, address.kind() === "ipv4" ? 32 : 128];
  });
  networks.set(cidrs, parsed);
  return parsed;
}
